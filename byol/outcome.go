package byol

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/wksgo/wks/rule"
)

// yes is the test of a fact that must be true, and no of one that must be false.
func yes[F any](field func(*F) *bool) test[F] {
	return func(facts *F, _ system, _ *ask) outcome { return boolean(field(facts), true) }
}

func no[F any](field func(*F) *bool) test[F] {
	return func(facts *F, _ system, _ *ask) outcome { return boolean(field(facts), false) }
}

func boolean(p *bool, good bool) outcome {
	if p == nil {
		return outcome{}
	}
	return either(*p == good, p)
}

// fact is the outcome of a fact that may not be known.
func fact[V any](p *V, good func(V) bool) outcome {
	if p == nil {
		return outcome{}
	}
	return either(good(*p), p)
}

// either is Met or Broken by a fact.
func either(met bool, fact any) outcome {
	if met {
		return outcome{Met, fact, nil}
	}
	return outcome{Broken, fact, nil}
}

// noneOf is the test of a list that must be empty, except for what is ignored.
func noneOf[F any](field func(*F) []string, ignored func(string) bool) test[F] {
	return func(facts *F, _ system, _ *ask) outcome {
		all := field(facts)
		if all == nil {
			return outcome{}
		}
		for i := range all {
			if !ignored(all[i]) {
				return outcome{Broken, &all[i], nil}
			}
		}
		return outcome{state: Met}
	}
}

// number is the test of a number that has bounds.
func number[F any](field func(*F) *int) test[F] {
	return func(facts *F, _ system, a *ask) outcome {
		return fact(field(facts), func(n int) bool { return a.holds(int64(n)) })
	}
}

// sized is the test of a size that has bounds.
func sized[F any](field func(*F) *int64) test[F] {
	return func(facts *F, _ system, a *ask) outcome {
		n := field(facts)
		switch {
		case n == nil:
			return outcome{}
		case a.edge && *n == a.min:
			return contradicted((*size)(n), "the documents differ on whether exactly "+size(a.min).String()+" suffices", a.Cite, a.against)
		}
		return either(a.holds(*n), (*size)(n))
	}
}

// show returns what a pointer points to, and "" for nil. It cuts long texts and makes them
// safe to print.
func show(fact any) string {
	v := reflect.ValueOf(fact)
	if !v.IsValid() || v.IsNil() {
		return ""
	}
	if s, ok := fact.(fmt.Stringer); ok {
		return shown(s.String())
	}
	switch v = v.Elem(); v.Kind() {
	case reflect.String:
		return shown(fmt.Sprintf("%q", v.String()))
	case reflect.Slice:
		parts := make([]string, v.Len())
		for i := range parts {
			parts[i] = fmt.Sprint(v.Index(i).Interface())
		}
		return shown("[" + strings.Join(parts, ", ") + "]")
	}
	return fmt.Sprint(v.Interface())
}

func shown(s string) string { return rule.Printable(rule.Shorten(s)) }

// A size is a number of bytes that is shown in GB.
type size int64

// String is the size in GB, with as many decimals as tell it from a whole number.
func (s size) String() string {
	if s%GB == 0 {
		return fmt.Sprintf("%d GB", s/GB)
	}
	return fmt.Sprintf("%.2f GB (%d bytes)", float64(s)/GB, int64(s))
}
