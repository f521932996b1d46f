package troubleshoot

import (
	"cmp"
	"slices"

	"github.com/wksgo/wks/rule"
)

// A Question is the name of a question for yes or no, such as ip-groups-assigned. Names do not change.
type Question string

// A QuestionText is a question with its wording and the ways to answer it.
type QuestionText struct {
	Question Question `json:"question"`
	Text     string   `json:"text"` // the wording, to be answered with yes or no
	Test     string   `json:"test"` // how somebody finds the answer
	// Checks find the answer, or a part of it, from files or by calls. There may be none.
	Checks []Check `json:"checks,omitempty"`
}

// A Check is a way to find something out: a rule, an operation or a command. At least one member is set.
type Check struct {
	Code      rule.Code `json:"code,omitempty"`      // a rule of this module that is broken in this case
	Operation string    `json:"operation,omitempty"` // an operation of the API that tells, or changes it
	Command   string    `json:"command,omitempty"`   // a command that tells; words in capitals stand for values
}

// Questions returns all questions by name, as a new slice.
func Questions() []QuestionText {
	list := make([]QuestionText, 0, len(questionTexts))
	for _, q := range questionTexts {
		q.Checks = slices.Clone(q.Checks)
		list = append(list, q)
	}
	slices.SortFunc(list, func(a, b QuestionText) int { return cmp.Compare(a.Question, b.Question) })
	return list
}

// questionTexts are the questions by name.
var questionTexts = func() map[Question]QuestionText {
	m := map[Question]QuestionText{}
	for _, q := range questionTable {
		m[q.Question] = q
	}
	return m
}()
