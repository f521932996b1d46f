package lineartest

import "testing"

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

func TestStatements(t *testing.T) {
	n, err := statements([]byte("mode: count\na/b.go:1.2,3.4 2 10\na/b.go:5.2,6.4 1 7\n"))
	if n != 27 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	if _, err := statements([]byte("a/b.go:1.2,3.4 x 10\n")); err == nil {
		t.Error("a number that is none is read")
	}
}
