package troubleshoot_test

import (
	"errors"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/troubleshoot"
)

// messages are the lines of a file: the key of a symptom, and a message that means it.
func messages(t *testing.T, file string) (keys []troubleshoot.Key, texts []string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for l := range strings.Lines(string(data)) {
		if key, text, ok := strings.Cut(strings.TrimSpace(l), "\t"); ok && key[0] != '#' {
			keys, texts = append(keys, troubleshoot.Key(key)), append(texts, text)
		}
	}
	return keys, texts
}

// first is the symptom that a text most likely means, "" if none.
func first(t interface {
	Helper()
	Fatalf(string, ...any)
}, text string) troubleshoot.Key {
	t.Helper()
	list, err := troubleshoot.Newest().Find(text)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	if len(list) == 0 {
		return ""
	}
	return list[0].Symptom.Key
}

func TestFindMessages(t *testing.T) {
	for file, n := range map[string]int{"messages.tsv": 60, "messages-later.tsv": 50, "messages-blind.tsv": 60} {
		keys, texts := messages(t, "testdata/"+file)
		if len(keys) != n {
			t.Fatalf("%s: %d messages", file, len(keys))
		}
		for i, text := range texts {
			if got := first(t, text); got != keys[i] {
				t.Errorf("%q: %s, want %s", text, got, keys[i])
			}
		}
	}
}

// What the product prints is found alone, in another case, in the middle of other words, and with a letter exchanged.
func TestFindWhatIsPrinted(t *testing.T) {
	for _, s := range troubleshoot.Newest().Symptoms() {
		for _, m := range s.Messages {
			for _, text := range []string{m, strings.ToUpper(m), "since Monday a user in Berlin reports: " + m + " What to do?"} {
				list, err := troubleshoot.Newest().Find(text)
				if err != nil || len(list) == 0 || list[0].Symptom.Key != s.Key {
					t.Errorf("%q: %v, want %s", text, list, s.Key)
				}
			}
		}
	}
}

// A word that is misspelt decides alone.
func TestFindMisspelt(t *testing.T) {
	for text, want := range map[string]troubleshoot.Key{
		"micropohne and webcma": "microphone", "chromebok androit": "chromebook-android", "thortling, rate exeeded": "throttling", "kerbreos unavialable": "connectivity-issues",
		"firefx too old": "firefox-amazon-linux", "fine graned password polcy": "password-policy", "AccesDeniedException": "AccessDeniedException",
	} {
		if got := first(t, text); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestFindErrorsOfPrograms(t *testing.T) {
	for text, want := range map[string]troubleshoot.Key{
		"An error occurred (ResourceLimitExceededException) when calling the CreateWorkspaces operation: Your resource limits have been exceeded.":                       "ResourceLimitExceededException",
		"An error occurred (AccessDeniedException) when calling the CreateWorkspaces operation":                                                                          "AccessDeniedException",
		"botocore.exceptions.ClientError: An error occurred (ThrottlingException) when calling the DescribeWorkspaces operation (reached max retries: 4): Rate exceeded": "throttling",
		"api error OperationInProgressException: The properties of this WorkSpace are currently being modified":                                                          "OperationInProgressException",
		"\"errorCode\": \"InvalidResourceStateException\"":                                                                                                               "InvalidResourceStateException",
		"UnsupportedNetworkConfigurationException":                                                                                                                       "UnsupportedNetworkConfigurationException",
	} {
		if got := first(t, text); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

// Nothing is found in what has nothing to do with it.
func TestFindNothing(t *testing.T) {
	for _, text := range []string{"", " \n", "how do I bake bread", "the weather is nice today in Paris", "my invoice is too high", "!!!", "\x00\xff", "hello, anyone there?"} {
		if got := first(t, text); got != "" {
			t.Errorf("%q: %s", text, got)
		}
	}
}

func TestFindInEditions(t *testing.T) {
	for date, want := range map[string]int{"2018-02-03": 0, "2020-01-10": 0, "2020-02-06": 1, "2026-09-10": 1} {
		r, err := troubleshoot.At(rule.MustParseEdition(date))
		if err != nil {
			t.Fatal(err)
		}
		list, err := r.Find("This device is not authorized to access the WorkSpace. Please contact your administrator for assistance.")
		got := 0
		for _, m := range list {
			if m.Symptom.Key == "device-not-authorized" {
				got++
			}
		}
		if err != nil || got != want {
			t.Errorf("%s: %v, %v", date, list, err)
		}
	}
}

func TestFindRefusesWhatIsLong(t *testing.T) {
	if _, err := troubleshoot.Newest().Find(strings.Repeat("x", 4096)); err != nil {
		t.Error(err)
	}
	var input *rule.InputError
	if _, err := troubleshoot.Newest().Find(strings.Repeat("x", 4097)); !errors.As(err, &input) || input.Path != "Text" || len(err.Error()) > 500 {
		t.Error(err)
	}
}

// An exchange of two neighbouring letters in one long word of a message does not hide it, nor do the order of sentences
// and words around it. The result is the same each time, best first.
func TestFindProperties(t *testing.T) {
	keys, texts := messages(t, "testdata/messages.tsv")
	rapid.Check(t, func(t *rapid.T) {
		i := rapid.IntRange(0, len(texts)-1).Draw(t, "message")
		words := strings.Fields(texts[i])
		text := strings.Join(words, rapid.SampledFrom([]string{" ", "  ", "\n", " \t"}).Draw(t, "blank"))
		text = rapid.SampledFrom([]string{"", "hello, ", "Re: "}).Draw(t, "before") + text + rapid.SampledFrom([]string{"", " thanks!", " (since Monday)", " 😀"}).Draw(t, "after")
		if got := first(t, text); got != keys[i] {
			t.Fatalf("%q: %s, want %s", text, got, keys[i])
		}
		any := rapid.String().Draw(t, "text")
		if len(any) > 4096 {
			return
		}
		a, err := troubleshoot.Newest().Find(any + " " + texts[i])
		b, _ := troubleshoot.Newest().Find(any + " " + texts[i])
		if err != nil || len(a) != len(b) || len(a) > 5 {
			t.Fatal(len(a), len(b), err)
		}
		for j := range a {
			if a[j].Symptom.Key != b[j].Symptom.Key || a[j].Score != b[j].Score || j > 0 && a[j].Score > a[j-1].Score || len(a[j].Why) == 0 {
				t.Fatalf("%+v, %+v", a[j], b[j])
			}
		}
	})
}

// Of messages with one typo in their longest word, nearly all are found: where a typo makes another word of one that
// decides, no reader can tell.
func TestFindWithTypos(t *testing.T) {
	keys, texts := messages(t, "testdata/messages.tsv")
	random := rand.New(rand.NewPCG(1, 2))
	right, n := 0, 0
	for range 5 {
		for i, text := range texts {
			words := strings.Fields(text)
			long := 0
			for j, w := range words {
				if len(w) > len(words[long]) {
					long = j
				}
			}
			w := []rune(words[long])
			at := 1 + random.IntN(len(w)-2)
			w[at], w[at+1] = w[at+1], w[at]
			words[long] = string(w)
			if n++; first(t, strings.Join(words, " ")) == keys[i] {
				right++
			}
		}
	}
	if right*100 < n*95 {
		t.Errorf("%d of %d", right, n)
	}
}

// A text that means more than five symptoms alike has five matches.
func TestFindFiveAtMost(t *testing.T) {
	names := []string{"ResourceLimitExceededException", "AccessDeniedException", "OperationInProgressException", "InvalidResourceStateException", "UnsupportedNetworkConfigurationException",
		"ResourceAlreadyExistsException", "ResourceAssociatedException"}
	for n := 1; n <= len(names); n++ {
		list, err := troubleshoot.Newest().Find(strings.Join(names[:n], ", "))
		if err != nil || len(list) < min(n, 5) || len(list) > 5 {
			t.Errorf("%d names: %d matches, %v", n, len(list), err)
		}
	}
}
