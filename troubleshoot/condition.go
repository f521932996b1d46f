package troubleshoot

import (
	"slices"

	"github.com/wksgo/wks/rule"
)

// A condition must hold for a cause: a field of the facts has one of some values, or a question has a certain
// answer.
type condition struct {
	field    *field
	values   []string // of the field
	question Question
	want     bool // the answer to the question
}

// A truth tells whether a condition holds.
type truth uint8

const (
	unknown truth = iota
	holds
	fails
)

func truthOf(b bool) truth {
	if b {
		return holds
	}
	return fails
}

func (c *condition) on(f *Facts) truth {
	if c.field != nil {
		v := c.field.of(f)
		if v == "" || !slices.Contains(c.field.values, v) {
			return unknown
		}
		return truthOf(slices.Contains(c.values, v))
	}
	answer, known := f.Answers[c.question]
	if !known {
		return unknown
	}
	return truthOf(answer == c.want)
}

// path is where the facts tell of the condition.
func (c *condition) path() rule.Path {
	if c.field != nil {
		return c.field.name
	}
	return rule.Path("Answers").Join(rule.Path(c.question))
}

// said is what the facts tell about the condition, for people.
func (c *condition) said(f *Facts) string {
	if c.field != nil {
		return string(c.field.name) + " is " + c.field.of(f)
	}
	answer := "no"
	if f.Answers[c.question] {
		answer = "yes"
	}
	return questionTexts[c.question].Text + " " + answer
}

// asks is the question about the condition, for people.
func (c *condition) asks() string {
	if c.field != nil {
		return c.field.asks
	}
	return questionTexts[c.question].Text
}

func is(q Question) condition  { return condition{question: q, want: true} }
func not(q Question) condition { return condition{question: q} }

func over(p Protocol) condition  { return condition{field: protocolField, values: []string{string(p)}} }
func with(c ...Client) condition { return condition{field: clientField, values: texts(c)} }
func on(s ...System) condition   { return condition{field: systemField, values: texts(s)} }
func inDirectory(types ...string) condition {
	return condition{field: directoryField, values: types}
}
func running(modes ...string) condition   { return condition{field: modeField, values: modes} }
func computing(types ...string) condition { return condition{field: computeField, values: types} }
func access(values ...string) condition   { return condition{field: accessField, values: values} }
