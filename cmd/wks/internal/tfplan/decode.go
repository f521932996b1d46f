package tfplan

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/wksgo/wks/rule"
)

// An inputError is a reason why a plan cannot be used, and where in it.
type inputError struct {
	file         string
	path         words
	line, column int // 0 if the path tells
	msg          words
}

func (e *inputError) Error() string {
	s := rule.Printable(e.file)
	if e.line > 0 {
		s += fmt.Sprintf(":%d:%d", e.line, e.column)
	}
	if e.path != "" {
		s += ": " + string(e.path)
	}
	return s + ": " + string(e.msg)
}

// The types of this file spell out what is read of the plan's JSON. Other members are
// passed over: minor versions of the format add some.

type planFile struct {
	FormatVersion    string `json:"format_version"`
	TerraformVersion string `json:"terraform_version"`
	Errored          bool
	ResourceChanges  []changeJSON `json:"resource_changes"`
	DeferredChanges  []struct {
		Reason         string
		ResourceChange changeJSON `json:"resource_change"`
	} `json:"deferred_changes"`
	PriorState struct {
		Values struct {
			RootModule moduleJSON `json:"root_module"`
		}
	} `json:"prior_state"`
	Configuration configJSON
	Variables     map[string]variableJSON
	PlannedValues json.RawMessage `json:"planned_values"`
	Values        json.RawMessage // of a state
}

type variableJSON struct{ Value json.RawMessage }

type instanceJSON struct {
	Address string
	Mode    string
	Type    string
	Name    string
	Index   json.RawMessage
}

type changeJSON struct {
	instanceJSON
	ModuleAddress string `json:"module_address"`
	Deposed       string
	ActionReason  string `json:"action_reason"`
	Change        struct {
		Actions         []string
		Before          json.RawMessage
		After           json.RawMessage
		AfterUnknown    json.RawMessage `json:"after_unknown"`
		BeforeSensitive json.RawMessage `json:"before_sensitive"`
		AfterSensitive  json.RawMessage `json:"after_sensitive"`
		ReplacePaths    [][]any         `json:"replace_paths"`
	}
}

type moduleJSON struct {
	Address   string
	Resources []struct {
		instanceJSON
		Values          json.RawMessage
		SensitiveValues json.RawMessage `json:"sensitive_values"`
	}
	ChildModules []moduleJSON `json:"child_modules"`
}

type configJSON struct {
	ProviderConfig map[string]struct {
		ModuleAddress string `json:"module_address"`
		Expressions   map[string]json.RawMessage
	} `json:"provider_config"`
	RootModule configModule `json:"root_module"`
}

type configModule struct {
	Variables   map[string]struct{ Sensitive bool }
	Outputs     map[string]struct{ Expression json.RawMessage }
	Resources   []configResource
	ModuleCalls map[string]struct {
		Expressions map[string]json.RawMessage
		Module      configModule
	} `json:"module_calls"`
}

type configResource struct {
	Mode              string
	Type              string
	Name              string
	ProviderConfigKey string `json:"provider_config_key"`
	Expressions       map[string]json.RawMessage
}

// An expression is what the configuration says of an argument.
type expression struct {
	ConstantValue json.RawMessage `json:"constant_value"`
	References    []string
}

// decodePlan reads the JSON of a plan of major version 1 of the format.
func decodePlan(name string, data []byte) (*planFile, error) {
	fail := func(msg words) (*planFile, error) { return nil, &inputError{file: name, msg: msg} }
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return fail("is empty: the command that wrote it has failed")
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return fail("is in UTF-16, as the redirection of Windows PowerShell writes; write it in UTF-8")
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return fail("is the saved plan itself: print it with terraform show --json")
	}
	if err := checkMembers(name, data); err != nil {
		return nil, err
	}
	var f planFile
	if err := json.Unmarshal(data, &f); err != nil {
		var wrong *json.UnmarshalTypeError
		if errors.As(err, &wrong) {
			line, column := position(data, wrong.Offset)
			return nil, &inputError{name, plain(wrong.Field), line, column, "is a " + plain(wrong.Value) + ", which a plan has not there"}
		}
		return fail(plain(err.Error()))
	}
	major, minor, dotted := strings.Cut(f.FormatVersion, ".")
	_, err := strconv.ParseUint(minor, 10, 32)
	switch {
	case f.FormatVersion == "":
		return fail("has no format_version: it is not what terraform show --json prints of a plan")
	case !dotted || err != nil || major != "1":
		return fail(say("has the format version %s; this program reads 1.x, that of Terraform since 1.1 and of OpenTofu", attr{value: f.FormatVersion}))
	case f.Values != nil || f.PlannedValues == nil && f.ResourceChanges == nil:
		return fail("is a state, not a plan: give terraform show --json the file that terraform plan -out wrote")
	}
	return &f, nil
}

// checkMembers makes sure that data is one JSON value, in which no object has a member twice.
func checkMembers(name string, data []byte) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	fail := func(offset int64, path, msg words) error {
		line, column := position(data, offset)
		return &inputError{name, path, line, column, msg}
	}
	syntax := func(err error) error {
		var bad *json.SyntaxError
		switch {
		case errors.As(err, &bad):
			return fail(bad.Offset, "", "is not JSON: "+plain(bad.Error()))
		case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
			return fail(int64(len(data)), "", "ends in the middle of a value: it is cut off")
		}
		return fail(dec.InputOffset(), "", plain(err.Error()))
	}
	type level struct {
		names map[string]bool // nil for a list
		name  string          // of the member whose value is next, or was last
		index int
		value bool // the value of a member is next
	}
	var stack []level
	// Names that are further in may be the keys of a map that is sensitive; line and column tell.
	const most = 3
	path := func() words {
		var b strings.Builder
		names := 0
		for _, l := range stack {
			switch {
			case l.names == nil:
				fmt.Fprintf(&b, "[%d]", l.index)
			case names == most:
				return plain(b.String()[1:])
			case l.name != "":
				b.WriteString("." + l.name)
				names++
			}
		}
		return plain(strings.TrimPrefix(b.String(), "."))
	}
	for {
		tok, err := dec.Token()
		if err != nil {
			return syntax(err)
		}
		if top := len(stack) - 1; top >= 0 && stack[top].names != nil && !stack[top].value {
			if key, ok := tok.(string); ok {
				l := &stack[top]
				l.name = key
				if l.names[key] {
					return fail(dec.InputOffset(), path(), "stands in its object twice")
				}
				l.names[key], l.value = true, true
				continue
			}
		}
		switch tok {
		case json.Delim('{'):
			stack = append(stack, level{names: map[string]bool{}})
			continue
		case json.Delim('['):
			stack = append(stack, level{})
			continue
		case json.Delim('}'), json.Delim(']'):
			stack = stack[:len(stack)-1]
		}
		if len(stack) == 0 {
			break
		}
		stack[len(stack)-1].value = false
		stack[len(stack)-1].index++
	}
	switch _, err := dec.Token(); {
	case errors.Is(err, io.EOF):
		return nil
	case err != nil:
		return syntax(err)
	default:
		msg := words("has more after its end")
		if bytes.Contains(data[:min(len(data), 1<<12)], []byte(`"@level"`)) {
			msg = "is the log of terraform plan --json: give the output of terraform show --json of a saved plan"
		}
		return fail(dec.InputOffset(), "", msg)
	}
}

// position turns an offset into line and column, both from 1.
func position(data []byte, offset int64) (line, column int) {
	before := data[:max(0, min(int(offset)-1, len(data)))]
	return bytes.Count(before, []byte("\n")) + 1, len(before) - bytes.LastIndexByte(before, '\n')
}
