package cfn

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"go.yaml.in/yaml/v3"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/rule"
)

// maxTemplate is the most that is read of a template; CloudFormation takes 1 MB.
const maxTemplate = 16 << 20

// A template is what is read of a CloudFormation template.
type template struct {
	Version    string `json:"AWSTemplateFormatVersion"`
	Transform  any
	Parameters map[string]parameter
	Mappings   map[string]any
	Conditions map[string]any
	Resources  map[string]object
}

// A parameter is one of a template.
type parameter struct {
	Type          string
	Default       any
	AllowedValues []any
	NoEcho        any
}

// hidden reports whether values of a parameter are not to be shown.
func (p parameter) hidden() bool {
	text, isText := p.NoEcho.(string)
	return p.NoEcho != nil && p.NoEcho != false && !(isText && strings.EqualFold(text, "false"))
}

// An object is a resource of a template.
type object struct {
	Type, Condition                     string
	DeletionPolicy, UpdateReplacePolicy any // a text, or a function with the transform AWS::LanguageExtensions
	Properties                          any
}

// A document is a template or a change set, and where it stands.
type document struct {
	name     string
	region   string // of the stack, by the manifest of the CDK
	template *template
	changes  *changeSet
}

// read reads what an argument names: a file, a folder such as cdk.out, or the standard input for "-".
func read(name string, stdin io.Reader) ([]document, error) {
	info, err := os.Stat(name)
	if name != "-" && err == nil && info.IsDir() {
		return readFolder(name)
	}
	data, title, err := cli.ReadFile(name, stdin, maxTemplate, "a template")
	if err != nil {
		return nil, err
	}
	d, err := decode(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", title, err)
	}
	d.name = title
	return []document{d}, nil
}

// readFolder reads the templates of a folder and of those below it: what ends with .template.json, as the
// CDK writes it, or where nothing does those of *.json, *.yaml and *.yml that have Resources.
func readFolder(dir string) ([]document, error) {
	var templates, others []string
	regions := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		switch {
		case strings.HasSuffix(name, ".template.json"):
			templates = append(templates, name)
		case d.Name() == "manifest.json":
			return readManifest(name, regions)
		case slices.Contains([]string{".json", ".yaml", ".yml"}, filepath.Ext(name)):
			others = append(others, name)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	unsure := len(templates) == 0
	if unsure {
		templates = others
	}
	if len(templates) == 0 {
		return nil, fmt.Errorf("%s: has no template: no *.template.json, *.json, *.yaml or *.yml", dir)
	}
	var all []document
	for _, name := range templates {
		more, err := read(name, nil)
		if unsure && errors.Is(err, errNone) {
			continue // such as a package.json beside templates
		}
		if err != nil {
			return nil, err
		}
		more[0].region = regions[name]
		all = append(all, more...)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%s: has no template: no file has Resources", dir)
	}
	return all, nil
}

// readManifest notes the Region of each template that a manifest of the CDK names.
func readManifest(name string, regions map[string]string) error {
	data, _, err := cli.ReadFile(name, nil, maxTemplate, "a manifest")
	if err != nil {
		return err
	}
	var m struct {
		Artifacts map[string]struct {
			Type, Environment string
			Properties        struct{ TemplateFile string }
		}
	}
	if err := json.Unmarshal(data, &m); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for _, a := range m.Artifacts {
		// aws://ACCOUNT/REGION, or unknown-region
		if region := path.Base(a.Environment); a.Type == "aws:cloudformation:stack" && facts.IsRegion(region) {
			regions[filepath.Join(filepath.Dir(name), filepath.FromSlash(a.Properties.TemplateFile))] = region
		}
	}
	return nil
}

var errNone = errors.New("is no CloudFormation template: it has no Resources")

// decode reads a template in JSON or YAML, what get-template prints of one, or what describe-change-set prints.
func decode(data []byte) (document, error) {
	tree, err := parse(data)
	if err != nil {
		return document{}, err
	}
	top, ok := tree.(map[string]any)
	if !ok {
		return document{}, errNone
	}
	if body, ok := top["TemplateBody"]; ok && top["Resources"] == nil {
		if text, ok := body.(string); ok {
			if body, err = parse([]byte(text)); err != nil {
				return document{}, fmt.Errorf("TemplateBody: %w", err)
			}
		}
		if top, ok = body.(map[string]any); !ok {
			return document{}, errNone
		}
	}
	if top["Changes"] != nil && top["ChangeSetId"] != nil {
		c := &changeSet{}
		return document{changes: c}, convert(top, c)
	}
	t := &template{}
	if top["Resources"] == nil {
		return document{}, errNone
	}
	// A loop of the transform AWS::LanguageExtensions is a list, and no resource.
	resources, ok := top["Resources"].(map[string]any)
	if !ok {
		return document{}, errors.New("its Resources are no object")
	}
	for _, id := range slices.Sorted(maps.Keys(resources)) {
		if _, ok := resources[id].(map[string]any); !ok && strings.HasPrefix(id, "Fn::") {
			resources[id] = map[string]any{"Type": loopType}
		}
	}
	top = only(top, "AWSTemplateFormatVersion", "Transform", "Parameters", "Mappings", "Conditions", "Resources")
	top["Resources"] = each(resources, "Type", "Condition", "DeletionPolicy", "UpdateReplacePolicy", "Properties")
	if parameters, ok := top["Parameters"].(map[string]any); ok {
		top["Parameters"] = each(parameters, "Type", "Default", "AllowedValues", "NoEcho")
	}
	return document{template: t}, convert(top, t)
}

// only returns the members of these names. CloudFormation tells the case of letters apart, and package json does not.
func only(m map[string]any, names ...string) map[string]any {
	out := make(map[string]any, len(names))
	for _, name := range names {
		if v, ok := m[name]; ok {
			out[name] = v
		}
	}
	return out
}

// each returns the objects of m with the members of these names.
func each(m map[string]any, names ...string) map[string]any {
	out := make(map[string]any, len(m))
	for id, v := range m {
		if object, ok := v.(map[string]any); ok {
			v = only(object, names...)
		}
		out[id] = v
	}
	return out
}

// macros returns the transforms of a template that may change any of its resources.
func (t *template) macros() (names []string) {
	list, ok := t.Transform.([]any)
	if !ok {
		list = []any{t.Transform}
	}
	for _, v := range list {
		if m, ok := v.(map[string]any); ok {
			v = m["Name"]
		}
		if name, ok := v.(string); ok && (!strings.HasPrefix(name, "AWS::") || name == "AWS::Include") {
			names = append(names, name)
		}
	}
	return names
}

// loopType stands for the type of what a loop makes.
const loopType = "Fn::ForEach"

// convert gives a tree its type.
func convert(tree, into any) error {
	data, err := json.Marshal(tree)
	if err != nil {
		return err
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	return dec.Decode(into)
}

// parse reads JSON, or YAML with the short forms of functions.
func parse(data []byte) (any, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	text := bytes.TrimSpace(data)
	if len(text) == 0 {
		return nil, errors.New("is empty")
	}
	if text[0] == '{' {
		if err := jsontext.NewDecoder(bytes.NewReader(text)).SkipValue(); err != nil { // a name that is there twice, too
			return nil, errors.New(rule.Shorten(err.Error()))
		}
		var tree any
		dec := json.NewDecoder(bytes.NewReader(data))
		dec.UseNumber()
		if err := dec.Decode(&tree); err != nil {
			return nil, err
		}
		if _, err := dec.Token(); !errors.Is(err, io.EOF) {
			return nil, errors.New("goes on after its end")
		}
		return tree, nil
	}
	var n yaml.Node
	dec := yaml.NewDecoder(bytes.NewReader(data))
	if err := dec.Decode(&n); err != nil {
		return nil, err
	}
	if err := dec.Decode(&yaml.Node{}); !errors.Is(err, io.EOF) {
		return nil, errors.New("goes on after its end: it has a second document")
	}
	return fromYAML(n.Content[0])
}

// fromYAML turns a node into what JSON would give, and !Sub into {"Fn::Sub": …}.
func fromYAML(n *yaml.Node) (any, error) {
	v, err := plainYAML(n)
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

func plainYAML(n *yaml.Node) (any, error) {
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
			v, err := fromYAML(n.Content[i+1])
			if err != nil {
				return nil, err
			}
			m[key.Value] = v
		}
		return m, nil
	case yaml.SequenceNode:
		list := make([]any, len(n.Content))
		for i, x := range n.Content {
			v, err := fromYAML(x)
			if err != nil {
				return nil, err
			}
			list[i] = v
		}
		return list, nil
	case yaml.ScalarNode:
		switch n.Tag {
		case "!!null":
			return nil, nil
		case "!!bool":
			var b bool
			err := n.Decode(&b)
			return b, err
		case "!!int", "!!float":
			if isNumber(n.Value) { // else such as 0x10, which stays a text
				return json.Number(n.Value), nil
			}
		}
		return n.Value, nil
	}
	return nil, fmt.Errorf("line %d: CloudFormation takes no aliases", n.Line)
}
