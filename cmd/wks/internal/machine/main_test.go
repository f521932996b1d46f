package machine

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/internal/ruletest"
)

// ask runs the program and returns its exit status and what it printed.
func ask(stdin string, args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	status = cli.Run(Command(), args, strings.NewReader(stdin), &out, &errs)
	return status, out.String(), errs.String()
}

func TestGolden(t *testing.T) {
	for name, tt := range map[string]struct {
		args   []string
		status int
	}{
		"sample.txt":            {[]string{"--edition", "2026-09-10"}, exitBroken},
		"sample.json":           {[]string{"--edition", "2026-09-10", "--json"}, exitBroken},
		"sample-2018-02-03.txt": {[]string{"--edition", "2018-02-03"}, exitUnanswered},
		"sample-2020-04-29.txt": {[]string{"--edition", "2020-04-29"}, exitBroken},
		"sample-automated.txt":  {[]string{"--edition", "2026-09-10", "--automated", "--office"}, exitBroken},
		"changes.txt":           {[]string{"--changes", "2019-10-25,2020-04-29,2026-09-10"}, exitClean},
		"collect.ps1":           {[]string{"--collect"}, exitClean},
	} {
		status, out, errs := ask("", tt.args...)
		if status != tt.status || errs != "" {
			t.Errorf("%s: status %d, %s", name, status, errs)
		}
		ruletest.Golden(t, filepath.Join("testdata", name), []byte(out))
	}
}

// A machine that is known in full and sound, as Windows PowerShell and others write it.
func TestEncodings(t *testing.T) {
	m := byol.Machine{}
	if err := json.Unmarshal(sample, &m); err != nil {
		t.Fatal(err)
	}
	m.VMwareTools, m.DomainJoined, m.WindowsUpdateStart, m.PublicFirewall = new(false), new(false), new("Disabled"), new(false)
	m.FreeBytes, m.Partitions, m.BitLocker = new(int64(30*byol.GB)), m.Partitions[:1], new(false)
	m.AppxPackages, m.MemoryIntegrity, m.UpdatesInstalled, m.TimeServerReachable = []string{}, new(false), new(true), new(true)
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	wide := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(string(text))) {
		wide = binary.LittleEndian.AppendUint16(wide, u)
	}
	for name, data := range map[string][]byte{"UTF-8": text, "with a mark": append([]byte("\xef\xbb\xbf"), text...), "UTF-16LE": wide} {
		file := filepath.Join(t.TempDir(), "machine.json")
		if err := os.WriteFile(file, data, 0o666); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{{file}, {"-"}} {
			status, out, errs := ask(string(data), args...)
			if status != exitClean || errs != "" || !strings.Contains(out, "Validation successful") || !strings.Contains(out, "The documents: ALLOWED") {
				t.Errorf("%s, %s: status %d, %s\n%s", name, args, status, errs, out)
			}
		}
	}
}

func TestUnknownMachine(t *testing.T) {
	status, out, errs := ask("{}", "-")
	if status != exitUnanswered || errs != "" || !strings.Contains(out, "Not decided: facts are missing") || !strings.Contains(out, "The documents: UNDOCUMENTED") || strings.Contains(out, "PASSED") {
		t.Errorf("status %d, %s\n%s", status, errs, out)
	}
	if _, out, _ := ask(`{"VMwareTools":true,"Version":"10.0.19045","AntiVirus":["\u001b[2J"]}`, "-"); strings.Contains(out, "\x1b") {
		t.Errorf("an escape sequence is printed:\n%s", out)
	}
}

func TestBadInput(t *testing.T) {
	for _, tt := range []struct {
		stdin string
		args  []string
		want  string
	}{
		{"", []string{"-"}, "standard input: EOF"},
		{"{", []string{"-"}, "unexpected EOF"},
		{`{"DomainJoind": true}`, []string{"-"}, `unknown field "DomainJoind"`},
		{`{"DomainJoined": "yes"}`, []string{"-"}, "DomainJoined"},
		{`{} {}`, []string{"-"}, "something behind"},
		{"\xff\xfe{", []string{"-"}, "odd number of bytes"},
		{"\xff", []string{"-"}, "neither UTF-8"},
		{`{"Version": "10"}`, []string{"-"}, `Version: "10" is not a version`},
		{`{"DiskBytes": -1}`, []string{"-"}, `DiskBytes: "-1" is negative`},
		{"", []string{"no/such/file"}, "no/such/file"},
		{"", []string{"a", "b"}, "at most 1 arg"},
		{"", []string{"--collect", "a"}, `unexpected argument "a"`},
		{"", []string{"--changes", "2019-10-25,2020-04-29", "a"}, `unexpected argument "a"`},
		{"", []string{"--collect", "--changes", "2019-10-25,2020-04-29"}, "[changes collect] were all set"},
		{"", []string{"--edition", "2016-01-01"}, "is not between"},
		{"", []string{"--edition", "now"}, "not a date"},
		{"", []string{"--changes", "2019-10-25"}, "at least two dates"},
		{"", []string{"--changes", "2019-10-25,soon"}, "not a date"},
		{"", []string{"--changes", "2019-10-25,2030-01-01"}, "is not between"},
		{"", []string{"--bogus"}, "unknown flag"},
	} {
		if status, out, errs := ask(tt.stdin, tt.args...); status != exitUnanswered || out != "" || !strings.Contains(errs, tt.want) {
			t.Errorf("%v: status %d, printed %q, %q, want %q", tt.args, status, out, errs, tt.want)
		}
	}
	if status, out, _ := ask("", "-h"); status != exitClean || !strings.Contains(out, oneLiner()) {
		t.Errorf("-h: status %d, %s", status, out)
	}
}

// Each member of a machine has a query, or is asked for by hand, and none has both.
func TestEveryFactIsCollected(t *testing.T) {
	var names []string
	for _, f := range fields {
		names = append(names, f.name)
	}
	for _, a := range asked {
		names = append(names, a.name)
	}
	var want []string
	for f := range reflect.TypeFor[byol.Machine]().Fields() {
		want = append(want, f.Name)
	}
	slices.Sort(names)
	slices.Sort(want)
	if !slices.Equal(names, want) {
		t.Errorf("collected and asked %v, want %v", names, want)
	}
}

var (
	command  = regexp.MustCompile(`\b([A-Z][a-z]+)-[A-Z]\w+`)
	variable = regexp.MustCompile(`\$(\w+)`)
)

// The script only reads: its commands are those, its variables are set before they are
// used, and quotes and brackets are in pairs.
func TestCollectOnlyReads(t *testing.T) {
	for _, text := range []string{script(), oneLiner()} {
		for _, m := range command.FindAllStringSubmatch(text, -1) {
			if !slices.Contains([]string{"Get", "Test", "Where", "ForEach", "ConvertTo"}, m[1]) {
				t.Errorf("the script has %s", m[0])
			}
		}
		set := map[string]bool{"_": true, "null": true, "PSVersionTable": true}
		for _, m := range variable.FindAllStringSubmatchIndex(text, -1) {
			name := text[m[2]:m[3]]
			if strings.HasPrefix(text[m[3]:], " = ") {
				set[name] = true
			} else if !set[name] {
				t.Errorf("$%s is used before it is set", name)
			}
		}
		var open []rune
		quote := rune(0)
		for _, c := range text {
			switch {
			case quote != 0:
				if c == quote {
					quote = 0
				}
			case c == '\'' || c == '"':
				quote = c
			case strings.ContainsRune("({[", c):
				open = append(open, c)
			case strings.ContainsRune(")}]", c):
				if len(open) == 0 || !strings.Contains("(){}[]", string(open[len(open)-1])+string(c)) {
					t.Fatalf("an unmatched %c", c)
				}
				open = open[:len(open)-1]
			}
		}
		if quote != 0 || len(open) > 0 {
			t.Errorf("left open: %q %q", quote, open)
		}
	}
	if strings.ContainsAny(oneLiner(), "\r\n") {
		t.Error("the one line has several")
	}
}

func TestHugeInput(t *testing.T) {
	lineartest.SkipRace(t)
	if status, out, errs := ask("{}"+strings.Repeat(" ", maxMachine), "-"); status != exitUnanswered || out != "" || !strings.Contains(errs, "is longer than the 16 MiB") {
		t.Errorf("status %d, %q, %q", status, out, errs)
	}
}
