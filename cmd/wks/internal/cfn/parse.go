package cfn

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"go.yaml.in/yaml/v3"

	"github.com/wksgo/wks/rule"
)

// A mark is a line and a column, from 1.
type mark struct{ line, column int }

// Marks tell where members and elements stand, by their paths.
type marks map[rule.Path]mark

// at returns where a path stands, or what holds it and is known; zero if nothing is.
func (m marks) at(path rule.Path) mark {
	for path != "" {
		if found, ok := m[path]; ok {
			return found
		}
		path = path[:max(0, strings.LastIndexAny(string(path), ".["))]
	}
	return mark{}
}

// isNumber reports whether a text is a number of JSON, and nothing else.
func isNumber(s string) bool {
	return s != "" && strings.Trim(s, "+-.0123456789eE") == "" && json.Valid([]byte(s))
}

// parse reads JSON, or YAML with the short forms of functions.
func parse(data []byte) (any, marks, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	text := bytes.TrimSpace(data)
	found := marks{}
	switch {
	case len(text) == 0:
		return nil, nil, errors.New("is empty")
	case text[0] == '{':
		w := &jsonWalker{data: data, d: jsontext.NewDecoder(bytes.NewReader(data)), marks: found, line: 1}
		tree, err := w.value("")
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
	tree, err := yamlWalker{found}.value("", n.Content[0])
	return tree, found, err
}

// A jsonWalker reads a tree of JSON, and notes where what is in it stands.
type jsonWalker struct {
	data  []byte
	d     *jsontext.Decoder
	marks marks

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

// value reads a value. A name that is there twice is an error, too.
func (w *jsonWalker) value(path rule.Path) (any, error) {
	token, err := w.d.ReadToken()
	if err != nil {
		return nil, err
	}
	switch token.Kind() {
	case '{':
		m := map[string]any{}
		for w.d.PeekKind() == '"' {
			here := w.next()
			quoted, err := w.d.ReadValue()
			if err != nil {
				return nil, err
			}
			name, err := jsontext.AppendUnquote(nil, quoted)
			if err != nil {
				return nil, err
			}
			below := path.Join(rule.Path(name))
			w.marks[below] = here
			if m[string(name)], err = w.value(below); err != nil {
				return nil, err
			}
		}
		_, err = w.d.ReadToken()
		return m, err
	case '[':
		list := []any{}
		for i := 0; w.d.PeekKind() != ']' && w.d.PeekKind() != 0; i++ {
			below := path.Index(i)
			w.marks[below] = w.next()
			v, err := w.value(below)
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

// A yamlWalker turns nodes into what JSON would give, and notes where it stands.
type yamlWalker struct{ marks marks }

// value turns a node into a tree, and !Sub into {"Fn::Sub": …}.
func (w yamlWalker) value(path rule.Path, n *yaml.Node) (any, error) {
	v, err := w.plain(path, n)
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

func (w yamlWalker) plain(path rule.Path, n *yaml.Node) (any, error) {
	switch n.Kind {
	case yaml.MappingNode:
		m := make(map[string]any, len(n.Content)/2)
		for i := 0; i < len(n.Content); i += 2 {
			key := n.Content[i]
			if key.Kind != yaml.ScalarNode || key.Tag == "!!merge" {
				return nil, fmt.Errorf("line %d: CloudFormation takes no such key", key.Line)
			}
			if _, twice := m[key.Value]; twice {
				return nil, fmt.Errorf("line %d: %s is there twice", key.Line, rule.Shorten(key.Value))
			}
			below := path.Join(rule.Path(key.Value))
			w.marks[below] = mark{key.Line, key.Column}
			v, err := w.value(below, n.Content[i+1])
			if err != nil {
				return nil, err
			}
			m[key.Value] = v
		}
		return m, nil
	case yaml.SequenceNode:
		list := make([]any, len(n.Content))
		for i, x := range n.Content {
			below := path.Index(i)
			w.marks[below] = mark{x.Line, x.Column}
			v, err := w.value(below, x)
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
