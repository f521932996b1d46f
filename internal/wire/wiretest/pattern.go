package wiretest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

// Match reports whether a pattern of the model matches somewhere in s, with the readings that
// wire.Pattern documents. It follows the sets of positions that can be reached, and shares
// nothing with package regexp. It panics on what it cannot read.
func Match(pattern, s string) bool {
	text := []rune(s)
	at := make([]bool, len(text)+1)
	for i := range at {
		at[i] = true
	}
	return slices.Contains(parse(pattern).reach(text, at), true)
}

// Example returns a string of n characters that the pattern matches whole. It is false if it
// finds none: it takes the first of alternatives, and lengthens what can be repeated from the left.
func Example(pattern string, n int) (string, bool) {
	root := parse(pattern)
	spare := n - root.width()
	s := root.example(&spare)
	return s, spare == 0
}

// A node is a part of a regular expression.
type node struct {
	op       byte // '.' one character, '^', '$', ' ' sequence, '|' alternatives, '*' repetition
	in       func(rune) bool
	sub      []*node
	min, max int // of a repetition; max is -1 for no bound
}

// reach returns the positions in s that n can lead to from those in from.
func (n *node) reach(s []rune, from []bool) []bool {
	to := make([]bool, len(from))
	switch n.op {
	case '.':
		for i, r := range s {
			to[i+1] = from[i] && n.in(r)
		}
	case '^':
		to[0] = from[0]
	case '$':
		for i := range from {
			to[i] = from[i] && (i == len(s) || len(s)-i <= 2 && slices.Contains([]string{"\r\n", "\n", "\r", "\u0085", "\u2028", "\u2029"}, string(s[i:])))
		}
	case ' ':
		copy(to, from)
		for _, sub := range n.sub {
			to = sub.reach(s, to)
		}
	case '|':
		for _, sub := range n.sub {
			join(to, sub.reach(s, from))
		}
	case '*':
		at := from
		for range n.min {
			at = n.sub[0].reach(s, at)
		}
		join(to, at)
		for k := n.min; k != n.max; k++ {
			if at = n.sub[0].reach(s, at); !join(to, at) {
				break
			}
		}
	}
	return to
}

// join adds the positions of more to all, and reports whether any was new.
func join(all, more []bool) (added bool) {
	for i, m := range more {
		added = added || m && !all[i]
		all[i] = all[i] || m
	}
	return added
}

// width returns the number of characters of the shortest example.
func (n *node) width() int {
	switch n.op {
	case '.':
		return 1
	case ' ':
		sum := 0
		for _, sub := range n.sub {
			sum += sub.width()
		}
		return sum
	case '|':
		return n.sub[0].width()
	case '*':
		return n.min * n.sub[0].width()
	}
	return 0
}

// example returns the shortest example, with up to *spare characters more.
func (n *node) example(spare *int) string {
	var b strings.Builder
	switch n.op {
	case '.':
		for _, r := range "a0A-/.:@_ " {
			if n.in(r) {
				return string(r)
			}
		}
		for r := rune(' '); r < 127; r++ {
			if n.in(r) {
				return string(r)
			}
		}
		panic("wiretest: no ASCII character in a class")
	case ' ':
		for _, sub := range n.sub {
			b.WriteString(sub.example(spare))
		}
	case '|':
		return n.sub[0].example(spare)
	case '*':
		k := 0
		for ; k < n.min; k++ {
			b.WriteString(n.sub[0].example(spare))
		}
		for w := n.sub[0].width(); k != n.max && w > 0 && w <= *spare; k++ {
			*spare -= w
			b.WriteString(n.sub[0].example(spare))
		}
	}
	return b.String()
}

type parser struct{ rest []rune }

var parsed sync.Map // *node by pattern

func parse(pattern string) *node {
	if n, ok := parsed.Load(pattern); ok {
		return n.(*node)
	}
	p := &parser{[]rune(pattern)}
	n := p.alternatives()
	if len(p.rest) > 0 {
		panic(fmt.Sprintf("wiretest: pattern %q: cannot read %q", pattern, string(p.rest)))
	}
	parsed.Store(pattern, n)
	return n
}

func (p *parser) peek() rune {
	if len(p.rest) == 0 {
		return 0
	}
	return p.rest[0]
}

func (p *parser) next() rune {
	r := p.rest[0]
	p.rest = p.rest[1:]
	return r
}

func (p *parser) alternatives() *node {
	n := &node{op: '|', sub: []*node{p.sequence()}}
	for p.peek() == '|' {
		p.next()
		n.sub = append(n.sub, p.sequence())
	}
	return n
}

func (p *parser) sequence() *node {
	n := &node{op: ' '}
	for len(p.rest) > 0 && p.peek() != '|' && p.peek() != ')' {
		n.sub = append(n.sub, p.repetition())
	}
	return n
}

func (p *parser) repetition() *node {
	n := p.atom()
	switch p.peek() {
	case '*':
		p.next()
		return &node{op: '*', sub: []*node{n}, max: -1}
	case '+':
		p.next()
		return &node{op: '*', sub: []*node{n}, min: 1, max: -1}
	case '?':
		p.next()
		return &node{op: '*', sub: []*node{n}, max: 1}
	case '{':
		end := slices.Index(p.rest, '}')
		least, most, two := strings.Cut(string(p.rest[1:end]), ",")
		p.rest = p.rest[end+1:]
		m, err := strconv.Atoi(least)
		r := &node{op: '*', sub: []*node{n}, min: m, max: m}
		if two && err == nil {
			r.max, err = strconv.Atoi(most)
		}
		if err != nil {
			panic(err)
		}
		return r
	}
	return n
}

func (p *parser) atom() *node {
	switch r := p.next(); r {
	case '^', '$':
		return &node{op: byte(r)}
	case '.':
		return &node{op: '.', in: func(r rune) bool { return r != '\n' }}
	case '(':
		if p.peek() == '?' {
			p.next()
			if p.next() != ':' {
				panic("wiretest: a group that is neither plain nor (?:")
			}
		}
		n := p.alternatives()
		if p.next() != ')' {
			panic("wiretest: a group without an end")
		}
		return n
	case '[':
		return p.class()
	case '\\':
		in, _ := p.escape(true)
		return &node{op: '.', in: in}
	default:
		return &node{op: '.', in: only(r)}
	}
}

func only(r rune) func(rune) bool { return func(s rune) bool { return s == r } }

// escape reads what follows a backslash: a class, or one character, which it returns.
func (p *parser) escape(complement bool) (in func(rune) bool, one rune) {
	digit := func(r rune) bool { return '0' <= r && r <= '9' }
	switch r := p.next(); {
	case r == 'd':
		return digit, 0
	case r == 'w':
		return func(r rune) bool { return digit(r) || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || r == '_' }, 0
	case r == 's':
		return func(r rune) bool {
			return strings.ContainsRune("\t\n\v\f\r\u2028\u2029\ufeff", r) || unicode.Is(unicode.Zs, r)
		}, 0
	case r == 'S' && complement:
		return func(r rune) bool { return !strings.ContainsRune(" \t\n\v\f\r", r) }, 0
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		panic(fmt.Sprintf("wiretest: cannot read \\%c", r))
	default:
		return only(r), r
	}
}

func (p *parser) class() *node {
	var sets []func(rune) bool
	not := p.peek() == '^'
	if not {
		p.next()
	}
	for p.peek() != ']' {
		r := p.next()
		if r == '\\' {
			var in func(rune) bool
			if in, r = p.escape(false); r == 0 {
				sets = append(sets, in)
				continue
			}
		}
		last := r
		if len(p.rest) > 1 && p.rest[0] == '-' && p.rest[1] != ']' {
			p.next()
			if last = p.next(); last == '\\' || last < r {
				panic("wiretest: cannot read a range")
			}
		}
		sets = append(sets, func(s rune) bool { return r <= s && s <= last })
	}
	p.next()
	return &node{op: '.', in: func(r rune) bool {
		return not != slices.ContainsFunc(sets, func(in func(rune) bool) bool { return in(r) })
	}}
}
