package wire

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"strconv"
	"strings"
	"sync"
)

// A Pattern is a regular expression of the model.
//
// The Smithy specification (constraint traits, pattern) says that such an expression is
// written in the ECMA 262 dialect and need only match a part of the string: "^" and "$" are not
// implied. So "wsipg-[0-9a-z]{8,63}$" lets anything stand before, and "^\d{12}|AMAZON$" lets
// anything follow twelve digits. Which engine the service runs is not documented. Where engines
// differ, a Pattern takes the reading that accepts more, so that it refuses nothing that the
// service may accept:
//
//	$     at the end, and before one line terminator at the end (Java; Python for \n)
//	.     any character but \n (Python; ECMA 262 and Java except \r and other terminators too)
//	\s    white space of ECMA 262, which has that of Java
//	\S    all but the white space of Java, which is ASCII
//	\d    ASCII digits, as in ECMA 262 and Java
//	\w    ASCII letters, digits and "_", as in ECMA 262 and Java
//
// Characters are code points. The zero value matches every string. A Pattern must not be
// copied after its first use.
type Pattern struct {
	Text string // as in the model

	once  sync.Once
	plain [][]run
	exact func() *regexp.Regexp
}

// Match reports whether the pattern matches s. It does not allocate for what plain runs match.
func (p *Pattern) Match(s string) bool {
	p.once.Do(p.compile)
	for _, runs := range p.plain {
		if matchRuns(runs, s) {
			return true
		}
	}
	return p.exact().MatchString(s)
}

func (p *Pattern) compile() {
	p.exact = sync.OnceValue(func() *regexp.Regexp {
		text, err := translate(p.Text, `(?:\r\n|[\n\r\x{85}\x{2028}\x{2029}])?\z`)
		if err != nil {
			panic(err) // a test compiles every pattern of the table
		}
		return regexp.MustCompile(text)
	})
	if text, err := translate(p.Text, `\z`); err == nil {
		if re, err := syntax.Parse(text, syntax.Perl); err == nil {
			p.plain = plainRuns(re)
		}
	}
}

// translate writes a pattern of the model as one of package regexp, with end for "$".
func translate(text, end string) (string, error) {
	const (
		wide   = `\t\n\x{0B}\f\r\p{Z}\x{FEFF}`
		narrow = `\t\n\x{0B}\f\r `
	)
	var out strings.Builder
	atom := 0      // where the last character class starts in out
	class := false // inside of one
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && i+1 < len(text):
			i++
			switch e := text[i]; {
			case e == 's' && class:
				out.WriteString(wide)
			case e == 's':
				out.WriteString("[" + wide + "]")
			case e == 'S' && !class:
				out.WriteString("[^" + narrow + "]")
			case e == 'd' || e == 'w' || strings.IndexByte(`\/.:-*?_`, e) >= 0:
				out.WriteString(`\` + string(e))
			default:
				return "", fmt.Errorf("wire: pattern %q: no translation of \\%c", text, e)
			}
		case class:
			class = c != ']'
			out.WriteByte(c)
		case c == '[':
			class, atom = true, out.Len()
			out.WriteByte(c)
		case c == '$':
			out.WriteString(end)
		case c == '(' && strings.HasPrefix(text[i:], "(?") && !strings.HasPrefix(text[i:], "(?:"):
			return "", fmt.Errorf("wire: pattern %q: no translation of %q", text, text[i:i+3])
		case c == '{':
			word, _, _ := strings.Cut(text[i+1:], "}")
			least, most, _ := strings.Cut(word, ",")
			const limit = 1000 // of package regexp for one repetition
			if n, err := strconv.Atoi(most); err == nil && n > limit {
				if text[i-1] != ']' {
					return "", fmt.Errorf("wire: pattern %q: no translation of %d repetitions of what is not a class", text, n)
				}
				set := out.String()[atom:]
				fmt.Fprintf(&out, "{%s,%d}%s{0,%d}", least, limit, set, n-limit)
			} else {
				out.WriteString("{" + word + "}")
			}
			i += len(word) + 1
		default:
			out.WriteByte(c)
		}
	}
	return out.String(), nil
}
