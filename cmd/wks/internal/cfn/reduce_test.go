package cfn

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/rule"
)

// asking returns a question about a template in YAML.
func asking(t *testing.T, text, region string, given map[string]string) *question {
	t.Helper()
	d, err := decode([]byte(text))
	if err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return &question{template: d.template, given: given, region: region, constants: compared(d.template)}
}

// tree is a value in YAML.
func tree(t *testing.T, text string) any {
	t.Helper()
	v, _, err := parse([]byte("value: " + text))
	if err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return v.(map[string]any)["value"]
}

const several = `
Parameters:
  Text: {Type: String, Default: " a "}
  Number: {Type: Number, Default: 20}
  List: {Type: CommaDelimitedList, Default: "a, b ,c"}
  Subnets: {Type: List<AWS::EC2::Subnet::Id>, Default: "a,b"}
  Listed: {Type: CommaDelimitedList, Default: [x]}
  Empty: {Type: String, Default: ''}
  None: {Type: String}
  Given: {Type: String, Default: a}
  Stored: {Type: "AWS::SSM::Parameter::Value<String>", Default: /a}
  Made: {Type: String, Default: {Ref: Text}}
  Hidden: {Type: String, NoEcho: true, Default: hush}
Mappings:
  M: {a: {b: c, list: [1, 2], made: {Ref: Text}}}
Conditions:
  Holds: !Equals [a, a]
  Fails: !Equals [a, b]
  Open: !Equals [!ImportValue x, b]
Resources:
  R: {Type: AWS::SNS::Topic}
`

// What each function stands for, and what is said where the template does not tell it.
func TestReduced(t *testing.T) {
	open := func(why string) unknown { return unknown{why: why} }
	takes := func(name string) unknown { return open("is " + name + " with arguments that it does not take") }
	imported := open("is Fn::ImportValue, which the template alone does not tell")
	made := unknown{why: "refers to R, whose value is known when the stack is made", to: &reference{id: "R"}}
	for text, want := range map[string]any{
		"a": "a", "5": json.Number("5"), "yes": true, "[!Ref Text]": []any{map[string]any{"Ref": "Text"}}, "{a: b}": map[string]any{"a": "b"}, "~": nil,
		"'a{{resolve:ssm:x}}'": open("is a dynamic reference"), "'{{x}}'": "{{x}}",
		"{a: b, 'Fn::Transform': c}":  open("is made by Fn::Transform, which the template alone does not tell"),
		"{a: b, 'Fn::ForEach::X': c}": open("is made by Fn::ForEach::X, which the template alone does not tell"),
		"{a: b, 'Fn::Other': c}":      map[string]any{"a": "b", "Fn::Other": "c"},
		"{a: b, Ref: Text}":           map[string]any{"a": "b", "Ref": "Text"},
		"!ImportValue x":              imported,

		"!Ref Text": " a ", "!Ref Number": json.Number("20"), "!Ref Empty": "", "!Ref Given": "g", "!Ref Hidden": "hush",
		"!Ref List": []any{"a", "b", "c"}, "!Ref Subnets": []any{"a", "b"}, "!Ref Listed": []any{"x"},
		"!Ref None":             open("is the parameter None, which has no default (--parameter)"),
		"!Ref Stored":           open("is the parameter Stored, whose value stands in Parameter Store"),
		"!Ref Made":             open("is the parameter Made, whose default has a function in it"),
		"!Ref R":                made,
		"!Ref Nobody":           unknown{why: "refers to Nobody, which the template does not tell", missing: true},
		"!Ref 'AWS::StackName'": open("refers to AWS::StackName, which the template does not tell"),
		"!Ref 'AWS::NoValue'":   nothing{},
		"!Ref 'AWS::Region'":    "us-gov-west-1", "!Ref 'AWS::Partition'": "aws-us-gov",
		"{Ref: [Text]}": takes("Ref"),

		"!GetAtt R.A.B":                       unknown{why: "is the A.B of R, known when the stack is made", to: &reference{"R", "A.B"}},
		"{'Fn::GetAtt': R.A}":                 unknown{why: "is the A of R, known when the stack is made", to: &reference{"R", "A"}},
		"{'Fn::GetAtt': [R, !Ref Given]}":     unknown{why: "is the g of R, known when the stack is made", to: &reference{"R", "g"}},
		"{'Fn::GetAtt': [R, !Ref Hidden]}":    unknown{why: "is the a value that is not shown of R, known when the stack is made", to: &reference{"R", "hush"}},
		"!GetAtt Nobody.A":                    unknown{why: "is the A of Nobody, known when the stack is made", to: &reference{"Nobody", "A"}, missing: true},
		"{'Fn::GetAtt': [R, !ImportValue x]}": imported,
		"{'Fn::GetAtt': [R]}":                 takes("Fn::GetAtt"), "{'Fn::GetAtt': [R, A, B]}": takes("Fn::GetAtt"), "{'Fn::GetAtt': {a: b}}": takes("Fn::GetAtt"), "{'Fn::GetAtt': [5, A]}": takes("Fn::GetAtt"),

		"!If [Holds, a, b]": "a", "!If [Fails, a, b]": "b", "!If [Holds, !Ref Given, !ImportValue x]": "g", "!If [Fails, !ImportValue x, !Ref Given]": "g",
		"!If [Open, !Ref Given, g]": "g", "!If [Open, [a], [a]]": []any{"a"},
		"!If [Open, a, b]":                           open("depends on the condition Open, which the template does not tell"),
		"!If [Open, !ImportValue x, !ImportValue x]": open("depends on the condition Open, which the template does not tell"),
		"!If [Open, !Ref Nobody, g]":                 open("depends on the condition Open, which the template does not tell"),
		"!If [Open, g, !Ref Nobody]":                 open("depends on the condition Open, which the template does not tell"),
		"!If [Never, a, a]":                          unknown{why: "depends on the condition Never, which the template does not have", missing: true},
		"!If [Holds, a]":                             takes("Fn::If"), "!If [Holds, a, b, c]": takes("Fn::If"), "!If Holds": takes("Fn::If"), "!If [5, a, b]": takes("Fn::If"),

		"!Sub a": "a", "!Sub 'a${Number}b${ Given }c'": "a20bgc", "!Sub '${!Given}$Given'": "${Given}$Given", "!Sub '${Given}${Given}'": "gg", "!Sub ''": "",
		"!Sub ['a${X}', {X: !Ref Given}]": "ag", "!Sub ['${Given}', {Given: own}]": "own", "!Sub ['${X.Y}', {X.Y: own}]": "own", "!Sub ['a', {}]": "a",
		"!Sub '${R}'":                made,
		"!Sub '${R.A}'":              unknown{why: "is the A of R, known when the stack is made", to: &reference{"R", "A"}},
		"!Sub ['${X}', {X: !Ref R}]": made,
		"!Sub 'a${R}'":               open("has R in it, which the template does not tell"),
		"!Sub '${R}a'":               open("has R in it, which the template does not tell"),
		"!Sub '${Given}${R}'":        open("has R in it, which the template does not tell"),
		"!Sub '${R}${Given}'":        open("has R in it, which the template does not tell"),
		"!Sub 'a${R.A}'":             open("has R.A in it, which the template does not tell"),
		"!Sub 'a${Nobody}'":          unknown{why: "has Nobody in it, which the template does not tell", missing: true},
		"!Sub 'a${List}'":            open("has List in it, which the template does not tell"),
		"!Sub '${List}'":             open("has a list or an object in place of a text"),
		"!Sub 'a${Given'":            takes("Fn::Sub"), "!Sub [a]": takes("Fn::Sub"), "!Sub [a, b]": takes("Fn::Sub"), "!Sub [5, {}]": takes("Fn::Sub"), "!Sub [a, {}, {}]": takes("Fn::Sub"), "{'Fn::Sub': 5}": takes("Fn::Sub"),

		"!Join [',', [a, 5, yes]]": "a,5,true", "!Join ['', []]": "", "!Join [-, !Ref List]": "a-b-c", "!Join [',', [a, !Ref 'AWS::NoValue', !Ref Given]]": "a,g",
		"!Join [',', [a, !Ref R]]": made, "!Join [',', !ImportValue x]": imported, "!Join [',', a]": open("has another value in place of a list"),
		"!Join [',']": takes("Fn::Join"), "!Join [',', [a], [b]]": takes("Fn::Join"), "!Join [5, [a]]": takes("Fn::Join"), "!Join [',', [[a]]]": takes("Fn::Join"), "!Join a": takes("Fn::Join"),

		"!Select [0, [a, b]]": "a", "!Select ['1', [a, b]]": "b", "!Select [1, !Ref List]": "b", "!Select [0, [!Ref Given]]": "g", "!Select [!Ref Number, !Split [',', 'a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,b']]": "b",
		"!Select [0, [!Ref R]]": made, "!Select [!ImportValue x, [a]]": imported, "!Select [0, !ImportValue x]": imported,
		"!Select [2, [a, b]]": takes("Fn::Select"), "!Select [-1, [a, b]]": takes("Fn::Select"), "!Select [a, [a]]": takes("Fn::Select"), "!Select [0, a]": takes("Fn::Select"),
		"!Select [0]": takes("Fn::Select"), "!Select [0, [a], b]": takes("Fn::Select"), "!Select a": takes("Fn::Select"), "!Select [[0], [a]]": open("has a list or an object in place of a text"),

		"!Split [',', 'a,,b']": []any{"a", "", "b"}, "!Split [-, !Ref Given]": []any{"g"}, "!Split [-, 5-6]": []any{"5", "6"},
		"!Split [',', !Ref R]": made, "!Split [',', [a]]": open("has a list or an object in place of a text"),
		"!Split ['', a]": takes("Fn::Split"), "!Split [5, a]": takes("Fn::Split"), "!Split [',']": takes("Fn::Split"), "!Split [',', a, b]": takes("Fn::Split"), "!Split a": takes("Fn::Split"),

		"!FindInMap [M, a, b]": "c", "!FindInMap [M, a, list]": []any{json.Number("1"), json.Number("2")}, "!FindInMap [M, !Sub a, b]": "c",
		"!FindInMap [M, a, x]":           unknown{why: "asks Fn::FindInMap for x, which is not in the map", unmapped: true},
		"!FindInMap [M, x, b]":           unknown{why: "asks Fn::FindInMap for x, which is not in the map", unmapped: true},
		"!FindInMap [X, a, b]":           unknown{why: "asks Fn::FindInMap for X, which is not in the map", unmapped: true},
		"!FindInMap [M, !Ref Hidden, b]": unknown{why: "asks Fn::FindInMap for a value that is not shown, which is not in the map", unmapped: true},
		"!FindInMap [M, a, made]":        open("asks Fn::FindInMap for a value that has a function in it"),
		"!FindInMap [M, !Ref R, b]":      made,
		"!FindInMap [M, a]":              takes("Fn::FindInMap"), "!FindInMap [M, a, b, {}]": takes("Fn::FindInMap"), "!FindInMap a": takes("Fn::FindInMap"),
	} {
		r := asking(t, several, "us-gov-west-1", map[string]string{"Given": "g"}).reader(nil)
		got, gap := r.reduce(tree(t, text))
		why, is := want.(unknown)
		switch {
		case is && (gap == nil || !reflect.DeepEqual(*gap, why) || got != nil):
			t.Errorf("%s: %v, %+v, want %+v", text, got, gap, why)
		case !is && (gap != nil || !reflect.DeepEqual(got, want)):
			t.Errorf("%s: %#v, %+v, want %#v", text, got, gap, want)
		}
		if r.secret != strings.Contains(text, "Hidden") {
			t.Errorf("%s: secret %v", text, r.secret)
		}
	}
}

// A transform may add what a template names, so that it is not missing.
func TestReducedWithTransform(t *testing.T) {
	r := asking(t, "Transform: Mine\n"+several, "", nil).reader(nil)
	for text, want := range map[string]unknown{
		"!Ref Nobody":          {why: "refers to Nobody, which the template does not tell"},
		"!GetAtt Nobody.A":     {why: "is the A of Nobody, known when the stack is made", to: &reference{"Nobody", "A"}},
		"!If [Never, a, b]":    {why: "depends on the condition Never, which the template does not tell"},
		"!FindInMap [X, a, b]": {why: "asks Fn::FindInMap for X, which is not in the map"},
	} {
		if got, gap := r.reduce(tree(t, text)); got != nil || gap == nil || !reflect.DeepEqual(*gap, want) {
			t.Errorf("%s: %v, %+v, want %+v", text, got, gap, want)
		}
	}
}

// The partition is that of the Region: aws-cn, aws-us-gov or aws. No document names that of us-iso-east-1.
func TestPartitionOfRegion(t *testing.T) {
	for region, want := range map[string]any{
		"cn-north-1": "aws-cn", "us-gov-east-1": "aws-us-gov", "eu-west-1": "aws",
		"us-iso-east-1": unknown{why: "is AWS::Partition, which no document names for us-iso-east-1", undocumented: true},
		"":              unknown{why: "is AWS::Region (--region)"},
	} {
		got, gap := asking(t, several, region, nil).reader(nil).reduce(tree(t, "!Ref 'AWS::Partition'"))
		if why, is := want.(unknown); is && (gap == nil || *gap != why || got != nil) || !is && (got != want || gap != nil) {
			t.Errorf("%s: %v, %+v", region, got, gap)
		}
	}
	got, gap := asking(t, several, "us-iso-east-1", nil).reader(nil).reduce(tree(t, "!Sub 'arn:${AWS::Partition}:kms'"))
	if want := (unknown{why: "has a part that is AWS::Partition, which no document names for us-iso-east-1", undocumented: true}); got != nil || gap == nil || *gap != want {
		t.Errorf("in a text: %v, %+v, want %+v", got, gap, want)
	}
}

// Texts of 1 MiB are made, and no longer ones.
func TestLongestText(t *testing.T) {
	half := strings.Repeat("x", 1<<19)
	r := asking(t, several, "", map[string]string{"Given": half, "Text": strings.Repeat("y", 1<<19+1)}).reader(nil)
	for text, want := range map[string]string{
		"!Sub '${Given}${Given}'": half + half, "!Join ['', [!Ref Given, !Ref Given]]": half + half,
		"!Sub '${Given}${Text}'": "", "!Join ['', [!Ref Given, !Ref Text]]": "", "!Sub 'a${Given}${Given}'": "",
		"{'Fn::Join': [" + half + half + ", [a, b]]}": "",
	} {
		got, gap := r.reduce(tree(t, text))
		if want == "" && (gap == nil || gap.why != "is a text of more than 1 MiB" || got != nil) || want != "" && (got != want || gap != nil) {
			t.Errorf("%.40s: %.40v, %+v", text, got, gap)
		}
	}
}

// A tree is followed for sixteen steps, of which Properties is the first, and names of a path for 64 bytes.
func TestDepth(t *testing.T) {
	r := asking(t, several, "", nil).reader(nil)
	const deep = "is deeper than the properties of a resource are"
	for n := 14; n < 18; n++ {
		r.gaps, r.order = map[string]unknown{}, nil
		got := r.properties("Properties", tree(t, strings.Repeat("{a: ", n)+"x"+strings.Repeat("}", n)))
		var want []string
		levels, leaf := n, "{a: x}"
		if n >= 16 {
			want, levels, leaf = []string{"Properties" + strings.Repeat(".a", 16)}, 16, "{}"
		}
		if !slices.Equal(r.order, want) || want != nil && r.gaps[want[0]] != (unknown{why: deep}) {
			t.Errorf("%d: %q, %+v", n, r.order, r.gaps)
		}
		if whole := strings.Repeat("{a: ", levels-1) + leaf + strings.Repeat("}", levels-1); !reflect.DeepEqual(got, tree(t, whole)) {
			t.Errorf("%d: %v", n, got)
		}
	}
	for name, want := range map[string]string{
		strings.Repeat("n", 64): strings.Repeat("n", 64), strings.Repeat("n", 65): strings.Repeat("n", 64) + "…", strings.Repeat("n", 63) + "éé": strings.Repeat("n", 63) + "…",
	} {
		if got := below("A", name); got != "A."+want {
			t.Errorf("%q: %q", name, got)
		}
	}
}

// What is not known is left out and noted, in the order of names. An element of a list keeps its place, one that is left out does not.
func TestTreeOfProperties(t *testing.T) {
	r := asking(t, several, "", nil).reader(nil)
	got := r.properties("P", tree(t, "{b: !ImportValue x, a: [!Ref R, {c: !Ref None, d: !Ref Given}, !Ref 'AWS::NoValue', [!ImportValue y], e], f: !Ref 'AWS::NoValue', g: ~}"))
	if want := tree(t, "{a: [{}, {d: a}, [{}], e], g: ~}"); !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if want := []string{"P.a[0]", "P.a[1].c", "P.a[3][0]", "P.b"}; !slices.Equal(r.order, want) {
		t.Errorf("%q, want %q", r.order, want)
	}
	for at, why := range map[string]string{"P.a[0]": "refers to R, whose value is known when the stack is made", "P.a[1].c": "is the parameter None, which has no default (--parameter)", "P.b": "is Fn::ImportValue, which the template alone does not tell"} {
		if r.gaps[at].why != why {
			t.Errorf("%s: %+v", at, r.gaps[at])
		}
	}
	for path, about := range map[string]bool{"P.b": true, "P.b.c": true, "P.b[0]": true, "P.bc": false, "P": false, "P.a[1]": false, "P.a[1].c": true, "P.a[0].x": true} {
		if r.about(path) != about {
			t.Errorf("about %s: %v", path, !about)
		}
	}
}

// A value has a function in it wherever that is.
func TestLiteral(t *testing.T) {
	for text, want := range map[string]bool{
		"a": true, "~": true, "[a, {b: [c]}]": true, "{a: b, c: d}": true, "!Ref A": false, "[a, !Ref A]": false, "[a, [b, {c: !Ref A}]]": false, "{a: {b: !GetAtt A.B}, c: d}": false,
		"{a: b, 'Fn::Transform': c}": false, "{a: {b: c, 'Fn::ForEach::X': []}}": false, "{Ref: a, b: c}": true,
	} {
		if got := literal(tree(t, text)); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

// Whether a condition holds, and whether the template tells.
func TestConditions(t *testing.T) {
	const head = `
Parameters: {P: {Type: String}, Q: {Type: String}, Given: {Type: String, Default: g}}
Resources: {R: {Type: AWS::SNS::Topic}}
Conditions:
  Holds: !Equals [a, a]
  Fails: !Equals [a, b]
  Open: !Equals [!ImportValue x, b]
  Ref: !Equals [!Ref P, b]
  Itself: !And [{Condition: Itself}, {Condition: Fails}]
  Circle: !Or [{Condition: Itself}, {Condition: Circle}]
  It: `
	yes, no, open := outcome{true, true}, outcome{false, true}, outcome{}
	for text, want := range map[string]outcome{
		"!Equals [a, a]": yes, "!Equals [a, b]": no, "!Equals [!Ref Given, g]": yes, "!Equals ['5', 5]": yes, "!Equals [yes, 'true']": yes, "!Equals [a]": open, "!Equals [a, a, a]": open, "!Equals a": open,
		"!Equals [!Ref R, a]": open, "!Equals [a, !Ref R]": open, "!Equals [!Ref P, !Ref P]": open, "!Equals [!Ref Q, a]": no, "!Equals [a, !Ref Q]": no, "!Equals [!Ref R, !Ref Q]": open, "!Equals [!Ref Q, !Ref R]": open, "!Equals [!Sub '${Q}', a]": open,
		"{Condition: Holds}": yes, "{Condition: Fails}": no, "{Condition: Open}": open, "{Condition: Never}": open, "{Condition: Holds, Also: x}": open, "{Condition: [Holds]}": open, "{}": open,
		"!Not [{Condition: Holds}]": no, "!Not [{Condition: Fails}]": yes, "!Not [{Condition: Open}]": open, "!Not []": open, "!Not [{Condition: Fails}, {Condition: Fails}]": open,
		"!And [{Condition: Holds}, {Condition: Holds}]": yes, "!And [{Condition: Holds}, {Condition: Fails}]": no, "!And [{Condition: Fails}, {Condition: Holds}]": no, "!And [{Condition: Open}, {Condition: Fails}]": no,
		"!And [{Condition: Open}, {Condition: Holds}]": open, "!And [{Condition: Holds}, {Condition: Open}]": open, "!And [{Condition: Holds}]": yes, "!And []": open,
		"!Or [{Condition: Fails}, {Condition: Fails}]": no, "!Or [{Condition: Fails}, {Condition: Holds}]": yes, "!Or [{Condition: Open}, {Condition: Holds}]": yes, "!Or [{Condition: Holds}, {Condition: Open}]": yes,
		"!Or [{Condition: Open}, {Condition: Fails}]": open, "!Or [{Condition: Fails}, {Condition: Open}]": open, "!Or [{Condition: Fails}]": no, "!Or []": open,
		"!Or [!Not [!And [{Condition: Fails}, {Condition: Open}]], {Condition: Fails}]": yes,
		"{Condition: Itself}": no, "{Condition: Circle}": open, "{'Fn::Other': [{Condition: Holds}]}": open,
	} {
		q := asking(t, head+text, "", nil)
		holds, known := q.reader(map[string]any{"Q": other{}}).condition("It")
		if known != want.known || known && holds != want.holds {
			t.Errorf("%s: %v, %v", text, holds, known)
		}
	}
}

// Conditions compare a parameter with texts, wherever the comparison stands; each counts once, by the names of conditions.
func TestCompared(t *testing.T) {
	d, err := decode([]byte(`
Resources: {}
Conditions:
  B: !Or [!Equals [!Ref P, b], !Not [!Equals [5, !Ref P]], !Equals [!Ref Q, yes]]
  A: !Equals [!Ref P, a]
  C: !Equals [!Ref P, a]
  D: !Equals [!Ref P, !Ref Q]
  E: !Equals [!Ref P, a, c]
  F: !Equals [!Sub '${P}', f]
  G: !Equals [!Ref [P], g]
  H: !Equals [!GetAtt P.X, h]
`))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := compared(d.template), (map[string][]any{"P": {"a", "b", "5"}, "Q": {"true"}}); !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// A question is asked for each choice, by the names of parameters and in the order of their values, for 64 at most: what needs more stays open.
func TestEachChoice(t *testing.T) {
	choices := func(head string, names ...string) (list []string) {
		q := asking(t, head+"\nResources: {}", "", nil)
		ends := q.each(func(r *reader) {
			for _, name := range names {
				r.reduce(map[string]any{"Ref": name})
			}
		})
		for _, r := range ends {
			text := ""
			for _, name := range names {
				if v, ok := r.choice[name]; ok {
					text += fmt.Sprintf("%s=%v ", name, v)
				}
			}
			list = append(list, strings.TrimSpace(text))
		}
		return list
	}
	values := func(n int) string {
		list := make([]string, n)
		for i := range list {
			list[i] = fmt.Sprint("v", i)
		}
		return "{Type: String, AllowedValues: [" + strings.Join(list, ", ") + "]}"
	}
	if got, want := choices("Parameters: {B: {Type: String, AllowedValues: [x, y]}, A: {Type: Number, AllowedValues: [1, 2]}, C: {Type: String}}", "B", "A", "C"), []string{"B=x A=1", "B=y A=1", "B=x A=2", "B=y A=2"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := choices("Parameters: {P: {Type: String}}\nConditions: {C: !Equals [!Ref P, a]}", "P"), []string{"P=a", "P={}"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := choices("Conditions: {A: !Equals [!Ref 'AWS::Region', nowhere], B: !Equals [!Ref 'AWS::Region', eu-west-1], C: !Equals [!Ref 'AWS::Region', '']}", "AWS::Region"), []string{"AWS::Region=eu-west-1", "AWS::Region={}"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	for n, want := range map[int]int{63: 63, 64: 64, 65: 1} {
		if got := choices("Parameters: {P: "+values(n)+"}", "P"); len(got) != want {
			t.Errorf("%d values: %d choices", n, len(got))
		}
	}
	// What would need too many leaves the others.
	if got, want := choices("Parameters: {A: "+values(65)+", B: {Type: String, AllowedValues: [x, y]}}", "A", "B"), []string{"B=x", "B=y"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	// Of 9 values by 8 seven are split, which makes 56, and two are not: 56 and 1 and 8 are 65, as are 57 and 8.
	got := choices("Parameters: {A: "+values(9)+", B: "+values(8)+"}", "A", "B")
	if len(got) != 58 || got[55] != "A=v6 B=v7" || got[56] != "A=v7" || got[57] != "A=v8" {
		t.Errorf("%d: %q", len(got), got)
	}
}

// A value of a choice that is null, or has a function in it, is none.
func TestChosen(t *testing.T) {
	r := asking(t, several, "", nil).reader(map[string]any{"Null": nil, "Other": other{}, "Made": tree(t, "[!Ref A]"), "Text": "x", "AWS::Region": "eu-west-1"})
	for name, want := range map[string]any{
		"Null": "why", "Other": "why", "Made": "is Made, which allows a function", "None": "why",
	} {
		if got, gap := r.chosen(name, nil, "why"); got != nil || gap == nil || *gap != (unknown{why: want.(string)}) {
			t.Errorf("%s: %v, %+v", name, got, gap)
		}
	}
	if got, gap := r.chosen("Text", []any{"y"}, "why"); got != "x" || gap != nil {
		t.Errorf("%v, %+v", got, gap)
	}
	if len(r.wanted) != 0 || r.region != "eu-west-1" {
		t.Errorf("%v, %s", r.wanted, r.region)
	}
	r.chosen("None", []any{}, "why") // as if nothing were told, so that the resource is asked about
	if got, ok := r.wanted["None"]; ok {
		t.Errorf("%v", got)
	}
}

// Numbers, booleans and texts have the types of a request, at each depth.
func TestTyped(t *testing.T) {
	r := asking(t, several, "", nil).reader(nil)
	request := tree(t, `{UserName: 5, Tags: [{Key: yes, Value: 1e2}, x, [{RootVolumeSizeGib: '8'}]], Nothing: ~, RootVolumeEncryptionEnabled: 'TRUE', UserVolumeEncryptionEnabled: off, VolumeEncryptionKey: off,
  A: {RootVolumeSizeGib: '80', UserVolumeSizeGib: yes, DesiredUserSessions: 100.0, MaxUserDurationInSeconds: 1.5, IdleDisconnectTimeoutInSeconds: x, DisconnectTimeoutInSeconds: 60, RunningModeAutoStopTimeoutInMinutes: '6E1'},
  B: [{RootVolumeEncryptionEnabled: 'no', UserVolumeSizeGib: '2e0'}]}`).(map[string]any)
	r.typed("P", request)
	number := func(s string) any { return json.Number(s) }
	want := map[string]any{
		"UserName": "5", "Nothing": nil, "RootVolumeEncryptionEnabled": true, "UserVolumeEncryptionEnabled": false, "VolumeEncryptionKey": "false",
		"Tags": []any{map[string]any{"Key": "true", "Value": "1e2"}, "x", []any{map[string]any{"RootVolumeSizeGib": "8"}}},
		"A":    map[string]any{"RootVolumeSizeGib": number("80"), "UserVolumeSizeGib": true, "MaxUserDurationInSeconds": number("1.5"), "IdleDisconnectTimeoutInSeconds": "x", "DisconnectTimeoutInSeconds": number("60")},
		"B":    []any{map[string]any{"RootVolumeEncryptionEnabled": "no"}},
	}
	if !reflect.DeepEqual(request, want) {
		t.Errorf("%#v\nwant %#v", request, want)
	}
	if at := []string{"P.A.DesiredUserSessions", "P.A.RunningModeAutoStopTimeoutInMinutes", "P.B[0].UserVolumeSizeGib"}; !slices.Equal(r.order, at) {
		t.Errorf("%q, want %q", r.order, at)
	}
	if got, want := r.gaps["P.A.DesiredUserSessions"], (unknown{why: "no document says whether CloudFormation takes 100.0 for a whole number", undocumented: true}); got != want {
		t.Errorf("%+v", got)
	}
}

// A text at a path of members is a text, a number or a boolean that is there.
func TestTextAt(t *testing.T) {
	v := tree(t, "{a: {b: 5, c: x, d: yes, e: [f]}, g: y}")
	for path, want := range map[rule.Path]string{"a.b": "5", "a.c": "x", "a.d": "true", "g": "y", "a": "", "a.e": "", "a.x": "", "x.b": "", "a.b.c": "", "": "", "a.e[0]": ""} {
		if got := textAt(v, path); got != want {
			t.Errorf("%s: %q", path, got)
		}
	}
}
