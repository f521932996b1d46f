package preflight

import (
	"fmt"
	"reflect"

	"github.com/wksgo/wks/rule"
)

// A said text was made of values that are cut, and is not cut again.
type said string

// say is fmt.Sprintf for what people read: of each text among the values it shows the beginning, unless it is said.
// Identifiers and paths that programs compare do not come through here, and are whole.
func say(format string, values ...any) string {
	shown := make([]any, len(values))
	for i, v := range values {
		shown[i] = v
		if _, whole := v.(said); whole {
			continue
		}
		if t := reflect.ValueOf(v); t.Kind() == reflect.String {
			if s := t.String(); len(s) > 0 {
				if _, named := v.(fmt.Stringer); !named {
					shown[i] = rule.Shorten(s)
				}
			}
		}
	}
	return rule.Printable(fmt.Sprintf(format, shown...))
}
