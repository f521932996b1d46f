package cfn

import (
	"maps"
	"math/big"
	"slices"
	"strings"

	"github.com/wksgo/wks/rule"
)

// parameters tells of parts of the template that have values of a wrong kind, and of parameters whose values the template
// does not allow.
func (q *question) parameters() (answers []answer) {
	for _, x := range q.invalid {
		a := newAnswer(strings.Join(x.at, "."), "part of the template")
		a.at = x.at
		if q.partial {
			a.NotGiven = append(a.NotGiven, x.why+", which a transform may change")
		} else {
			a.Findings = append(a.Findings, broken(templateInvalid, "", x.why))
		}
		a.conclude()
		answers = append(answers, a)
	}
	for _, name := range slices.Sorted(maps.Keys(q.Parameters)) {
		p := q.Parameters[name]
		if p.AllowedValues == nil {
			continue
		}
		a := newAnswer(name, "parameter")
		a.at = []string{"Parameters", name}
		if text, ok := q.given[name]; ok {
			if refused := p.refused(text); refused != "" {
				a.Findings = append(a.Findings, broken(parameterRefused, "AllowedValues", p.told("--parameter: ", refused)))
			}
		}
		if text, ok := scalar(p.Default); ok {
			if refused := p.refused(text); refused != "" {
				a.Findings = append(a.Findings, broken(parameterRefused, "Default", p.told("", refused)))
			}
		}
		if len(a.Findings) > 0 {
			a.conclude()
			answers = append(answers, a)
		}
	}
	return answers
}

// refused returns a value of a parameter that is not allowed, quoted, "" if it is. The user guide does not tell whether that
// of a list is one of AllowedValues, or each part of it: it is refused if it is neither.
func (p parameter) refused(text string) string {
	allows := p.allows()
	if allows(text) {
		return ""
	}
	if p.isList() {
		for part := range strings.SplitSeq(text, ",") {
			if part = strings.TrimSpace(part); !allows(part) {
				return `"` + rule.Shorten(part) + `"`
			}
		}
		return ""
	}
	return `"` + rule.Shorten(text) + `"`
}

// allows returns a function that reports whether a value is one of AllowedValues. What has a function in it may be any. Numbers may be
// written otherwise.
func (p parameter) allows() func(v string) bool {
	any, values := false, map[string]bool{}
	for _, allowed := range p.AllowedValues {
		if text, ok := scalar(allowed); ok {
			values[p.plain(text)] = true
		} else {
			any = any || !literal(allowed)
		}
	}
	return func(v string) bool { return any || values[p.plain(v)] }
}

// isList reports whether the values of a parameter are lists.
func (p parameter) isList() bool {
	return p.Type == "CommaDelimitedList" || strings.HasPrefix(p.Type, "List<")
}

// plain returns a number as all ways to write it have it, and anything else as it is.
func (p parameter) plain(v string) string {
	if !strings.Contains(p.Type, "Number") || len(v) > longestNumber || !isNumber(v) || !isSmall(v) {
		return v
	}
	x, ok := new(big.Rat).SetString(v)
	if !ok {
		return v
	}
	return "\x00" + x.RatString() // which no text is that was written
}

// longestNumber is how many characters a number may have to be compared by its value. A longer one is equal to what is written so.
const longestNumber = 63

// isSmall reports whether an exponent has three digits at most, so that little work compares the number.
func isSmall(number string) bool {
	_, exponent, _ := strings.Cut(strings.ToLower(number), "e")
	return len(strings.TrimLeft(exponent, "+-0")) <= 3
}

// told tells of a value that is refused, unless it is not to be shown.
func (p parameter) told(before, value string) string {
	if p.hidden() {
		return before + "a value that is not shown is none of AllowedValues"
	}
	var list []string
	for _, v := range p.AllowedValues[:min(mostNamed, len(p.AllowedValues))] {
		if text, ok := scalar(v); ok {
			list = append(list, rule.Shorten(text))
		}
	}
	if len(p.AllowedValues) > mostNamed {
		list = append(list, "…")
	}
	return before + value + " is none of AllowedValues: " + strings.Join(list, ", ")
}

// mostNamed is how many values a text names.
const mostNamed = 8
