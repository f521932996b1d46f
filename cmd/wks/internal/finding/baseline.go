package finding

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/wksgo/wks/rule"
)

// An Entry of a baseline accepts the finding of a code about a subject.
type Entry struct {
	Code    rule.Code `json:"code"`
	Subject string    `json:"subject"`          // identifier of the resource, as the report has it
	Region  string    `json:"region,omitempty"` // "" for any
	Reason  string    `json:"reason"`           // why it is accepted; not empty
	Until   string    `json:"until"`            // the last day on which it is, YYYY-MM-DD
	Expired bool      `json:"expired,omitempty"`
}

// A Baseline is a list of findings that are accepted.
type Baseline struct {
	Accepted []Entry `json:"accepted"`
}

// acceptedFor is how long an entry of WriteBaseline is valid.
const acceptedFor = 90 * 24 * time.Hour

// defaultReason is the reason of an entry of WriteBaseline.
const defaultReason = "found when the baseline was written"

// maxBaseline is the most that is read of a baseline.
const maxBaseline = 64 << 20

// ReadBaseline reads a file. The error names the entry that cannot be used.
func ReadBaseline(name string) (*Baseline, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxBaseline+1))
	if err == nil && len(data) > maxBaseline {
		err = fmt.Errorf("is longer than the %d MiB that are read of a baseline", maxBaseline>>20)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	b, err := parseBaseline(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return b, nil
}

func parseBaseline(data []byte) (*Baseline, error) {
	var b Baseline
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&b); err != nil {
		return nil, err
	}
	if d.More() {
		return nil, fmt.Errorf("has more than one document")
	}
	if b.Accepted == nil {
		return nil, fmt.Errorf(`has no member "accepted"`)
	}
	for i, e := range b.Accepted {
		at := rule.Path("accepted").Index(i)
		switch _, err := time.Parse(time.DateOnly, e.Until); {
		case e.Code == "":
			return nil, fmt.Errorf("%s.code: is empty", at)
		case e.Subject == "":
			return nil, fmt.Errorf("%s.subject: is empty", at)
		case e.Reason == "":
			return nil, fmt.Errorf("%s.reason: is empty: say why the finding is accepted", at)
		case err != nil:
			return nil, fmt.Errorf("%s.until: %q is not a date written YYYY-MM-DD", at, rule.Shorten(e.Until))
		}
	}
	return &b, nil
}

// A matcher finds the entry of a baseline for a finding.
type matcher struct {
	entries []Entry
	index   map[entryKey]int // the entry that is valid longest
	used    []bool
	today   string
}

type entryKey struct {
	code            rule.Code
	subject, region string
}

// Use lets a baseline accept, as of a day, what is added from now on.
func (r *Report) Use(b *Baseline, day time.Time) {
	m := &matcher{
		entries: slices.Clone(b.Accepted), index: map[entryKey]int{},
		used: make([]bool, len(b.Accepted)), today: day.UTC().Format(time.DateOnly),
	}
	for i, e := range m.entries {
		k := entryKey{e.Code, e.Subject, e.Region}
		other, twice := m.index[k]
		switch {
		case !twice:
			m.index[k] = i
		case m.entries[other].Until < e.Until:
			m.index[k], m.used[other] = i, true
		default:
			m.used[i] = true
		}
	}
	r.accepts = m
}

// match returns the entry that accepts an occurrence of a finding, and nil if none does.
func (m *matcher) match(c rule.Code, o Occurrence) *Entry {
	if m == nil {
		return nil
	}
	for _, region := range []string{o.Region, ""} {
		i, found := m.index[entryKey{c, o.Resource.Subject(), region}]
		if !found {
			continue
		}
		e := &m.entries[i]
		if e.Until >= m.today {
			m.used[i] = true
			return e
		}
		e.Expired = true
	}
	return nil
}

// gone are the entries that accept nothing.
func (m *matcher) gone() []Entry {
	list := []Entry{}
	if m == nil {
		return list
	}
	for i, e := range m.entries {
		if !m.used[i] {
			list = append(list, e)
		}
	}
	return list
}

// Baseline returns one that accepts all findings of the report: those accepted already keep their
// reason and day, and the others get 90 days from a day on.
func (r *Report) Baseline(day time.Time) *Baseline {
	b := &Baseline{Accepted: []Entry{}}
	seen := map[Entry]bool{}
	until := day.UTC().Add(acceptedFor).Format(time.DateOnly)
	for _, list := range [][]*Finding{r.Accepted, r.Findings} {
		for _, f := range list {
			for _, o := range f.Occurrences {
				e := Entry{Code: f.Code, Subject: o.Resource.Subject(), Region: o.Region}
				if seen[e] {
					continue
				}
				seen[e] = true
				e.Reason, e.Until = cmp.Or(o.Reason, defaultReason), cmp.Or(o.Until, until)
				b.Accepted = append(b.Accepted, e)
			}
		}
	}
	slices.SortStableFunc(b.Accepted, func(x, y Entry) int {
		return cmp.Or(cmp.Compare(x.Code, y.Code), cmp.Compare(x.Region, y.Region), cmp.Compare(x.Subject, y.Subject))
	})
	return b
}
