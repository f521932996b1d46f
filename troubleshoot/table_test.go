package troubleshoot_test

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/troubleshoot"
)

// The tables hold what the versions of the chapter have, on every day on which something changed and on the day before.
func TestGrid(t *testing.T) {
	text, err := os.ReadFile("testdata/grid.txt")
	if err != nil {
		t.Fatal(err)
	}
	type row struct {
		span rule.Span
		name string
	}
	var rows []row
	days := map[rule.Edition]bool{troubleshoot.Newest().Edition(): true}
	for l := range strings.Lines(string(text)) {
		if l[0] == '#' {
			continue
		}
		f := strings.Fields(l)
		r := row{rule.Span{Since: rule.MustParseEdition(f[0])}, f[2]}
		if f[1] != "-" {
			r.span.Until = rule.MustParseEdition(f[1])
		}
		rows = append(rows, r)
		for _, e := range []rule.Edition{r.span.Since, r.span.Until} {
			if e != (rule.Edition{}) {
				days[e] = true
				if before := rule.MustParseEdition(e.Date().AddDate(0, 0, -1).Format("2006-01-02")); before.Compare(rows[0].span.Since) >= 0 {
					days[before] = true
				}
			}
		}
	}
	for _, day := range slices.SortedFunc(maps.Keys(days), rule.Edition.Compare) {
		r, err := troubleshoot.At(day)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]bool{}
		for _, s := range r.Symptoms() {
			if s.API {
				continue
			}
			got[string(s.Key)] = true
			for _, c := range s.Causes {
				got[string(s.Key)+"/"+strings.TrimPrefix(string(c.Code), "troubleshoot.")] = true
			}
		}
		for _, w := range rows {
			if in := w.span.Contains(day); in != got[w.name] {
				t.Errorf("%s: %s is there: %t, want %t", day, w.name, got[w.name], in)
			}
			delete(got, w.name)
		}
		for name := range got {
			t.Errorf("%s: %s is not in the chapter", day, name)
		}
	}
}

// The errors of the API, with the day from which the service model has each. They were drawn from the model's versions.
func TestErrorsOfTheAPI(t *testing.T) {
	for day, want := range map[string]int{"2018-02-03": 8, "2018-04-30": 12, "2019-11-15": 14, "2023-10-05": 19, "2024-04-18": 22, "2025-06-26": 23, "2026-09-10": 23} {
		r, err := troubleshoot.At(rule.MustParseEdition(day))
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, s := range r.Symptoms() {
			if s.API {
				if n++; s.Advice == "" || len(s.Messages) == 0 || s.Messages[0] != string(s.Key) {
					t.Errorf("%+v", s)
				}
			}
		}
		if n != want {
			t.Errorf("%s: %d errors, want %d", day, n, want)
		}
	}
}

// Questions are sentences that somebody can answer, and each is asked by a cause of some edition.
func TestQuestions(t *testing.T) {
	asked := map[troubleshoot.Question]bool{}
	for _, e := range troubleshoot.Editions() {
		r, err := troubleshoot.At(e)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range r.Symptoms() {
			for _, c := range s.Causes {
				if len(c.Questions)+len(c.Given) == 0 {
					t.Errorf("%s: nothing decides", c.Code)
				}
				for _, q := range c.Questions {
					asked[q] = true
				}
			}
		}
	}
	questions := troubleshoot.Questions()
	for n, q := range questions {
		if !asked[q.Question] {
			t.Errorf("%s: no cause asks it", q.Question)
		}
		if n > 0 && questions[n-1].Question >= q.Question {
			t.Errorf("%s is out of order", q.Question)
		}
		if !strings.HasSuffix(q.Text, "?") || !strings.HasSuffix(q.Test, ".") {
			t.Errorf("%s: %q, %q", q.Question, q.Text, q.Test)
		}
		delete(asked, q.Question)
	}
	for q := range asked {
		t.Errorf("%s is no question", q)
	}
}

// What a symptom is about is what its heading names: a system, a protocol, or a client. The other symptoms are about all of them.
func TestWhatSymptomsAreAbout(t *testing.T) {
	about := map[troubleshoot.Key]string{
		"linux-user-name": "amazon-linux", "linux-shell-changed": "amazon-linux pcoip", "linux-will-not-start": "amazon-linux pcoip", "firefox-amazon-linux": "amazon-linux", "gnome-crashes": "ubuntu",
		"logon-banner": "windows", "cannot-connect-windows": "windows", "installer-policy": "windows", "sleeps-when-idle": "windows", "microphone": "windows", "certificate-logon": "windows", "installation-media": "windows",
		"no-network": "dcv", "web-access-logon": "web", "platform-not-authorized": "web", "zero-client-certificate": "zero-client", "zero-client-usb": "zero-client", "client-update-skipped": "windows macos",
		"chromebook-android": "chromeos", "disconnects-in-background": "macos",
	}
	seen := map[troubleshoot.Key]bool{}
	for _, e := range troubleshoot.Editions() {
		r, err := troubleshoot.At(e)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range r.Symptoms() {
			var words []string
			for _, w := range s.Systems {
				words = append(words, string(w))
			}
			for _, w := range s.Protocols {
				words = append(words, string(w))
			}
			for _, w := range s.Clients {
				words = append(words, string(w))
			}
			seen[s.Key] = true
			if got := strings.Join(words, " "); got != about[s.Key] {
				t.Errorf("%s: %s is about %q, want %q", e, s.Key, got, about[s.Key])
			}
		}
	}
	for key := range about {
		if !seen[key] {
			t.Errorf("%s is no symptom", key)
		}
	}
}

// What the chapter prints as messages: how many of a symptom, and each that is one word alone. What a heading has in quotes as a message is one.
func TestMessagesOfTheChapter(t *testing.T) {
	counts := map[troubleshoot.Key]int{
		"cannot-connect-windows": 1, "loading-screen": 1, "status-unhealthy-message": 1, "device-not-authorized": 1, "no-network": 1, "registration-service": 2, "zero-client-certificate": 3,
		"installer-policy": 1, "dns-unavailable": 1, "connectivity-issues": 3, "srv-record": 2, "crashes": 4, "same-user-name": 1, "throttling": 2, "saml-launch-error": 1, "saml-tags": 1,
		"common-algorithm": 1, "platform-not-authorized": 1,
	}
	oneWord := map[string]troubleshoot.Key{"Loading...": "loading-screen", "spacedeskHookKmode.sys": "crashes", "spacedeskHookUmode.dll": "crashes", "ThrottlingException": "throttling"}
	quoted := regexp.MustCompile(`message,? (?:text )?["“]([^"“”]+)["”]`)
	inHeadings := 0
	for _, s := range troubleshoot.Newest().Symptoms() {
		if s.API {
			continue
		}
		if len(s.Messages) != counts[s.Key] {
			t.Errorf("%s: %d messages, want %d", s.Key, len(s.Messages), counts[s.Key])
		}
		for _, m := range s.Messages {
			if !strings.Contains(m, " ") {
				if oneWord[m] != s.Key {
					t.Errorf("%s: %q", s.Key, m)
				}
				delete(oneWord, m)
			}
		}
		if m := quoted.FindStringSubmatch(s.Cite.Section); m != nil {
			inHeadings++
			if !slices.ContainsFunc(s.Messages, func(text string) bool { return strings.Contains(text, m[1]) }) {
				t.Errorf("%s: no message is %q", s.Key, m[1])
			}
		}
	}
	if len(oneWord) > 0 || inHeadings < 5 {
		t.Errorf("missing are %v; %d messages in headings", oneWord, inHeadings)
	}
}
