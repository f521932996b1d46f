package troubleshoot

import (
	"cmp"
	"slices"

	"github.com/wksgo/wks/rule"
)

// A Question is one that is answered with yes or no, by its name: ip-groups-assigned. Names are for good.
type Question string

// A QuestionText is what there is to know about a question.
type QuestionText struct {
	Question Question `json:"question"`
	Text     string   `json:"text"` // that yes or no answers
	Test     string   `json:"test"` // how somebody finds the answer
	// Checks find the answer, or a part of it, without looking by hand. There may be none.
	Checks []Check `json:"checks,omitempty"`
}

// A Check is what of this module asks about something. At least one member is set.
type Check struct {
	Code      rule.Code `json:"code,omitempty"`      // of a rule that is broken then
	Operation string    `json:"operation,omitempty"` // of the API that tells
	Command   string    `json:"command,omitempty"`   // that tells; words in capitals stand for values
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
