package network_test

import (
	"testing"

	"github.com/wksgo/wks/network"
)

// Must… panics on what its sibling refuses, and on nothing else.
func TestMust(t *testing.T) {
	for name, tt := range map[string]struct {
		f      func()
		panics bool
	}{
		"a range":        {func() { network.MustParseRange("10.0.0.0-10.0.0.9") }, false},
		"no range":       {func() { network.MustParseRange("10.0.0.9-10.0.0.0") }, true},
		"a domain rule":  {func() { network.MustParseDomainRule("*.example.com") }, false},
		"no domain rule": {func() { network.MustParseDomainRule("a b") }, true},
	} {
		func() {
			defer func() {
				if r := recover(); (r != nil) != tt.panics {
					t.Errorf("%s: panics with %v", name, r)
				}
			}()
			tt.f()
		}()
	}
}
