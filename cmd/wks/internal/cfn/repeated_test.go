package cfn

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestRepeated holds what is told where a template asks for the same many times, and where a parameter allows nothing.
func TestRepeated(t *testing.T) {
	const w = `W: {Type: "AWS::WorkSpaces::Workspace", Properties: {BundleId: wsb-b0s22j3d7, DirectoryId: d-906732325d, UserName: ann`
	chain := "Conditions: {C0: {'Fn::Equals': [a, b]}"
	for i := range 1200 {
		chain += fmt.Sprintf(", C%d: {Condition: C%d}", i+1, i)
	}
	lacks := "Conditions: {C: {'Fn::Or': ["
	var macros []string
	for i := range 12 {
		lacks += fmt.Sprintf("{'Fn::Equals': [!Ref P%d, x]}, ", i)
		macros = append(macros, fmt.Sprint("M", i))
	}
	lacks += "]}}"
	list := "Mappings: {M: {k: {T: [" + strings.Repeat("{Key: a, Value: b}, ", mostRepeated) + "]}}}"
	for name, x := range map[string]struct{ template, says string }{
		"a parameter that allows nothing": {"Parameters: {P: {Type: String, AllowedValues: []}}\nResources: {" + w + ", Tags: [{Key: 'aws:x', Value: !Ref P}]}}}", "aws:x"},
		"one that allows one value":       {"Parameters: {P: {Type: String, AllowedValues: ['aws:y']}}\nResources: {" + w + ", Tags: [{Key: !Ref P}]}}}", "aws:y"},
		"macros":                          {"Transform: [" + strings.Join(macros, ", ") + "]\nResources: {" + w + "}}}", "4 more macros may change it"},
		"a condition that is near":        {chain + "}\nResources: {" + w + "}, Condition: C100}}", "does not hold"},
		"a condition that is far":         {chain + "}\nResources: {" + w + "}, Condition: C1200}}", "whether it is made depends on the condition C1200"},
		"names that a condition lacks":    {lacks + "\nResources: {" + w + "}, Condition: C}}", "the template has no parameter or resource P7, nor 4 more that the condition C names"},
		"a list that is too long":         {list + "\nResources: {" + w + ", Tags: !FindInMap [M, k, T]}}}", "Properties.Tags: repeats more of the template than is followed"},
	} {
		all := check(t, x.template).Inputs[0].Resources
		var said []string
		for _, a := range all {
			said = append(said, slices.Concat(a.Lines, a.NotGiven, a.Undocumented)...)
			for _, v := range a.Findings {
				said = append(said, v.Detail)
			}
		}
		if !slices.ContainsFunc(said, func(s string) bool { return strings.Contains(s, x.says) }) {
			t.Errorf("%s: want %q in %.2000q", name, x.says, said)
		}
	}
}

// TestIsWhole holds which numbers are whole.
func TestIsWhole(t *testing.T) {
	for number, want := range map[string]bool{
		"0.0": true, "0e-5": true, "100.0": true, "1e2": true, "1.50e1": true, "-2.0": true, "10e-1": true, "1E+2": true, "1e99999999999999999999": true, "12.5e0000001": true,
		"1.5": false, "15e-1": false, "1e-1": false, "1.25e1": false, "1e-99999999999999999999": false, "0.1": false,
	} {
		if isWhole(number) != want {
			t.Errorf("%s: not %v", number, want)
		}
	}
}
