package network

import (
	"io"
	"strings"
	"testing"
)

// A file is read up to the bound, and no further: one that is as long is read, and the error of a longer one names the bound.
func TestIPRangesAreBounded(t *testing.T) {
	before := mostIPRanges
	t.Cleanup(func() { mostIPRanges = before })
	mostIPRanges = 4000
	entry := `{"ip_prefix":"192.0.2.0/24","region":"us-east-1","service":"EC2"}`
	for name, tt := range map[string]struct {
		text string
		want bool
	}{
		"as long":          {`{"prefixes":[` + entry + `]}`, true},
		"a long member":    {`{"x":"` + strings.Repeat("x", 5000) + `"}`, false},
		"many entries":     {`{"prefixes":[` + entry + strings.Repeat(","+entry, 100) + `]}`, false},
		"a long region":    {`{"prefixes":[{"ip_prefix":"192.0.2.0/24","region":"` + strings.Repeat("x", 5000) + `","service":"EC2"}]}`, false},
		"space at the end": {`{"prefixes":[` + entry + `]}` + strings.Repeat(" ", 5000), false},
	} {
		if tt.want {
			tt.text += strings.Repeat(" ", int(mostIPRanges)-len(tt.text))
		}
		source := strings.NewReader(tt.text)
		var err error
		for _, err = range NewIPRanges(source).All() {
		}
		if read := len(tt.text) - source.Len(); (err == nil) != tt.want || read > int(mostIPRanges)+1 || err != nil && !strings.Contains(err.Error(), "4000") {
			t.Errorf("%s: %v after %d bytes", name, err, read)
		}
	}
	// Who stops early is told nothing.
	for _, err := range NewIPRanges(io.MultiReader(strings.NewReader(`{"prefixes":[`+entry+`,`), strings.NewReader(strings.Repeat(" ", 5000)))).All() {
		if err != nil {
			t.Error(err)
		}
		break
	}
	for _, err := range NewIPRanges(nil).All() {
		if err == nil {
			t.Error("a file of no reader")
		}
	}
}
