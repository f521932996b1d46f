package machine

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/internal/lineartest"
)

// described runs the command on the sample with other members, for people and as JSON, automated and not.
func described(members func(n int) map[string]any) func(n int) {
	return func(n int) {
		m := map[string]any{}
		if err := json.Unmarshal(sample, &m); err != nil {
			panic(err)
		}
		for name, value := range members(n) {
			m[name] = value
		}
		text, err := json.Marshal(m)
		if err != nil {
			panic(err)
		}
		asksAll(string(text))
	}
}

func asksAll(text string) {
	for _, args := range [][]string{{"-"}, {"-", "--json"}, {"-", "--automated", "--office"}, {"-", "--edition", "2020-04-29"}} {
		cli.Run(Command(), args, strings.NewReader(text), io.Discard, io.Discard)
	}
}

func many[E any](n int, f func(i int) E) []E {
	all := make([]E, n)
	for i := range all {
		all[i] = f(i)
	}
	return all
}

func name(i int) string { return fmt.Sprint("name ", i) }

// linearCases are machines with n of something, sound and broken.
var linearCases = map[string]func(n int){
	"names": described(func(n int) map[string]any {
		return map[string]any{"AntiVirus": many(n, name), "ExtraSoftware": many(n, name), "AppxPackages": many(n, name)}
	}),
	"one name again": described(func(n int) map[string]any {
		return map[string]any{"AntiVirus": many(n, func(int) string { return "x" }), "AppxPackages": many(n, func(int) string { return "" })}
	}),
	"drives": described(func(n int) map[string]any {
		return map[string]any{"Drives": many(n, func(i int) map[string]any { return map[string]any{"ID": name(i), "Type": i % 7} })}
	}),
	"partitions": described(func(n int) map[string]any {
		return map[string]any{"Partitions": many(n, func(i int) map[string]any { return map[string]any{"Type": "GPT: " + name(i), "Bootable": true} })}
	}),
	"a long text": described(func(n int) map[string]any {
		return map[string]any{"Caption": strings.Repeat("Windows ", n), "Version": strings.Repeat("10.", n), "DefaultProfile": strings.Repeat("\x1b", n)}
	}),
	"UTF-16": func(n int) {
		b := []byte{0xff, 0xfe}
		for _, u := range utf16.Encode([]rune(`{"Caption": "` + strings.Repeat("é", n) + `"}`)) {
			b = append(b, byte(u), byte(u>>8))
		}
		asksAll(string(b))
	},
	"members that there are not": func(n int) { asksAll(`{"x": [` + strings.Repeat("1,", n) + `1]}`) },
	"lists in lists":             func(n int) { asksAll(`{"Drives": ` + strings.Repeat("[", n) + strings.Repeat("]", n) + "}") },
	"no JSON":                    func(n int) { asksAll(strings.Repeat(`{"Drives": [`, n)) },
	"more behind it":             func(n int) { asksAll("{}" + strings.Repeat(" ", n) + "{}") },
}

// TestLinear holds that the work of the command grows as its input does.
func TestLinear(t *testing.T) {
	lineartest.Run(t, []string{"cmd/wks/internal/machine", "cmd/wks/internal/terminal", "byol"}, linearCases)
}
