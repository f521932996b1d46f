package cfn

import (
	"bytes"
	"compress/gzip"
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

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/internal/facts"
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

	marks   *marks
	wrong   map[string]string // what is wrong with resources that are no resources, by logical id
	invalid []invalid         // values of other parts that have a kind which does not belong there
	partial bool              // a transform or a loop may add parameters, conditions or resources
	macros  []string          // transforms that may change any of its resources
}

// An invalid is a value of a kind that does not belong where it is. It is taken as not there.
type invalid struct {
	at  []string // the names that lead to it
	why string
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
	DependsOn                           any // a text, or a list of them
	Properties                          any
}

// A document is a template or a change set, and where it stands.
type document struct {
	name     string
	region   string // of the stack, by the manifest of the CDK
	template *template
	changes  *changeSet
	wrong    error // why it cannot be read, nil if it can
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
	if data, err = unzipped(data); err != nil {
		return nil, fmt.Errorf("%s: %w", title, err)
	}
	d, err := decode(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", title, err)
	}
	d.name = title
	return []document{d}, nil
}

// unzipped returns what is in a file of gzip, and other files as they are.
func unzipped(data []byte) ([]byte, error) {
	if !bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		return data, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err == nil {
		data, err = cli.ReadAll(z, maxTemplate, "a template")
	}
	if err != nil {
		err = fmt.Errorf("is not gzip that can be read: %w", err)
	}
	return data, err
}

// readFolder reads the templates of a folder and of those below it: what ends with .template.json, as the
// CDK writes it, or where nothing does those of *.json, *.yaml and *.yml that have Resources; each may be compressed by
// gzip, with .gz behind its name. A file that cannot be read leaves the others.
func readFolder(dir string) ([]document, error) {
	var templates, others []string
	var broken []document
	regions := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		switch plain := strings.TrimSuffix(name, ".gz"); {
		case strings.HasSuffix(plain, ".template.json"):
			templates = append(templates, name)
		case d.Name() == "manifest.json":
			if err := readManifest(name, regions); err != nil {
				broken = append(broken, document{name: name, wrong: err})
			}
		case slices.Contains([]string{".json", ".yaml", ".yml"}, filepath.Ext(plain)):
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
	var all []document
	for _, name := range templates {
		more, err := read(name, nil)
		if unsure && errors.Is(err, errNone) {
			continue // such as a package.json beside templates
		}
		if err != nil {
			broken = append(broken, document{name: name, wrong: err})
			continue
		}
		more[0].region = regions[name]
		all = append(all, more...)
	}
	switch {
	case len(all) == 0 && len(broken) > 0:
		var errs []error
		for _, d := range broken {
			errs = append(errs, d.wrong)
		}
		return nil, errors.Join(errs...)
	case len(all) == 0:
		return nil, fmt.Errorf("%s: has no template: no *.template.json, *.json, *.yaml or *.yml has Resources", dir)
	}
	return append(all, broken...), nil
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

var errNone = errors.New("is not a CloudFormation template: it has no Resources")

// decode reads a template in JSON or YAML, what get-template prints of one, or what describe-change-set prints.
func decode(data []byte) (document, error) {
	tree, where, err := parse(data)
	if err != nil {
		return document{}, err
	}
	top, ok := tree.(map[string]any)
	if !ok {
		return document{}, errNone
	}
	if body, ok := top["TemplateBody"]; ok && top["Resources"] == nil {
		if text, ok := body.(string); ok {
			if body, _, err = parse([]byte(text)); err != nil {
				return document{}, fmt.Errorf("TemplateBody: %w", err)
			}
		}
		if top, ok = body.(map[string]any); !ok {
			return document{}, errNone
		}
		where = nil
	}
	if top["Changes"] != nil && top["ChangeSetId"] != nil {
		c := &changeSet{}
		return document{changes: c}, convert(top, c)
	}
	t := &template{marks: where, wrong: map[string]string{}, partial: adds(top)}
	if top["Resources"] == nil {
		return document{}, errNone
	}
	// A loop of the transform AWS::LanguageExtensions is a list, and no resource.
	resources, ok := top["Resources"].(map[string]any)
	if !ok {
		return document{}, errors.New("its Resources are not an object")
	}
	for _, id := range slices.Sorted(maps.Keys(resources)) {
		resource, ok := resources[id].(map[string]any)
		_, typed := resource["Type"].(string)
		_, conditional := resource["Condition"].(string)
		switch {
		case !ok && strings.HasPrefix(id, "Fn::"):
			resources[id] = map[string]any{"Type": loopType}
			continue
		case !ok:
			t.wrong[id] = "it is no object"
		case !typed && resource["Type"] != nil:
			t.wrong[id] = "its Type is no text"
		case !conditional && resource["Condition"] != nil:
			t.wrong[id] = "its Condition is no text"
		default:
			continue
		}
		resources[id] = map[string]any{}
	}
	top = only(top, "AWSTemplateFormatVersion", "Transform", "Parameters", "Mappings", "Conditions", "Resources")
	top["Resources"] = each(resources, "Type", "Condition", "DeletionPolicy", "UpdateReplacePolicy", "DependsOn", "Properties")
	t.sift(top)
	if err := convert(top, t); err != nil {
		return document{}, err
	}
	t.macros = macrosOf(t.Transform)
	return document{template: t}, nil
}

// sift takes values out of the parts of a template that have a kind which does not belong there, and notes them.
func (t *template) sift(top map[string]any) {
	not := func(why string, at ...string) { t.invalid = append(t.invalid, invalid{at, why}) }
	if _, ok := top["AWSTemplateFormatVersion"].(string); !ok && top["AWSTemplateFormatVersion"] != nil {
		not("is no text", "AWSTemplateFormatVersion")
		delete(top, "AWSTemplateFormatVersion")
	}
	for _, part := range []string{"Parameters", "Mappings", "Conditions"} {
		m, ok := top[part].(map[string]any)
		if !ok {
			if top[part] != nil {
				not("is no object", part)
			}
			delete(top, part)
			continue
		}
		kept := make(map[string]any, len(m))
		for _, name := range slices.Sorted(maps.Keys(m)) {
			object, ok := m[name].(map[string]any)
			if strings.HasPrefix(name, "Fn::") { // a loop
				if part == "Conditions" {
					kept[name] = m[name]
				}
				continue
			}
			if !ok {
				not("is no object", part, name)
			}
			if part == "Parameters" { // which is there, though nothing is known of it
				object = only(object, "Type", "Default", "AllowedValues", "NoEcho")
				if _, ok := object["Type"].(string); !ok && object["Type"] != nil {
					not("is no text", part, name, "Type")
					delete(object, "Type")
				}
				if _, ok := object["AllowedValues"].([]any); !ok && object["AllowedValues"] != nil {
					not("is no list", part, name, "AllowedValues")
					delete(object, "AllowedValues")
				}
			}
			kept[name] = object
		}
		top[part] = kept
	}
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

// adds reports whether a transform or a loop may add names to a template that are not in its text.
func adds(top map[string]any) bool {
	transforms, ok := top["Transform"].([]any)
	if !ok && top["Transform"] != nil {
		transforms = []any{top["Transform"]}
	}
	for _, name := range transforms {
		if name != "AWS::LanguageExtensions" {
			return true
		}
	}
	for _, part := range []any{top, top["Parameters"], top["Mappings"], top["Conditions"], top["Resources"]} {
		m, _ := part.(map[string]any)
		for name := range m {
			if strings.HasPrefix(name, "Fn::") {
				return true
			}
		}
	}
	return false
}

// macrosOf returns the transforms of a template that may change any of its resources.
func macrosOf(transform any) (names []string) {
	list, ok := transform.([]any)
	if !ok {
		list = []any{transform}
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
	dec := json.NewDecoder(bytes.NewReader(asJSON(tree)))
	dec.UseNumber()
	err := dec.Decode(into)
	if kind := (*json.UnmarshalTypeError)(nil); errors.As(err, &kind) {
		return fmt.Errorf("%s: a value of the kind %s does not belong there", kind.Field, kind.Value)
	}
	return err
}

// asJSON writes a tree that was read. Writing cannot fail: it holds only what JSON has.
func asJSON(tree any) []byte {
	data, _ := json.Marshal(tree)
	return data
}
