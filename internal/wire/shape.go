package wire

import (
	"fmt"
	"slices"
	"unicode/utf8"
)

// Accepts reports whether a string breaks no constraint of a String.
func (s *Shape) Accepts(text string) bool {
	if n := len(text); n > s.Max || (n+utf8.UTFMax-1)/utf8.UTFMax < s.Min { // bytes, of which a character has 1 to 4
		if n = utf8.RuneCountInString(text); n < s.Min || n > s.Max {
			return false
		}
	}
	return (s.Pattern == nil || s.Pattern.Match(text)) && (s.Enum == nil || slices.Contains(s.Enum, text))
}

// Bounds says in words what Min and Max permit.
func (s *Shape) Bounds() string {
	switch {
	case s.Min == s.Max:
		return fmt.Sprintf("exactly %d", s.Min)
	case s.Max == Unbounded:
		return fmt.Sprintf("at least %d", s.Min)
	case s.Min == 0:
		return fmt.Sprintf("at most %d", s.Max)
	}
	return fmt.Sprintf("%d to %d", s.Min, s.Max)
}
