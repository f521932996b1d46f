package ruletest

import (
	"errors"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/rule"
)

type sample struct {
	Name   string
	Sizes  []int32
	Next   *sample
	Answer func() int
}

// Values of every kind are made: zero, nil, known and hostile.
func TestValues(t *testing.T) {
	values := Anything{Sound: []any{sample{Name: "sound", Sizes: []int32{1, 2}}}, Texts: []string{"known"}}.Values()
	seen := map[string]bool{}
	rapid.Check(t, func(t *rapid.T) {
		for range 100 {
			s := *values(t, reflect.TypeFor[*sample]()).(*sample)
			seen[s.Name] = true
			seen["hostile"] = seen["hostile"] || strings.Contains(s.Name, "\x1b")
			seen["next"] = seen["next"] || s.Next != nil
			seen["no sizes"] = seen["no sizes"] || s.Sizes == nil
			seen["negative"] = seen["negative"] || slices.Contains(s.Sizes, -1)
			seen["function"] = seen["function"] || s.Answer != nil
		}
	})
	for _, want := range []string{"", "sound", "known", "next", "no sizes", "negative", "function", "hostile"} {
		if !seen[want] {
			t.Errorf("%q was not made", want)
		}
	}
}

// What an answer or an error passes on is found.
func TestLookFinds(t *testing.T) {
	var follows rule.Answer
	follows.NotGiven("", "x")
	for name, result := range map[string]any{
		"verdict":   rule.Answer{Verdict: rule.Allowed, Open: follows.Open},
		"detail":    rule.Answer{Verdict: rule.Denied, Violations: rule.Violations{{Code: "a.b", Detail: "\x1b", Level: rule.Must}}},
		"line":      rule.Answer{Open: []rule.Open{{Reason: "a\nb"}}},
		"reason":    rule.Answer{Open: []rule.Open{{Reason: "\x1b"}}},
		"bad UTF-8": errors.New("\xff"),
		"long":      errors.New(strings.Repeat("x", longest+1)),
		"below":     struct{ List []rule.Open }{[]rule.Open{{Reason: "\u202e"}}},
	} {
		if !fails(func(t *rapid.T) { Look(t, result) }) {
			t.Errorf("%s is passed on", name)
		}
	}
	if fails(func(t *rapid.T) { Look(t, follows); Look(t, nil); Look(t, errors.New("a\nb")) }) {
		t.Error("a sound answer is not")
	}
}

// fails reports whether a property fails.
func fails(prop func(*rapid.T)) (failed bool) {
	defer func() { failed = recover() != nil }()
	rapid.Custom(func(t *rapid.T) int { prop(t); return rapid.Int().Draw(t, "none") }).Example()
	return false
}

func TestExports(t *testing.T) {
	src, err := exports(os.DirFS("../../rule"))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(src.functions, "Shorten") || slices.Contains(src.functions, "MustParseEdition") || slices.Contains(src.functions, "told") {
		t.Errorf("functions %q", src.functions)
	}
	if !slices.Contains(src.methods["Answer"], "Merge") || !slices.Contains(src.methods["Path"], "Join") {
		t.Errorf("methods %q", src.methods)
	}
	if !slices.Contains(src.texts, "contradiction") {
		t.Errorf("texts %q", src.texts)
	}
}
