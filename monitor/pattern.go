package monitor

import (
	"bytes"
	"net/netip"
	"slices"
	"strings"

	"github.com/wksgo/wks/internal/jsonstream"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules for an event pattern that is to match access events.
const (
	PatternMalformed       rule.Code = "monitor.pattern-malformed"
	PatternOperatorUnknown rule.Code = "monitor.pattern-operator-unknown"
	PatternFieldUnknown    rule.Code = "monitor.pattern-field-unknown"
	PatternValueUnknown    rule.Code = "monitor.pattern-value-unknown"
	PatternTooWide         rule.Code = "monitor.pattern-too-wide"
)

const operatorsSection = "Comparison operators for use in event patterns in Amazon EventBridge"

var patternRules = []tables.Rule{
	{
		Code:      PatternMalformed,
		Title:     "An event pattern is not of the form that EventBridge takes.",
		Remedy:    "Write an object whose fields are objects or lists of values and operators.",
		Revisions: []rule.Revision{tables.Must(arraysPage, "Arrays In CloudWatch Events Patterns", "2018-03-02", "")},
	},
	{
		// Between the day after the last version of the page and the first copy, no list of all operators was read.
		Code:   PatternOperatorUnknown,
		Title:  "EventBridge has no operator of a name.",
		Remedy: "Use an operator of the EventBridge User Guide.",
		Revisions: []rule.Revision{
			tables.Must(summaryPage, "Create event patterns", "2021-09-16", "2023-02-03"),
			tables.Must(patternsPage, operatorsSection, autumn2025, ""),
		},
	},
	{
		Code:      PatternFieldUnknown,
		Title:     "Access events have no field of a name, so that the pattern matches none.",
		Remedy:    "Use a field that the guide has for access events.",
		Revisions: []rule.Revision{tables.Must(eventsPage, oldEvents, firstEvents, "")},
	},
	{
		Code:      PatternValueUnknown,
		Title:     "Access events do not have a value, so that it matches none.",
		Remedy:    "Write the value as the guide has it; case counts.",
		Revisions: []rule.Revision{tables.Must(eventsPage, oldEvents, firstEvents, "")},
	},
	{
		Code:      PatternTooWide,
		Title:     "An event pattern does not tell access events from others.",
		Remedy:    "Add the source aws.workspaces and the detail-type WorkSpaces Access.",
		Revisions: []rule.Revision{tables.Should(eventsPage, "Create a Rule to Handle WorkSpaces Events", firstEvents, "")},
	},
}

// An operatorRow is an operator of a pattern.
type operatorRow struct {
	tables.Dated
	name string
}

// operatorTable is by the section of each operator. The operator cidr has one and no line of the
// summary of all operators.
var operatorTable = tables.Table[operatorRow]{
	Name: "operators of event patterns",
	Key:  func(r operatorRow) string { return r.name },
	Lists: func(r operatorRow) []rule.Parameter {
		return []rule.Parameter{{Rules: []rule.Code{PatternOperatorUnknown}, Name: "operator of an event pattern", Value: r.name}}
	},
	Rows: []operatorRow{
		{tables.Since(patternsPage, "Prefix Matching", "2020-02-12", ""), "prefix"},
		{tables.Since(patternsPage, "Anything-but Matching", "2020-02-12", ""), "anything-but"},
		{tables.Since(patternsPage, "Numeric Matching", "2020-02-12", ""), "numeric"},
		{tables.Since(patternsPage, "Exists Matching", "2020-02-12", ""), "exists"},
		{tables.Since(patternsPage, "IP Address Matching", "2020-02-27", ""), "cidr"},
		{tables.Since(patternsPage, "Suffix matching", "2023-02-02", ""), "suffix"},
		{tables.Since(patternsPage, "Equals-ignore-case matching", "2023-02-02", ""), "equals-ignore-case"},
		{tables.Since(patternsPage, "Complex example with `$or` matching", "2023-02-02", ""), "$or"},
		{tables.Since(patternsPage, operatorsSection, autumn2025, ""), "wildcard"},
	},
}

// CheckPattern checks an event pattern that is to match access events: its form, its operators, and
// whether the fields and values are ones that access events have. A value that no access event has
// matches nothing, without an error of the service. A pattern without the source or the detail-type
// is a Should, for it matches other events, too. Values below anything-but are not checked. Paths are
// those of the pattern; $or stands as or. Where a key is written twice, both are checked. The error is
// for Rules without an edition.
func (r Rules) CheckPattern(pattern []byte) (rule.Answer, error) {
	var a rule.Answer
	if err := r.known(); err != nil {
		return a, err
	}
	c := checker{s: r.s, a: &a, in: jsonstream.NewReader(bytes.NewReader(pattern)), named: map[string]bool{}}
	if len(r.s.fields) == 0 {
		a.NotDocumented("", "no document of the edition describes access events")
	}
	err := c.object("", "")
	if err == nil {
		err = c.in.End()
	}
	if err != nil {
		r.s.rules.Break(&a, PatternMalformed, "", "%s", rule.Shorten(err.Error()))
		return a.Concluded(), nil
	}
	for _, f := range []string{"source", "detail-type"} {
		if !c.named[f] && len(r.s.fields) > 0 {
			r.s.rules.Break(&a, PatternTooWide, "", "the pattern has no %s", f)
		}
	}
	return a.Concluded(), nil
}

// A checker reads a pattern once.
type checker struct {
	s     *snapshot
	a     *rule.Answer
	in    *jsonstream.Reader
	named map[string]bool // fields that the pattern has
	depth int
}

const deepestPattern = 100

// next returns the first byte of the value that follows, and 0 where a reader has failed. The reader returns its
// error to the next call, and object returns it to CheckPattern.
func (c *checker) next() byte {
	if k, err := c.in.Peek(); err == nil {
		return k
	}
	return 0
}

// skip passes over a value that is not of the form.
func (c *checker) skip(at rule.Path, format string, args ...any) {
	c.s.rules.Break(c.a, PatternMalformed, at, format, args...)
	c.in.Skip()
}

// object checks an object of fields below a field of the event, "" for the event itself. The error is that of the JSON.
func (c *checker) object(at rule.Path, below string) error {
	if k := c.next(); k != 0 && k != '{' {
		c.s.rules.Break(c.a, PatternMalformed, at, "want an object")
		return c.in.Skip()
	}
	return c.in.Object(func(name []byte) error {
		c.field(at, below, string(name))
		return nil
	})
}

// inner checks an object within another.
func (c *checker) inner(at rule.Path, below string) {
	if c.depth++; c.depth == deepestPattern {
		c.skip(at, "more than %d objects within one another", deepestPattern)
	} else {
		c.object(at, below)
	}
	c.depth--
}

// field checks a member of an object of fields.
func (c *checker) field(at rule.Path, below, name string) {
	if name == "$or" {
		here := at.Join("or")
		if _, ok := c.s.operators["$or"]; !ok {
			c.a.NotDocumented(here, "no document of the edition has $or")
		}
		c.list(here, func(i int) { c.inner(here.Index(i), below) })
		return
	}
	here, field := at.Join(pathOf(name)), name
	if below != "" {
		field = below + "." + name
	}
	c.named[field] = true
	switch c.next() {
	case 0:
	case '{':
		if !c.has(field + ".") {
			c.unknown(here, field)
			c.in.Skip()
		} else {
			c.inner(here, field)
		}
	default:
		if _, ok := c.s.fields[field]; !ok {
			c.unknown(here, field)
		}
		c.list(here, func(i int) { c.value(here.Index(i), field) })
	}
}

func (c *checker) unknown(at rule.Path, field string) {
	if len(c.s.fields) > 0 {
		c.s.rules.Break(c.a, PatternFieldUnknown, at, "access events have no field %q that can be matched so", field)
	}
}

// has reports whether a field of the events begins with a text.
func (c *checker) has(prefix string) bool {
	for path := range c.s.fields {
		if strings.HasPrefix(path, prefix) {
			return true
		}
	}
	return len(c.s.fields) == 0
}

// pathOf writes the name of a field as a step of a path, with _ for what a path cannot hold.
func pathOf(field string) rule.Path {
	var b strings.Builder
	for i := range len(field) {
		if ch := field[i]; isLower(ch) || ch >= 'A' && ch <= 'Z' || ch == '_' || ch == '-' && i > 0 {
			b.WriteByte(ch)
		} else {
			b.WriteByte('_')
		}
		if b.Len() == 64 {
			break
		}
	}
	if b.Len() == 0 {
		return "_"
	}
	return rule.Path(b.String())
}

// list reads a list that is not empty.
func (c *checker) list(at rule.Path, element func(i int)) {
	switch c.next() {
	case 0:
	case '[':
		n := 0
		err := c.in.Array(func(i int) error {
			n++
			element(i)
			return nil
		})
		if err == nil && n == 0 {
			c.s.rules.Break(c.a, PatternMalformed, at, "the list is empty")
		}
	default:
		c.skip(at, "want a list, even for one value")
	}
}

// value checks an element of the list of a field: a text, a number, true, false, null, or an object
// with one operator.
func (c *checker) value(at rule.Path, field string) {
	switch c.next() {
	case 0:
	case '"':
		if text, ok := textOf(c.in); ok {
			c.text(at, field, string(text))
		}
	case '[':
		c.skip(at, "a list within a list")
	case '{':
		c.operator(at, field)
	default:
		c.noText(at, field)
	}
}

// noText is for what is no text, and passes over it.
func (c *checker) noText(at rule.Path, field string) {
	if _, ok := c.s.fields[field]; ok {
		c.s.rules.Break(c.a, PatternValueUnknown, at, "%s is a text in access events", field)
	}
	c.in.Skip()
}

// text checks a value that must be the same.
func (c *checker) text(at rule.Path, field, text string) {
	known, match := c.valuesOf(field)
	switch {
	case field == "detail.directoryId" && len(c.s.fields) > 0:
		if has := strings.HasPrefix(text, domainPrefix); has == c.s.bare {
			c.s.rules.Break(c.a, PatternValueUnknown, at, "%q: directory IDs stand %s domain/ before them in access events", text, map[bool]string{true: "without", false: "with"}[c.s.bare])
		}
	case len(known) > 0 && !slices.Contains(known, text):
		c.s.rules.Break(c.a, PatternValueUnknown, at, "no access event has %s %q%s", field, text, match(text))
	case field == "detail.clientIpAddress":
		if _, err := netip.ParseAddr(text); err != nil {
			c.s.rules.Break(c.a, PatternValueUnknown, at, "%q is no address; a range wants the operator cidr", text)
		}
	}
}

// valuesOf returns the values of a field that the documents list, and what names the one that
// differs in case only.
func (c *checker) valuesOf(field string) (known []string, similar func(string) string) {
	for key := range c.s.values {
		if key.field == field {
			known = append(known, key.value)
		}
	}
	return known, func(text string) string {
		for _, k := range known {
			if strings.EqualFold(k, text) {
				return "; there is " + k
			}
		}
		return ""
	}
}

// operator checks an object with one operator.
func (c *checker) operator(at rule.Path, field string) {
	n := 0
	err := c.in.Object(func(name []byte) error {
		n++
		op := string(name)
		here := at.Join(pathOf(op))
		if _, ok := c.s.operators[op]; ok && op != "$or" {
			c.operand(here, field, op)
			return nil
		}
		if !c.s.rules.Has(PatternOperatorUnknown) {
			c.a.NotDocumented(here, "no document of the edition has a list of all operators, or has this one")
		} else {
			c.s.rules.Break(c.a, PatternOperatorUnknown, here, "there is no operator %q", op)
		}
		c.in.Skip()
		return nil
	})
	if err == nil && n != 1 {
		c.s.rules.Break(c.a, PatternMalformed, at, "want one operator, not %d", n)
	}
}

// operand checks what stands behind an operator.
func (c *checker) operand(at rule.Path, field, op string) {
	k := c.next()
	switch {
	case k == 0:
	case op == "anything-but":
		c.in.Skip() // texts, numbers, lists and operators: what it excludes need not be there
	case op == "exists" && k != 't' && k != 'f':
		c.skip(at, "exists wants true or false")
	case op == "exists":
		if _, ok := c.s.fields[field]; ok && k == 'f' && (field == "source" || field == "detail-type") {
			c.s.rules.Break(c.a, PatternValueUnknown, at, "every access event has %s", field)
		}
		c.in.Skip()
	case op == "numeric" && k != '[':
		c.skip(at, "numeric wants a list")
	case op == "numeric":
		c.noText(at, field)
	case (op == "prefix" || op == "suffix") && k == '{':
		c.in.Skip() // in either case of letters
	case k != '"':
		c.skip(at, "%s wants a text", op)
	default:
		if text, ok := textOf(c.in); ok {
			c.operandText(at, field, op, string(text))
		}
	}
}

// operandText checks the text behind an operator.
func (c *checker) operandText(at rule.Path, field, op, text string) {
	var holds func(value string) bool
	switch op {
	case "cidr":
		if _, err := netip.ParsePrefix(text); err != nil {
			c.s.rules.Break(c.a, PatternMalformed, at, "%q is no range of addresses", text)
		} else if field != "detail.clientIpAddress" && c.s.fields[field].path != "" {
			c.s.rules.Break(c.a, PatternValueUnknown, at, "%s is no address", field)
		}
		return
	case "wildcard":
		if strings.Contains(text, "**") {
			c.s.rules.Break(c.a, PatternMalformed, at, "%q has consecutive wildcards", text)
		}
		return
	case "prefix":
		holds = func(v string) bool { return strings.HasPrefix(v, text) }
		if field == "detail.directoryId" && !c.s.bare && !strings.HasPrefix(text, domainPrefix) && !strings.HasPrefix(domainPrefix, text) {
			c.s.rules.Break(c.a, PatternValueUnknown, at, "%q: directory IDs stand with domain/ before them in access events", text)
		}
	case "suffix":
		holds = func(v string) bool { return strings.HasSuffix(v, text) }
	case "equals-ignore-case":
		holds = func(v string) bool { return strings.EqualFold(v, text) }
	}
	if known, _ := c.valuesOf(field); len(known) > 0 && !slices.ContainsFunc(known, holds) {
		c.s.rules.Break(c.a, PatternValueUnknown, at, "no value of %s is matched by %s %q", field, op, text)
	}
}
