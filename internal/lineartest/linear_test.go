package lineartest

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"testing"
)

func grown(f func(n int) int) (list []work) {
	for n := least; n <= 8*least; n *= 2 {
		list = append(list, work{f(n), f(n)})
	}
	return list
}

func TestJudge(t *testing.T) {
	for name, tt := range map[string]struct {
		f     func(n int) int
		fault bool
	}{
		"linear":    {func(n int) int { return 40*n + 1000 }, false},
		"n log n":   {func(n int) int { return n * (8 + n/1000) }, false},
		"quadratic": {func(n int) int { return n * n }, true},
		"hidden":    {func(n int) int { return 4000*n + 3*n*n }, true},
		"nothing":   {func(int) int { return 3 }, true},
		"constant":  {func(int) int { return least }, false},
		"cubic":     {func(n int) int { return n * n * n }, true},
	} {
		if fault := judge(grown(tt.f)); (fault != "") != tt.fault {
			t.Errorf("%s: %q", name, fault)
		}
	}
}

func TestJudgeConstant(t *testing.T) {
	if fault := judgeConstant(grown(func(int) int { return 3 })); fault != "" {
		t.Error(fault)
	}
	if fault := judgeConstant([]work{{Statements: -87}, {Statements: 12}, {Statements: -12}, {Statements: 143}}); fault != "" {
		t.Error(fault)
	}
	if judgeConstant(grown(func(n int) int { return 3000 + n/2 })) == "" {
		t.Error("work that grows is taken for constant")
	}
	if isConstant("Check") || !isConstant("Check, of none") || !isConstant("Check, of few") {
		t.Error("names are misread")
	}
}

// What takes a list is found in what it takes, at any depth.
func TestExported(t *testing.T) {
	config := types.Config{Importer: importer.ForCompiler(token.NewFileSet(), "source", nil)}
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, "held.go", `package held
		import ("context"; "io"; "iter"; "time")
		type Held struct{ Below *struct{ Lists []int } }
		type Unheld struct { Next *Unheld; Few [3]int; hidden []int }
		type hidden []int
		func (hidden) Hidden() {}
		func (Held) Receiver() {}
		func (Unheld) Nothing() {}
		func (*Unheld) Parameter(map[string]Unheld) {}
		func Struct(*Held) {}
		func Reader(io.Reader) {}
		func Anything(any) {}
		func Variadic(...int) {}
		func Iterator(iter.Seq2[int, int]) {}
		func Short(context.Context, time.Time, Unheld, bool) {}`, 0)
	if err != nil {
		t.Fatal(err)
	}
	pkg, err := config.Check("held", set, []*ast.File{file}, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"Anything", "Held.Receiver", "Iterator", "Reader", "Struct", "Unheld.Parameter", "Variadic"}
	if got := exported(pkg); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestStatements(t *testing.T) {
	n, err := statements([]byte("mode: count\na/b.go:1.2,3.4 2 10\na/b.go:5.2,6.4 1 7\n"))
	if n != 27 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	if _, err := statements([]byte("a/b.go:1.2,3.4 x 10\n")); err == nil {
		t.Error("a number that is none is read")
	}
}
