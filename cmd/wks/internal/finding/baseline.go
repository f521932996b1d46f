package finding

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"time"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
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

	file  string
	wrong []unusable
}

// An unusable value of a baseline, and why it is.
type unusable struct {
	at  rule.Path
	why string
}

// acceptedFor is how long an entry of WriteBaseline is valid.
const acceptedFor = 90 * 24 * time.Hour

// defaultReason is the reason of an entry of WriteBaseline.
const defaultReason = "found when the baseline was written"

// maxBaseline is the most that is read of a baseline.
const maxBaseline = 64 << 20

// ReadBaseline reads a file. An entry that cannot be used accepts nothing, and the report of [Report.Use] says why. It
// is an error if the file cannot be read.
func ReadBaseline(name string) (*Baseline, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := cli.ReadAll(f, maxBaseline, "a baseline")
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	b := parseBaseline(data)
	b.file = name
	return b, nil
}

func parseBaseline(data []byte) *Baseline {
	b := &Baseline{Accepted: []Entry{}}
	wrong := func(at rule.Path, format string, args ...any) {
		b.wrong = append(b.wrong, unusable{at, rule.Printable(fmt.Sprintf(format, args...))})
	}
	var file struct {
		Accepted []json.RawMessage `json:"accepted"`
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	var wrongType *json.UnmarshalTypeError
	switch err := d.Decode(&file); {
	case errors.Is(err, io.EOF):
		wrong("", "is empty")
	case errors.Is(err, io.ErrUnexpectedEOF):
		wrong("", "ends in the middle: the file is cut off")
	case errors.As(err, &wrongType) && wrongType.Field != "":
		wrong(rule.Path(wrongType.Field), "is no list but of the type %s", wrongType.Value)
	case errors.As(err, &wrongType):
		wrong("", "is no object but of the type %s", wrongType.Value)
	case err != nil:
		wrong("", "is no baseline that can be used: %v", err)
	case d.More():
		wrong("", "has more than one document")
	case file.Accepted == nil:
		wrong("", `has no member "accepted"`)
	default:
		for i, entry := range file.Accepted {
			if e, at, why := parseEntry(entry); why != "" {
				wrong(rule.Path("accepted").Index(i).Join(at), "%s; the entry accepts nothing", why)
			} else {
				b.Accepted = append(b.Accepted, e)
			}
		}
	}
	return b
}

// parseEntry returns an entry, or the member that cannot be used and why.
func parseEntry(data []byte) (e Entry, at rule.Path, why string) {
	var members map[string]any
	if err := json.Unmarshal(data, &members); err != nil || members == nil {
		return e, "", "is not an object"
	}
	for _, name := range slices.Sorted(maps.Keys(members)) {
		v := members[name]
		text, isText := v.(string)
		flag, isFlag := v.(bool)
		if v == nil {
			continue
		}
		switch name {
		case "code":
			if isText && text != "" {
				if err := e.Code.UnmarshalText([]byte(text)); err != nil {
					return e, "code", rule.Shorten(err.Error())
				}
			}
		case "subject":
			e.Subject = text
		case "region":
			e.Region = text
		case "reason":
			e.Reason = text
		case "until":
			e.Until = text
		case "expired":
			e.Expired, isText = flag, isFlag
		default:
			return e, rule.Path(rule.Shorten(name)), "is no member of an entry"
		}
		if !isText {
			return e, rule.Path(name), "is of the wrong type: " + rule.Shorten(fmt.Sprint(v))
		}
	}
	switch _, err := time.Parse(time.DateOnly, e.Until); {
	case e.Code == "":
		return e, "code", "is empty"
	case e.Subject == "":
		return e, "subject", "is empty"
	case e.Reason == "":
		return e, "reason", "is empty: say why the finding is accepted"
	case err != nil:
		return e, "until", fmt.Sprintf("%q is not a date written YYYY-MM-DD", rule.Shorten(e.Until))
	}
	return e, "", ""
}

// A matcher finds the entry of a baseline for a finding.
type matcher struct {
	entries []Entry
	index   map[entryKey]int // the entry that is valid longest, the first of several
	used    []bool
	today   string
}

type entryKey struct {
	code            rule.Code
	subject, region string
}

// Use lets a baseline accept, as of a day, what is added from now on. What cannot be used of it is an open question.
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
	for _, w := range b.wrong {
		r.Ask(Question{By: rule.ByInput, Reason: w.why, Unusable: true, Decides: true}, "",
			Occurrence{Resource: Resource{Kind: "file", ID: b.file}, File: b.file, Path: string(w.at)})
	}
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
