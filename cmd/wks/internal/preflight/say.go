package preflight

import (
	"fmt"
	"reflect"

	"github.com/wksgo/wks/rule"
)

// A said text was made of values that are cut, and is not cut again.
type said string

// say is fmt.Sprintf for what people read: of each text among the values it shows the beginning, unless it is said or
// has its own String.
// Identifiers and paths that programs compare do not come through here, and are whole.
func say(format string, values ...any) string {
	shown := make([]any, len(values))
	for i, v := range values {
		shown[i] = v
		switch v.(type) {
		case said, fmt.Stringer:
		default:
			if text := reflect.ValueOf(v); text.Kind() == reflect.String {
				shown[i] = rule.Shorten(text.String())
			}
		}
	}
	return rule.Printable(fmt.Sprintf(format, shown...))
}
