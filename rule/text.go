package rule

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longest is how many characters of one value a text shows, and longestReason of a reason, which
// may show several.
const longest, longestReason = 200, 1000

// Shorten cuts a text after 200 characters, and says how many bytes it left out.
func Shorten(s string) string { return shorten(s, longest) }

// told is a reason that people can be shown, whatever it repeats of the input: a word is cut as a value is, unless it was already.
func told(reason string) string {
	if len(reason) > longest {
		words := strings.Split(reason, " ")
		for i, w := range words {
			if !strings.HasSuffix(strings.TrimRight(w, `"`), "…") {
				words[i] = Shorten(w)
			}
		}
		reason = strings.Join(words, " ")
	}
	return shown(reason)
}

// shown is a text that people can be shown, such as a path.
func shown(s string) string { return Printable(shorten(s, longestReason)) }

func shorten(s string, most int) string {
	if len(s) <= most {
		return s
	}
	n := 0
	for i := range s {
		if n++; n > most {
			return fmt.Sprintf("%s… (%d bytes more)", s[:i], len(s)-i)
		}
	}
	return s
}

// Printable writes what a terminal might obey, such as control characters, and bytes that are
// no UTF-8, as a string literal of Go does. Other text stays as it is.
func Printable(s string) string {
	odd := func(r rune) bool { return (r < ' ' || r > '~') && (r == utf8.RuneError || !unicode.IsPrint(r)) }
	if strings.IndexFunc(s, odd) < 0 {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		switch _, n := utf8.DecodeRuneInString(s[i:]); {
		case !odd(r), r == utf8.RuneError && n > 1:
			b.WriteRune(r)
		default:
			quoted := strconv.Quote(s[i : i+n])
			b.WriteString(quoted[1 : len(quoted)-1])
		}
	}
	return b.String()
}
