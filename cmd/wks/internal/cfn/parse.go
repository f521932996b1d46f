package cfn

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"go.yaml.in/yaml/v3"

	"github.com/wksgo/wks/rule"
)

// A mark is a line and a column, from 1.
type mark struct{ line, column int }

// Marks tell where a value stands, and what is in it.
type marks struct {
	mark
	names map[string]*marks
	items []*marks
}

// name notes where a member stands, and item an element.
func (m *marks) name(name string, at mark) *marks {
	if m.names == nil {
		m.names = map[string]*marks{}
	}
	below := &marks{mark: at}
	m.names[name] = below
	return below
}

func (m *marks) item(at mark) *marks {
	below := &marks{mark: at}
	m.items = append(m.items, below)
	return below
}

// within returns the marks of a member of a member, and so on; nil if there is none.
func (m *marks) within(names ...string) *marks {
	for _, name := range names {
		if m == nil {
			return nil
		}
		m = m.names[name]
	}
	return m
}

// at returns where a path stands, or what holds it and is known; zero if nothing is.
func (m *marks) at(path rule.Path) (found mark) {
	for m != nil {
		found = m.mark
		m, path = m.step(path)
	}
	return found
}

// step returns the marks of the first step of a path, and the rest of it.
func (m *marks) step(path rule.Path) (*marks, rule.Path) {
	path = rule.Path(strings.TrimPrefix(string(path), "."))
	if number, rest, ok := strings.Cut(strings.TrimPrefix(string(path), "["), "]"); ok && strings.HasPrefix(string(path), "[") {
		if i, err := strconv.Atoi(number); err == nil && i >= 0 && i < len(m.items) {
			return m.items[i], rule.Path(rest)
		}
		return nil, ""
	}
	name := string(path)
	if end := strings.IndexAny(name, ".["); end >= 0 {
		name = name[:end]
	}
	return m.names[name], path[len(name):]
}

// isNumber reports whether a text is a number of JSON, and nothing else.
func isNumber(s string) bool {
	return s != "" && strings.Trim(s, "+-.0123456789eE") == "" && json.Valid([]byte(s))
}

// parse reads JSON, or YAML with the short forms of functions.
func parse(data []byte) (any, *marks, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	text := bytes.TrimSpace(data)
	found := &marks{}
	switch {
	case len(text) == 0:
		return nil, nil, errors.New("is empty")
	case text[0] == '{':
		w := &jsonWalker{data: data, d: jsontext.NewDecoder(bytes.NewReader(data)), line: 1}
		tree, err := w.value(found)
		if err == nil {
			if _, more := w.d.ReadToken(); !errors.Is(more, io.EOF) {
				err = errors.New("goes on after its end")
			}
		}
		if err != nil {
			return nil, nil, errors.New(rule.Shorten(err.Error()))
		}
		return tree, found, nil
	}
	var n yaml.Node
	dec := yaml.NewDecoder(bytes.NewReader(data))
	if err := dec.Decode(&n); err != nil {
		return nil, nil, err
	}
	if err := dec.Decode(&yaml.Node{}); !errors.Is(err, io.EOF) {
		return nil, nil, errors.New("goes on after its end: it has a second document")
	}
	tree, err := valueOf(found, n.Content[0])
	return tree, found, err
}

// A jsonWalker reads a tree of JSON, and notes where what is in it stands.
type jsonWalker struct {
	data []byte
	d    *jsontext.Decoder

	line, begin, seen int // the line of what was seen, and where it begins
}

// next is where the next value stands.
func (w *jsonWalker) next() mark {
	at := int(w.d.InputOffset())
	at += len(w.data[at:]) - len(bytes.TrimLeft(w.data[at:], " \t\r\n,:"))
	for i := bytes.IndexByte(w.data[w.seen:at], '\n'); i >= 0; i = bytes.IndexByte(w.data[w.seen:at], '\n') {
		w.seen += i + 1
		w.line, w.begin = w.line+1, w.seen
	}
	w.seen = at
	return mark{w.line, at - w.begin + 1}
}

// value reads a value, of which m notes what is in it. A name that is there twice is an error, too.
func (w *jsonWalker) value(m *marks) (any, error) {
	token, err := w.d.ReadToken()
	if err != nil {
		return nil, err
	}
	switch token.Kind() {
	case '{':
		object := map[string]any{}
		for w.d.PeekKind() == '"' {
			here := w.next()
			token, err := w.d.ReadToken()
			if err != nil {
				return nil, err
			}
			name := token.String()
			if object[name], err = w.value(m.name(name, here)); err != nil {
				return nil, err
			}
		}
		_, err = w.d.ReadToken()
		return object, err
	case '[':
		list := []any{}
		for w.d.PeekKind() != ']' && w.d.PeekKind() != 0 {
			v, err := w.value(m.item(w.next()))
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		_, err = w.d.ReadToken()
		return list, err
	case '"':
		return token.String(), nil
	case '0':
		return json.Number(token.String()), nil
	case 'n':
		return nil, nil
	}
	return token.Bool(), nil
}

// valueOf turns a node into what JSON would give, and !Sub into {"Fn::Sub": …}; m notes where what is in it stands.
func valueOf(m *marks, n *yaml.Node) (any, error) {
	v, err := plainOf(m, n)
	if err != nil {
		return nil, err
	}
	name, short := strings.CutPrefix(n.Tag, "!")
	if !short || strings.HasPrefix(name, "!") {
		return v, nil
	}
	if text, ok := v.(string); ok && name == "GetAtt" {
		id, attribute, _ := strings.Cut(text, ".")
		v = []any{id, attribute}
	}
	if name != "Ref" && name != "Condition" {
		name = "Fn::" + name
	}
	return map[string]any{name: v}, nil
}

func plainOf(m *marks, n *yaml.Node) (any, error) {
	switch n.Kind {
	case yaml.MappingNode:
		object := map[string]any{}
		for i := 0; i < len(n.Content); i += 2 {
			key := n.Content[i]
			if key.Kind != yaml.ScalarNode || key.Tag == "!!merge" {
				return nil, fmt.Errorf("line %d: CloudFormation takes no such key", key.Line)
			}
			if _, twice := object[key.Value]; twice {
				return nil, fmt.Errorf("line %d: %s is there twice", key.Line, rule.Shorten(key.Value))
			}
			v, err := valueOf(m.name(key.Value, mark{key.Line, key.Column}), n.Content[i+1])
			if err != nil {
				return nil, err
			}
			object[key.Value] = v
		}
		return object, nil
	case yaml.SequenceNode:
		list := make([]any, len(n.Content))
		for i, x := range n.Content {
			v, err := valueOf(m.item(mark{x.Line, x.Column}), x)
			if err != nil {
				return nil, err
			}
			list[i] = v
		}
		return list, nil
	case yaml.ScalarNode:
		return scalarOf(n), nil
	}
	return nil, fmt.Errorf("line %d: CloudFormation takes no aliases", n.Line)
}
