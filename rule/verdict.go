// Package rule is the vocabulary that the packages of wks share. It holds no fact
// about Amazon WorkSpaces. A [Violation] is a result; an error means that a question
// could not be answered.
package rule

import (
	"fmt"
	"slices"
)

// A Verdict answers whether something is permitted; it is Undocumented by default.
type Verdict uint8

const (
	Undocumented Verdict = iota // the documents do not say, or the input does not tell
	Allowed                     // the documents permit it
	Denied                      // the service or the documents refuse it
)

var verdicts = []string{"undocumented", "allowed", "denied"}

// And is Denied if either verdict is, else Undocumented if either is, else Allowed.
func (v Verdict) And(w Verdict) Verdict {
	if v == Allowed || w == Denied {
		return w
	}
	return v
}

// Or replaces Undocumented by fallback: a caller takes a position that the documents do not.
func (v Verdict) Or(fallback Verdict) Verdict {
	if v == Undocumented {
		return fallback
	}
	return v
}

// String returns "undocumented", "allowed" or "denied", and "" for any other value.
func (v Verdict) String() string {
	text, _ := v.MarshalText()
	return string(text)
}

// MarshalText fails for a value that is none of the three.
func (v Verdict) MarshalText() ([]byte, error) {
	if v > Denied {
		return nil, fmt.Errorf("rule: %d is not a verdict", uint8(v))
	}
	return []byte(verdicts[v]), nil
}

// UnmarshalText accepts exactly the words that String returns.
func (v *Verdict) UnmarshalText(text []byte) error {
	i := slices.Index(verdicts, string(text))
	if i < 0 {
		return fmt.Errorf("rule: verdict %q is none of %q", Shorten(string(text)), verdicts)
	}
	*v = Verdict(i)
	return nil
}
