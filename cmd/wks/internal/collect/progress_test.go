package collect

import (
	"bytes"
	"strings"
	"testing"
)

// The line tells files, and the time that the calls which are left take at least by the quota of the
// Region that has the most of them.
func TestProgress(t *testing.T) {
	var out bytes.Buffer
	p := &progress{w: &out, left: map[string]int{}}
	p.expect("eu-west-1", 10, 205)
	p.expect("us-east-1", 10, 5)
	for range 5 {
		p.end("eu-west-1", "describe-vpcs.json", 0)
	}
	if got, want := p.line(), "[##........] 5 of 20 files, at least 1m40s left  eu-west-1/describe-vpcs.json"; got != want {
		t.Errorf("%q", got)
	}
	p.item("eu-west-1", "x.json", 1250)
	if got := p.line(); !strings.HasSuffix(got, "  1250 in eu-west-1/x.json") {
		t.Errorf("%q", got)
	}
	p.close()
	if !strings.HasSuffix(out.String(), "\r\x1b[K") || strings.Contains(out.String(), "\n") {
		t.Errorf("%q", out.String())
	}
	one := &progress{left: map[string]int{}}
	one.expect("r", 1, 0)
	if one.end("r", "f", 0); one.line() != "[##########] 1 of 1 files  r/f" {
		t.Errorf("%q", one.line())
	}
	quiet := &progress{left: map[string]int{}}
	quiet.expect("eu-west-1", 1, 1)
	quiet.end("eu-west-1", "x.json", 1)
	quiet.close()
}
