package troubleshoot_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/troubleshoot"
)

func statuses(d troubleshoot.Diagnosis) map[rule.Code]troubleshoot.Status {
	m := map[rule.Code]troubleshoot.Status{}
	for _, j := range d.Causes {
		m[j.Code] = j.Status
	}
	return m
}

// A user over PCoIP is refused by an IP access control group; the directory restricts no type of device.
func TestDiagnose(t *testing.T) {
	d, err := troubleshoot.Newest().Diagnose("device-not-authorized", troubleshoot.Facts{
		DeviceAccess: "ALLOW", Answers: map[troubleshoot.Question]bool{troubleshoot.IPGroupsAssigned: true, troubleshoot.ClientAddressAdmitted: false},
	})
	want := map[rule.Code]troubleshoot.Status{
		troubleshoot.ClientAddressNotAdmitted: troubleshoot.Shown, troubleshoot.DeviceNotTrusted: troubleshoot.RuledOut, troubleshoot.DeviceTypeNotAdmitted: troubleshoot.RuledOut,
	}
	if err != nil || !maps.Equal(statuses(d), want) || d.Verdict != rule.Denied || d.Next != nil || len(d.Open) != 0 || !errors.Is(d.Err(), troubleshoot.ClientAddressNotAdmitted) {
		t.Errorf("%+v, %v", d, err)
	}
	d, err = troubleshoot.Newest().Diagnose("device-not-authorized", troubleshoot.Facts{Answers: map[troubleshoot.Question]bool{troubleshoot.IPGroupsAssigned: true}})
	if err != nil || d.Verdict != rule.Undocumented || d.Next == nil || d.Next.Question != troubleshoot.ClientAddressAdmitted || d.Next.Test == "" || len(d.Violations) != 0 {
		t.Errorf("%+v, %v", d, err)
	}
	d, err = troubleshoot.Newest().Diagnose("device-not-authorized", troubleshoot.Facts{DeviceAccess: "ALLOW", Answers: map[troubleshoot.Question]bool{troubleshoot.IPGroupsAssigned: false}})
	if err != nil || d.Verdict != rule.Allowed || len(d.Of(troubleshoot.RuledOut)) != 3 {
		t.Errorf("%+v, %v", d, err)
	}
}

// What is easier to tell is asked first: members of Facts before questions.
func TestFieldsAreAskedFirst(t *testing.T) {
	both := 0
	for _, e := range troubleshoot.Editions() {
		r, err := troubleshoot.At(e)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range r.Symptoms() {
			d, err := r.Diagnose(s.Key, troubleshoot.Facts{})
			if err != nil {
				t.Fatal(err)
			}
			for _, j := range d.Causes {
				questions := 0
				for _, u := range j.Asks {
					switch {
					case u.Question != "":
						if questions++; u.Path != rule.Path("Answers").Join(rule.Path(u.Question)) {
							t.Errorf("%s, %s: %s is asked at %q", e, j.Code, u.Question, u.Path)
						}
					case questions > 0:
						t.Errorf("%s, %s: %s is asked behind a question", e, j.Code, u.Path)
					}
				}
				if questions > 0 && questions < len(j.Asks) {
					both++
				}
			}
		}
	}
	if both == 0 {
		t.Error("no cause asks both")
	}
}

// A value that this release does not know decides nothing; one that AWS does not have is an error.
func TestDiagnoseUnknownValues(t *testing.T) {
	d, err := troubleshoot.Newest().Diagnose("invitation-emails", troubleshoot.Facts{DirectoryType: "NEW_DIRECTORY"})
	if err != nil || statuses(d)[troubleshoot.NoMailsOfADConnector] != troubleshoot.Open {
		t.Errorf("%+v, %v", d, err)
	}
	for path, f := range map[rule.Path]troubleshoot.Facts{
		"Client": {Client: "phone"}, "System": {System: "dos"}, "Protocol": {Protocol: "rdp"}, "Answers": {Answers: map[troubleshoot.Question]bool{"is-it-on": true}},
	} {
		var input *rule.InputError
		if _, err := troubleshoot.Newest().Diagnose("loading-screen", f); !errors.As(err, &input) || input.Path != path {
			t.Errorf("%s: %v", path, err)
		}
	}
	var input *rule.InputError
	if _, err := troubleshoot.Newest().Diagnose("no-such-thing", troubleshoot.Facts{}); !errors.As(err, &input) || input.Path != "Symptom" {
		t.Error(err)
	}
	if d, err := troubleshoot.Newest().Diagnose("AccessDeniedException", troubleshoot.Facts{}); err != nil || d.Verdict != rule.Undocumented || len(d.OpenBy(rule.ByDocuments)) != 1 {
		t.Errorf("%+v, %v", d, err)
	}
}

var (
	clients   = []troubleshoot.Client{"", troubleshoot.Windows, troubleshoot.MacOS, troubleshoot.ChromeOS, troubleshoot.Web, troubleshoot.ZeroClient}
	systems   = []troubleshoot.System{"", troubleshoot.WindowsSystem, troubleshoot.AmazonLinux, troubleshoot.Ubuntu, troubleshoot.OtherLinux}
	protocols = []troubleshoot.Protocol{"", troubleshoot.PCoIP, troubleshoot.DCV}
)

// someFacts draws facts of which many are not known.
func someFacts(t *rapid.T, label string) troubleshoot.Facts {
	f := troubleshoot.Facts{
		Client: rapid.SampledFrom(clients).Draw(t, label+" client"), System: rapid.SampledFrom(systems).Draw(t, label+" system"), Protocol: rapid.SampledFrom(protocols).Draw(t, label+" protocol"),
		DirectoryType: rapid.SampledFrom([]string{"", "SIMPLE_AD", "AD_CONNECTOR", "?"}).Draw(t, label+" directory"), RunningMode: rapid.SampledFrom([]string{"", "AUTO_STOP", "ALWAYS_ON"}).Draw(t, label+" mode"),
		ComputeType: rapid.SampledFrom([]string{"", "PERFORMANCE", "STANDARD"}).Draw(t, label+" compute"), DeviceAccess: rapid.SampledFrom([]string{"", "ALLOW", "DENY", "TRUST"}).Draw(t, label+" access"),
		Answers: map[troubleshoot.Question]bool{},
	}
	for _, q := range troubleshoot.Questions() {
		switch rapid.IntRange(0, 2).Draw(t, label+string(q.Question)) {
		case 1:
			f.Answers[q.Question] = true
		case 2:
			f.Answers[q.Question] = false
		}
	}
	return f
}

// contradicted reports whether facts contradict what else must be so for a cause, as the package gives it out.
func contradicted(f troubleshoot.Facts, given []string) bool {
	for _, g := range given {
		name, values, _ := strings.Cut(g, " is ")
		have := map[string]string{
			"Client": string(f.Client), "System": string(f.System), "Protocol": string(f.Protocol), "DirectoryType": f.DirectoryType, "RunningMode": f.RunningMode, "ComputeType": f.ComputeType, "DeviceAccess": f.DeviceAccess,
		}[name]
		if have != "" && have != "?" && !slices.Contains(strings.Split(values, " or "), have) {
			return true
		}
	}
	return false
}

// A cause that facts contradict is never shown; one that is shown has all that it needs; more facts never open what was
// closed, nor turn it round.
func TestDiagnoseProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, err := troubleshoot.At(rapid.SampledFrom(troubleshoot.Editions()).Draw(t, "edition"))
		if err != nil {
			t.Skip()
		}
		s := rapid.SampledFrom(r.Symptoms()).Draw(t, "symptom")
		less := someFacts(t, "")
		more := less
		more.Answers = maps.Clone(less.Answers)
		extra := someFacts(t, "more ")
		for q, a := range extra.Answers {
			if _, known := more.Answers[q]; !known {
				more.Answers[q] = a
			}
		}
		if more.Client == "" {
			more.Client = extra.Client
		}
		if more.System == "" {
			more.System = extra.System
		}
		if more.Protocol == "" {
			more.Protocol = extra.Protocol
		}
		if more.DeviceAccess == "" {
			more.DeviceAccess = extra.DeviceAccess
		}
		before, err := r.Diagnose(s.Key, less)
		if err != nil {
			t.Fatal(err)
		}
		after, err := r.Diagnose(s.Key, more)
		if err != nil {
			t.Fatal(err)
		}
		then := statuses(after)
		for i, j := range before.Causes {
			if told := len(j.Because); j.Status == troubleshoot.Shown && told < len(s.Causes[i].Given)+len(s.Causes[i].Questions) || j.Status != troubleshoot.Open && told == 0 {
				t.Fatalf("%s is %s because of %q", j.Code, j.Status, j.Because)
			}
			if j.Status != troubleshoot.Open && then[j.Code] != j.Status {
				t.Fatalf("%s was %s, and is %s", j.Code, j.Status, then[j.Code])
			}
			bad := contradicted(less, s.Causes[i].Given)
			unknown := false
			for _, q := range s.Causes[i].Questions {
				if _, known := less.Answers[q]; !known {
					unknown = true
				}
			}
			if j.Status == troubleshoot.Shown && (bad || unknown) || j.Status == troubleshoot.Open && bad || j.Status == troubleshoot.RuledOut && len(j.Because) == 0 || (j.Status == troubleshoot.Open) != (len(j.Asks) > 0) {
				t.Fatalf("%+v of %+v", j, less)
			}
		}
		for i, o := range before.Open {
			if slices.ContainsFunc(before.Open[:i], func(other rule.Open) bool { return other.Path == o.Path }) {
				t.Fatalf("%s is asked twice", o.Path)
			}
		}
		shown := before.Of(troubleshoot.Shown)
		if len(before.Violations) != len(shown) || (before.Next == nil) != (len(before.Of(troubleshoot.Open)) == 0) || before.Verdict != before.Concluded().Verdict {
			t.Fatalf("%+v", before)
		}
		for i, v := range before.Violations {
			if v.Code != shown[i].Code || v.Cite != shown[i].Cite || v.Remedy != shown[i].Remedy {
				t.Fatalf("%+v, %+v", v, shown[i])
			}
		}
	})
}

// Each cause has facts that show it, and turning any one answer round rules it out.
func TestEveryAnswerDecides(t *testing.T) {
	for _, e := range troubleshoot.Editions() {
		r, err := troubleshoot.At(e)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range r.Symptoms() {
			for _, c := range s.Causes {
				facts, ok := showing(r, s, c)
				if !ok {
					t.Errorf("%s, %s: nothing shows it", e, c.Code)
					continue
				}
				for _, q := range c.Questions {
					other := facts
					other.Answers = maps.Clone(facts.Answers)
					other.Answers[q] = !facts.Answers[q]
					if d, err := r.Diagnose(s.Key, other); err != nil || statuses(d)[c.Code] != troubleshoot.RuledOut {
						t.Errorf("%s, %s: %s decides nothing, %v", e, c.Code, q, err)
					}
				}
			}
		}
	}
}

// showing looks for facts that show a cause.
func showing(r troubleshoot.Rules, s troubleshoot.Symptom, c troubleshoot.Cause) (troubleshoot.Facts, bool) {
	var f troubleshoot.Facts
	for _, g := range c.Given {
		name, values, _ := strings.Cut(g, " is ")
		value, _, _ := strings.Cut(values, " or ")
		switch name {
		case "Client":
			f.Client = troubleshoot.Client(value)
		case "System":
			f.System = troubleshoot.System(value)
		case "Protocol":
			f.Protocol = troubleshoot.Protocol(value)
		case "DirectoryType":
			f.DirectoryType = value
		case "RunningMode":
			f.RunningMode = value
		case "ComputeType":
			f.ComputeType = value
		case "DeviceAccess":
			f.DeviceAccess = value
		}
	}
	if c.Code == troubleshoot.UpdateSkippedMac { // the symptom has Windows as well
		f.Client = troubleshoot.MacOS
	}
	for bits := range 1 << len(c.Questions) {
		f.Answers = map[troubleshoot.Question]bool{}
		for i, q := range c.Questions {
			f.Answers[q] = bits>>i&1 == 1
		}
		if d, err := r.Diagnose(s.Key, f); err == nil && statuses(d)[c.Code] == troubleshoot.Shown {
			return f, true
		}
	}
	return f, false
}

// Every document that a symptom or a cause cites is in the list of documents, which is the caller's.
func TestDocumentsOfSymptoms(t *testing.T) {
	known := map[string]bool{}
	for _, d := range troubleshoot.Documents() {
		known[d.Key] = true
	}
	for _, s := range troubleshoot.Newest().Symptoms() {
		if !known[s.Cite.Document] {
			t.Errorf("%s cites %q", s.Key, s.Cite.Document)
		}
		for _, c := range s.Causes {
			if !known[c.Cite.Document] {
				t.Errorf("%s cites %q", c.Code, c.Cite.Document)
			}
		}
	}
}
