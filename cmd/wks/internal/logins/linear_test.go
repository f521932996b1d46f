package logins

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/internal/lineartest"
)

// counts runs the command on n events, for people and as JSON.
func counts(event func(i int) string, args ...string) func(n int) {
	return func(n int) {
		var text strings.Builder
		for i := range n {
			text.WriteString(event(i))
		}
		for _, more := range [][]string{nil, {"--details"}, {"--json"}} {
			cli.Run(Command(), append(append(more, args...), "-"), strings.NewReader(text.String()), io.Discard, io.Discard)
		}
	}
}

func id(i int) string { return fmt.Sprintf("ws-%08d", i) }

// from is an event with an address of its own.
func from(i int, event string) string {
	return strings.ReplaceAll(event, "192.0.2.7", fmt.Sprintf("198.51.%d.%d", i/256%256, i%256))
}

// with writes files of n elements, and gives them to a run as flags.
func with(files map[string]func(n int) string, run func(n int, args ...string)) func(n int) {
	return func(n int) {
		dir, err := os.MkdirTemp("", "logins")
		if err != nil {
			panic(err)
		}
		defer os.RemoveAll(dir)
		var args []string
		for flag, text := range files {
			name := filepath.Join(dir, flag)
			if err := os.WriteFile(name, []byte(text(n)), 0o600); err != nil {
				panic(err)
			}
			args = append(args, "--"+flag, name)
		}
		run(n, args...)
	}
}

func each(n int, element func(i int) string) string {
	all := make([]string, n)
	for i := range all {
		all[i] = element(i)
	}
	return strings.Join(all, ",")
}

// desktops is what describe-workspaces prints of n WorkSpaces.
func desktops(user func(i int) string) func(n int) string {
	return func(n int) string {
		return `{"Workspaces": [` + each(n, func(i int) string {
			return fmt.Sprintf(`{"WorkspaceId": %q, "DirectoryId": "d-906732b9ab", "UserName": %q, "State": "AVAILABLE", "WorkspaceProperties": {"RunningMode": "ALWAYS_ON"}}`, id(i), user(i))
		}) + "]}"
	}
}

// linearCases are n events of many kinds, sound and broken.
var linearCases = map[string]func(n int){
	"one WorkSpace":   counts(func(i int) string { return login(i, "ws-00000001", "Windows", "5.1.0.0") }),
	"WorkSpaces":      counts(func(i int) string { return login(i, id(i), "Windows", "5.1.0.0") }),
	"one event again": counts(func(int) string { return login(1, "ws-00000001", "Windows", "5.1.0.0") }),
	"addresses":       counts(func(i int) string { return from(i, login(i, "ws-00000001", "Windows", "5.1.0.0")) }),
	"versions":        counts(func(i int) string { return login(i, "ws-00000001", "Windows", fmt.Sprint("5.", i)) }),
	"platforms":       counts(func(i int) string { return login(i, "ws-00000001", fmt.Sprint("P", i), "5.1") }),
	"directories": counts(func(i int) string {
		return strings.ReplaceAll(login(i, id(i), "Windows", "5.1"), "906732b9ab", fmt.Sprintf("%010x", i))
	}),
	"other events": counts(func(i int) string {
		return strings.ReplaceAll(login(i, id(i), "Windows", "5.1"), "WorkSpaces Access", "Other")
	}),
	"no JSON": counts(func(int) string { return "{\n" }),
	"values of no use": counts(func(i int) string {
		return strings.NewReplacer("successfulLogin", "x", "2026", "y").Replace(login(i, "nothing", "", ""))
	}),
	"members that nobody knows": counts(func(i int) string {
		return strings.ReplaceAll(login(i, id(i), "Windows", "5.1"), `"resources"`, fmt.Sprintf(`"new%d"`, i))
	}),
	"refused by their device":  counts(func(i int) string { return login(i, id(i), "Windows", "5.1") }, "--deny", "windows"),
	"refused by their version": counts(func(i int) string { return login(i, id(i), "Windows", fmt.Sprint("5.", i)) }, "--minimum", "windows=9999"),
	"refused by their address": counts(func(i int) string { return from(i, login(i, id(i), "Windows", "5.1")) }, "--allow", "192.0.2.0/24"),
	"not decided":              counts(func(i int) string { return login(i, id(i), "Windows", "5.1") }, "--trust", "windows"),
	"one event of n members": func(n int) {
		text := strings.Replace(login(1, "ws-00000001", "Windows", "5.1"), `"resources":[]`, `"resources":[`+each(n, func(i int) string { return fmt.Sprintf("%q", id(i)) })+`]`, 1)
		counts(func(int) string { return text })(1)
	},
	"WorkSpaces of an export": with(map[string]func(n int) string{"workspaces": desktops(func(i int) string { return fmt.Sprint("user", i) })}, func(n int, args ...string) {
		counts(func(i int) string { return login(i, id(2*i), "Windows", "5.1") }, append(args, "--session", "8h", "--deny", "windows")...)(n)
	}),
	"WorkSpaces of one user": with(map[string]func(n int) string{"workspaces": desktops(func(int) string { return "ada" })}, func(n int, args ...string) {
		counts(func(i int) string { return login(i, id(i), "Windows", "5.1") }, args...)(n)
	}),
	"an export of nothing": with(map[string]func(n int) string{"workspaces": func(n int) string {
		return `{"Workspaces": [` + each(n, func(int) string { return `{"WorkspaceId": 5}` }) + "]}"
	}}, func(n int, args ...string) {
		counts(func(i int) string { return login(i, id(i), "Windows", "5.1") }, args...)(n)
	}),
	// Each address is asked of each rule. A directory has at most 25 groups of ten rules, so one of the two is fixed.
	"addresses and the rules of a directory": with(groups(func(int) int { return 250 }), func(n int, args ...string) {
		counts(func(i int) string { return from(i, login(i, id(i), "Windows", "5.1")) }, args...)(n)
	}),
	"rules of groups": with(groups(func(n int) int { return n }), func(_ int, args ...string) {
		counts(func(i int) string { return from(i, login(i, id(i), "Windows", "5.1")) }, args...)(10)
	}),
	"rules of no use": with(map[string]func(n int) string{"ip-groups": func(n int) string {
		return `{"Result": [` + each(n, func(i int) string {
			return fmt.Sprintf(`{"groupId": "wsipg-%d", "userRules": [{"ipRule": "10.0.0.0/8"}, {"ipRule": 5}]}`, i)
		}) + "]}"
	}}, func(_ int, args ...string) {
		counts(func(i int) string { return login(i, id(i), "Windows", "5.1") }, args...)(1)
	}),
}

// groups is what describe-ip-groups prints of groups with ten rules each.
func groups(rules func(n int) int) map[string]func(n int) string {
	return map[string]func(n int) string{"ip-groups": func(n int) string {
		return `{"Result": [` + each(rules(n)/10, func(g int) string {
			return fmt.Sprintf(`{"groupId": "wsipg-%08d", "userRules": [`, g) + each(10, func(i int) string { return fmt.Sprintf(`{"ipRule": "203.0.%d.%d/32"}`, g%256, i) }) + "]}"
		}) + "]}"
	}}
}

// TestLinear holds that the work of the command grows as its input does.
func TestLinear(t *testing.T) {
	lineartest.Run(t, []string{"cmd/wks/internal/logins", "cmd/wks/internal/terminal", "monitor", "network", "devices", "internal/jsonstream"}, linearCases)
}
