package troubleshoot_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/troubleshoot"
)

// linearCases run functions on inputs of n elements. The longest text that is taken has 4,096 bytes.
var linearCases = map[string]func(n int){
	"Find": func(n int) { _, _ = troubleshoot.Newest().Find(strings.Repeat("g ", n)) },
	"Diagnose": func(n int) {
		answers := map[troubleshoot.Question]bool{}
		for i := range n {
			answers[troubleshoot.Question(fmt.Sprint("question-", i))] = true
		}
		_, _ = troubleshoot.Newest().Diagnose("loading-screen", troubleshoot.Facts{Answers: answers})
	},
	"Diagnosis.Of": func(n int) { troubleshoot.Diagnosis{Causes: make([]troubleshoot.Judgement, n)}.Of(troubleshoot.Shown) },
}

// TestLinear holds that the work of a function grows as its input does.
func TestLinear(t *testing.T) { lineartest.Run(t, []string{"troubleshoot"}, linearCases) }

// Each exported function with a parameter that is a list, or holds one, has a case.
func TestLinearCases(t *testing.T) { lineartest.Complete(t, linearCases) }
