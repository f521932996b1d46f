// Package damage changes documents in JSON as nothing should: parts of them are gone, of another type, twice, in one
// another, or far too large. Tests of what reads whole documents draw from it.
package damage

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"pgregory.net/rapid"
)

// A node is a value. Objects keep the order of their members, and may have a name twice.
type node struct {
	open  byte   // '{', '[', or 0 for a scalar
	text  string // of a scalar, as JSON
	names []string
	items []*node
	deep  int // how many lists, or objects, of one value stand around it
}

// A Document is a text of values in JSON, one after another.
type Document struct{ values []*node }

// Damaged returns the document with a few changes that t draws. It is well-formed, but for a text that is cut off or has a
// wrong byte at times.
func (d *Document) Damaged(t *rapid.T) []byte {
	top := (&node{open: '[', items: d.values}).copied()
	kept := rapid.Bool().Draw(t, "types are kept")
	for range rapid.IntRange(1, 5).Draw(t, "changes") {
		change(t, top, kept)
	}
	var b bytes.Buffer
	for _, v := range top.items {
		v.write(&b)
		b.WriteByte('\n')
	}
	text := b.Bytes()
	if len(text) > 0 && index(t, 50, "bytes") == 0 {
		at := index(t, len(text), "at")
		if rapid.Bool().Draw(t, "cut") {
			return text[:at]
		}
		text[at] = rapid.Byte().Draw(t, "byte")
	}
	return text
}

// Texts are the texts of the document, values and names of members, each once.
func (d *Document) Texts() []string { return (&node{open: '[', items: d.values}).texts(nil) }

// Replaced returns the document with another text in place of one, wherever it stands.
func (d *Document) Replaced(old, text string) []byte {
	var b bytes.Buffer
	for _, v := range d.values {
		v.replaced(old, text).write(&b)
		b.WriteByte('\n')
	}
	return b.Bytes()
}

// Ordered returns the document with the members of each object in the order of the alphabet, or back. Those of one name stay in their order.
func (d *Document) Ordered(back bool) []byte {
	var b bytes.Buffer
	for _, v := range d.values {
		v.ordered(back).write(&b)
		b.WriteByte('\n')
	}
	return b.Bytes()
}

// Long is a text of thousands of characters.
var Long = strings.Repeat("x", 5000)

// texts adds the texts of a value to a list, each once.
func (n *node) texts(list []string) []string {
	found := slices.Clone(n.names)
	if text, ok := n.asText(); ok {
		found = append(found, text)
	}
	for _, text := range found {
		if !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	for _, item := range n.items {
		list = item.texts(list)
	}
	return list
}

func (n *node) asText() (string, bool) {
	var text string
	ok := n.open == 0 && n.text[0] == '"' && json.Unmarshal([]byte(n.text), &text) == nil
	return text, ok
}

func (n *node) replaced(old, text string) *node {
	c := *n
	if was, ok := n.asText(); ok && was == old {
		c.text = strconv.Quote(text)
	}
	c.names, c.items = slices.Clone(n.names), nil
	for i, name := range n.names {
		if name == old {
			c.names[i] = text
		}
	}
	for _, item := range n.items {
		c.items = append(c.items, item.replaced(old, text))
	}
	return &c
}

func (n *node) ordered(back bool) *node {
	c := *n
	c.names, c.items = nil, nil
	order := make([]int, len(n.items))
	for i := range order {
		order[i] = i
	}
	if n.open == '{' {
		slices.SortStableFunc(order, func(i, j int) int {
			if back {
				i, j = j, i
			}
			return strings.Compare(n.names[i], n.names[j])
		})
	}
	for _, i := range order {
		if n.open == '{' {
			c.names = append(c.names, n.names[i])
		}
		c.items = append(c.items, n.items[i].ordered(back))
	}
	return &c
}

// Parse reads a document.
func Parse(data []byte) (*Document, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var all Document
	for {
		v, err := value(d)
		if errors.Is(err, io.EOF) {
			return &all, nil
		}
		if err != nil {
			return nil, err
		}
		all.values = append(all.values, v)
	}
}

func value(d *json.Decoder) (*node, error) {
	tok, err := d.Token()
	if err != nil {
		return nil, err
	}
	delim, nested := tok.(json.Delim)
	if !nested {
		text, err := json.Marshal(tok)
		return &node{text: string(text)}, err
	}
	n, err := nestedValue(d, byte(delim))
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// nestedValue reads a list or an object behind its beginning.
func nestedValue(d *json.Decoder, open byte) (*node, error) {
	n := &node{open: open}
	for d.More() {
		if n.open == '{' {
			name, err := d.Token()
			if err != nil {
				return nil, err
			}
			n.names = append(n.names, name.(string))
		}
		item, err := value(d)
		if err != nil {
			return nil, err
		}
		n.items = append(n.items, item)
	}
	_, err := d.Token()
	return n, err
}

func (n *node) write(b *bytes.Buffer) {
	if n.deep > 0 {
		before, after := "[", "]"
		if n.deep%2 == 1 {
			before, after = `{"a":`, "}"
		}
		b.WriteString(strings.Repeat(before, n.deep))
		defer b.WriteString(strings.Repeat(after, n.deep))
	}
	if n.open == 0 {
		b.WriteString(n.text)
		return
	}
	b.WriteByte(n.open)
	for i, item := range n.items {
		if i > 0 {
			b.WriteByte(',')
		}
		if n.open == '{' {
			name, _ := json.Marshal(n.names[i])
			b.Write(name)
			b.WriteByte(':')
		}
		item.write(b)
	}
	b.WriteByte(n.open + 2)
}

func (n *node) copied() *node {
	c := *n
	c.names, c.items = append([]string(nil), n.names...), nil
	for _, item := range n.items {
		c.items = append(c.items, item.copied())
	}
	return &c
}

// A place is where a value stands, and the values that it stands in.
type place struct {
	in     *node
	at     int
	around []*node
}

func (p place) value() *node { return p.in.items[p.at] }

// places are those of all values in one, from the outside to the inside.
func places(in *node, around []*node, list []place) []place {
	around = append(slices.Clip(around), in)
	for i, item := range in.items {
		list = places(item, around, append(list, place{in, i, around}))
	}
	return list
}

// index draws one of n numbers from 0 on, each as often as the others. Those of rapid's own are small most times.
func index(t *rapid.T, n int, label string) int {
	i := 0
	for _, bit := range rapid.SliceOfN(rapid.Bool(), 20, 20).Draw(t, label) {
		i <<= 1
		if bit {
			i++
		}
	}
	return i % n
}

func pick[E any](t *rapid.T, label string, list []E) E { return list[index(t, len(list), label)] }

// most is how many values a document may come to have: changes of changes would double it again and again.
const most = 20_000

// change makes one change somewhere in a document. What reads it refuses a whole document with a wrong type at times, so that
// types may be kept.
func change(t *rapid.T, top *node, kept bool) {
	all := places(top, nil, nil)
	if len(all) == 0 {
		return
	}
	p := all[index(t, len(all), "place")]
	was := p.in.items[p.at]
	put := func(n *node) { p.in.items[p.at] = n }
	if kept {
		changeWithin(t, all, p)
		return
	}
	what := pick(t, "change", []string{"remove", "retype", "double", "nest", "other", "extreme", "text", "name", "many", "deep"})
	if len(all) > most && (what == "double" || what == "nest" || what == "other" || what == "many") {
		what = "remove"
	}
	switch what {
	case "remove":
		p.remove()
	case "retype":
		put(pick(t, "type", []*node{{text: "null"}, {text: "true"}, {text: "7"}, {text: `"x"`}, {text: `""`}, {open: '['}, {open: '{'}, {open: '[', items: []*node{was}},
			{open: '{', names: []string{"a"}, items: []*node{was}}, {open: '[', items: []*node{{text: "null"}}}, {text: quoted(was)}}).copied())
	case "double", "many":
		times := 1
		if what == "many" {
			times = rapid.IntRange(2, 40).Draw(t, "times")
		}
		for range times {
			p.in.items = append(p.in.items, was.copied())
			if p.in.open == '{' {
				p.in.names = append(p.in.names, p.in.names[p.at])
			}
		}
		if what == "double" && rapid.Bool().Draw(t, "the second is another") {
			p.in.items[len(p.in.items)-1] = all[index(t, len(all), "second")].value().copied()
		}
	case "nest": // a value that it stands in, or the whole, takes its place
		outer := pick(t, "outer", p.around)
		if outer == top {
			outer = top.items[0]
		}
		put(outer.copied())
	case "other": // which stands elsewhere in the document
		put(all[index(t, len(all), "of")].value().copied())
	case "extreme":
		put(&node{text: pick(t, "number", numbers)})
	case "text":
		put(oddText(t))
	case "name":
		if p.in.open == '{' {
			p.in.names[p.at] = pick(t, "name", []string{"", "\x1b", "__proto__", strings.ToLower(p.in.names[p.at]), p.in.names[0], Long})
		}
	case "deep":
		deep := was.copied()
		deep.deep = pick(t, "depth", []int{2, 3, 100, 101, 9_990, 9_991, 10_050, 10_051})
		put(deep)
	}
}

// changeWithin puts another value of its type in the place of one, or takes one of a list or an object away.
func changeWithin(t *rapid.T, all []place, p place) {
	was := p.value()
	switch like := kind(was); {
	case index(t, 4, "gone") == 0:
		p.remove()
	case like == 'n' && index(t, 2, "extreme") == 0:
		p.in.items[p.at] = &node{text: pick(t, "number", numbers)}
	case like == '"' && index(t, 2, "odd") == 0:
		p.in.items[p.at] = oddText(t)
	case like == '[' && len(was.items) > 0 && len(all) < most:
		for range index(t, 5, "times") {
			was.items = append(was.items, pick(t, "one more", was.items).copied())
		}
	default:
		var others []*node
		for _, o := range all {
			if kind(o.value()) == like {
				others = append(others, o.value())
			}
		}
		if other := pick(t, "of its type", others); len(all) < most {
			p.in.items[p.at] = other.copied()
		}
	}
}

// kind is the type of a value: '{', '[', '"', 'n' for a number, 't' for true, false and null, or 'd' if lists
// stand around it.
func kind(n *node) byte {
	switch {
	case n.deep > 0:
		return 'd'
	case n.open != 0:
		return n.open
	case n.text[0] == '"':
		return '"'
	case n.text[0] == '-' || n.text[0] >= '0' && n.text[0] <= '9':
		return 'n'
	}
	return 't'
}

func (p place) remove() {
	p.in.items = append(p.in.items[:p.at:p.at], p.in.items[p.at+1:]...)
	if p.in.open == '{' {
		p.in.names = append(p.in.names[:p.at:p.at], p.in.names[p.at+1:]...)
	}
}

var numbers = []string{
	"0", "-0", "-1", "1e999", "-1e-999", "1.5", "2147483648", "-2147483649", "9223372036854775807", "9223372036854775808", "18446744073709551616", "1e19", "99999999999999999999999",
}

var oddTexts = []string{
	"", " ", "\x1b[31m", "\u202e", "a\nb", "\ufffd", "0", "-", "*", "::/0", "0.0.0.0/0", "10.0.0.0/99", "255.255.255.255/32", "arn:aws:kms:::key/", "ws-", "null",
	"0000-00-00T00:00:00Z", "9999-12-31T23:59:59Z", "${a}", "%s", "<script>", Long, strings.Repeat("\x1b", 1000),
}

func oddText(t *rapid.T) *node {
	encoded, _ := json.Marshal(pick(t, "text", oddTexts))
	return &node{text: string(encoded)}
}

// quoted is a scalar as a text, and a text as it is.
func quoted(n *node) string {
	if n.open == 0 && !strings.HasPrefix(n.text, `"`) {
		return strconv.Quote(n.text)
	}
	return `"1"`
}
