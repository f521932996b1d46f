package troubleshoot

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// edits is the number of single edits of a into b, by trying all: a letter added, left out or replaced, or two neighbours exchanged, each
// place being edited once.
func edits(a, b []rune) int {
	switch {
	case len(a) == 0:
		return len(b)
	case len(b) == 0:
		return len(a)
	}
	x, y := a[:len(a)-1], b[:len(b)-1]
	if a[len(x)] == b[len(y)] {
		return edits(x, y)
	}
	n := 1 + min(edits(x, b), edits(a, y), edits(x, y))
	if len(x) > 0 && len(y) > 0 && a[len(x)-1] == b[len(y)] && a[len(x)] == b[len(y)-1] {
		n = min(n, 1+edits(x[:len(x)-1], y[:len(y)-1]))
	}
	return n
}

func TestDistance(t *testing.T) {
	letters := rapid.StringOfN(rapid.SampledFrom([]rune("abä")), 0, 7, -1)
	check := func(t interface{ Fatalf(string, ...any) }, a, b string) {
		for most := range 4 {
			if got, want := distance(a, b, most), min(edits([]rune(a), []rune(b)), most+1); got != want {
				t.Fatalf("%q to %q is %d, want %d", a, b, got, want)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) { check(t, letters.Draw(t, "a"), letters.Draw(t, "b")) })
	for _, pair := range [][2]string{{"", ""}, {"", "ab"}, {"ab", "ba"}, {"abc", "cab"}, {"abcd", "badc"}, {"abcd", "abcd"}, {"aab", "aba"}, {"abab", "baba"}, {"a", "aaaa"}, {"äb", "bä"}} {
		check(t, pair[0], pair[1])
		check(t, pair[1], pair[0])
	}
}

// A word of up to four letters must be right, one of up to eight may have one typo, and a longer one two.
func TestTypos(t *testing.T) {
	for letters, want := range map[int]int{0: 0, 4: 0, 5: 1, 8: 1, 9: 2, 30: 2} {
		if got := typos(letters); got != want {
			t.Errorf("%d letters: %d typos", letters, got)
		}
	}
}

// A word is the term that is right, or that has the fewest wrong letters.
func TestLookUp(t *testing.T) {
	x := &index{ids: map[string]int{}}
	for _, w := range []string{"port", "printer", "printed", "microphone", "password"} {
		x.add(word{w, w})
	}
	for text, want := range map[string]hit{
		"port": {"port", 0, 1}, "ports": {"ports", 0, 1}, "pxrt": {"pxrt", 0, 0}, "printer": {"printer", 1, 1}, "prniter": {"prniter", 1, 0.8}, "prinxer": {"prinxer", 1, 0.8},
		"micropohne": {"micropohne", 3, 0.8}, "micorphoen": {"micorphoen", 3, 0.6}, "mciropohen": {"mciropohen", 0, 0}, "passwort": {"passwort", 4, 0.8}, "xyz": {"xyz", 0, 0},
		"passwrd": {"passwrd", 4, 0.8},
	} {
		if got := x.lookUp(word{text, text}); got.term != want.term || got.word != want.word || !near(got.likeness, want.likeness) {
			t.Errorf("%s: %+v, want %+v", text, got, want)
		}
	}
	if !slices.Equal(x.shown, []string{"port", "printer", "printed", "microphone", "password"}) {
		t.Errorf("shown %q", x.shown)
	}
}

func near(a, b float64) bool { return a-b < 1e-9 && b-a < 1e-9 }

// The endings of English words.
func TestStem(t *testing.T) {
	for w, want := range map[string]string{
		"policies": "policy", "ties": "tie", "crashes": "crash", "matches": "match", "passes": "pass", "boxes": "box", "axes": "axe", "ports": "port", "pass": "pass", "status": "status", "bus": "bus", "gas": "gas",
		"its": "its", "logs": "log", "starting": "start", "running": "run", "bring": "bring", "using": "using", "string": "str", "started": "start", "stopped": "stop", "need": "need", "speed": "spe", "added": "add", "used": "used", "use": "use", "house": "hous", "image": "imag", "images": "imag",
		"logging": "log", "calling": "call", "egg": "egg", "": "", "s": "s", "ed": "ed", "ing": "ing", "spelled": "spell", "trapped": "trap",
	} {
		if got := stem(w); got != want {
			t.Errorf("%s: %q, want %q", w, got, want)
		}
	}
}

// The words of a text that count: pairs that are one word, words for one thing, and neither common words nor marks.
func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "The user's MIC isn't working!": "users=user MIC=microphone working=working", "I can't log in": "log in=login", "log": "log=log", "in": "", "Sign-in fails": "Sign in=login fails=fails",
		"log log in": "log=log log in=login", "blue screen, twice": "blue screen=bluescreen twice=twice", "don’t ’ ' panic": "panic=panic", "a.b\xffc": "b=b c=c", "WSP 2": "WSP=dcv 2=2", "Drucker": "Drucker=printer",
	} {
		var got []string
		for _, w := range words(text) {
			got = append(got, w.text+"="+w.term)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q: %s, want %s", text, s, want)
		}
	}
}

func TestReadable(t *testing.T) {
	for name, want := range map[string]string{"device-not-authorized": "device-not-authorized", "ResourceNotFoundException": "Resource Not Found", "x": "x", "X": "X", "": "", "XRay": "X Ray"} {
		if got := readable(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// A text has each term once, by its best word, and pairs of those that follow one another with nothing unknown between.
func TestQuery(t *testing.T) {
	x := &index{ids: map[string]int{}}
	for _, w := range []string{"session", "closed", "printer"} {
		x.add(word{w, w})
	}
	q := x.query("sesion closed, session closed. Unheard printer closed")
	if len(q.hits) != 3 || q.hits[0].word != "sesion" || q.hits[1].word != "closed" || q.hits[2].word != "printer" || q.likeness[0] != 1 || q.likeness[1] != 1 || q.likeness[2] != 1 {
		t.Errorf("%+v, %v", q.hits, q.likeness)
	}
	for _, pair := range [][2]int{{0, 1}, {1, 0}, {2, 1}} {
		if !q.pairs[pair] {
			t.Errorf("no pair %v", pair)
		}
	}
	if len(q.pairs) != 3 {
		t.Errorf("pairs %v", q.pairs)
	}
}

// Rare words count more than common ones, a message more than other words of a symptom, and a long symptom less than a short one.
func TestIndex(t *testing.T) {
	x := newIndex([]active{
		{row: &symptomRow{key: "printer-jam", title: "Printer jam", words: "paper", messages: []string{"Printer on fire"}}},
		{row: &symptomRow{key: "screen", title: "Screen black printer", words: "dark dim dull night lamp bulb"}, causes: []inForce{{cause: &cause{title: "Cable torn"}}}},
		{row: &symptomRow{key: "ShinyException", title: "Shiny", messages: []string{"ShinyException"}}},
	})
	weight := func(doc int, term string) float64 { return x.docs[doc].weight[x.ids[stem(term)]] }
	for _, tt := range []struct {
		doc  int
		term string
		want float64
	}{{0, "printer", 1}, {0, "jam", 1}, {0, "paper", 0.9}, {0, "fire", 1}, {0, "screen", 0}, {1, "printer", 1}, {1, "dark", 0.9}, {1, "cable", 0.25}, {1, "torn", 0.25}, {2, "shiny", 1}} {
		if got := weight(tt.doc, tt.term); got != tt.want {
			t.Errorf("%s weighs %g in %d, want %g", tt.term, got, tt.doc, tt.want)
		}
	}
	rarity := func(term string) float64 { return x.rarity[x.ids[stem(term)]] }
	if rarity("printer") >= rarity("jam") || rarity("jam") != rarity("fire") || rarity("cable") != rarity("jam") {
		t.Errorf("printer %g, jam %g, fire %g, cable %g", rarity("printer"), rarity("jam"), rarity("fire"), rarity("cable"))
	}
	if x.docs[0].length >= x.docs[1].length || x.docs[2].length >= x.docs[0].length || x.docs[2].length < 0.75 {
		t.Errorf("lengths %g, %g, %g", x.docs[0].length, x.docs[1].length, x.docs[2].length)
	}
	m := x.docs[0].messages
	if len(m) != 1 || m[0].error || len(m[0].terms) != 2 || !near(m[0].mass, rarity("printer")+rarity("fire")) || !x.docs[2].messages[0].error {
		t.Errorf("%+v, %+v", m, x.docs[2].messages)
	}
}

// shop has symptoms of its own.
func shop() Rules {
	s := &snapshot{symptoms: []active{
		{row: &symptomRow{key: "printer-jam", title: "Printer jam", messages: []string{"toner drum fuser roller tray"}}},
		{row: &symptomRow{key: "scanner-dirty", title: "Scanner dirty", messages: []string{"glass lens mirror"}, words: "dusty smudged stripes"}},
		{row: &symptomRow{key: "QuotaUsedException", title: "Quota used", api: true, messages: []string{"QuotaUsedException"}}},
		{row: &symptomRow{key: "kettle", title: "Kettle cold", words: "tea coffee filter switch cable lid spout handle"}},
	}}
	s.index = func() *index { return newIndex(s.symptoms) }
	return Rules{s: s}
}

// A match has its score to the second place, and is sure with four fifths of a message, or far ahead.
func TestScoresOfMatches(t *testing.T) {
	r := shop()
	for text, want := range map[string]struct {
		first Key
		sure  bool
	}{
		"toner drum fuser roller tray": {"printer-jam", true}, "toner drum fuser roller": {"printer-jam", true}, "toner drum fuser": {"printer-jam", true}, "toner glass lens": {"scanner-dirty", false}, "toner drum fuser glass lens": {"printer-jam", false},
		"kettle": {"", false}, "tea": {"", false}, "tea coffee filter switch": {"kettle", false}, "kettle cold tea coffee filter switch cable lid spout handle": {"kettle", true},
		"QuotaUsedException": {"QuotaUsedException", true}, "glass lens mirror toner drum fuser roller tray": {"printer-jam", true}, "quotausedexception kettle tea": {"QuotaUsedException", true},
	} {
		list, err := r.Find(text)
		if err != nil || (len(list) > 0) != (want.first != "") {
			t.Errorf("%q: %+v, %v", text, list, err)
			continue
		}
		if len(list) == 0 {
			continue
		}
		if list[0].Symptom.Key != want.first || list[0].Sure != want.sure {
			t.Errorf("%q: %s, sure %t with %g", text, list[0].Symptom.Key, list[0].Sure, list[0].Score)
		}
		x := r.s.index()
		scores := x.scores(x.query(text))
		for _, m := range list {
			i := slices.IndexFunc(r.s.symptoms, func(a active) bool { return a.row.key == m.Symptom.Key })
			if d := m.Score - scores[i].total; d > 0.005001 || d < -0.005001 || scores[i].total < 4 {
				t.Errorf("%q: %g, of %g", text, m.Score, scores[i].total)
			}
		}
	}
}

// Words in the order of a message count more, the name of an error counts thrice, and what is in no message counts by its weight.
func TestScores(t *testing.T) {
	x := shop().s.index()
	rarity := func(w string) float64 { return x.rarity[x.ids[stem(w)]] }
	total := func(text string, doc int) float64 { return x.scores(x.query(text))[doc].total }
	words := rarity("glass") + rarity("lens")
	alone := words / x.docs[1].length
	mass := words + rarity("mirror")
	covered := words / mass * words
	for text, want := range map[string]float64{
		"glass unheardof lens": alone + covered, "lens glass": alone + covered, "glass lens": alone + covered + (rarity("glass")+rarity("lens"))/4,
		"dusty": 0.9 * rarity("dusty") / x.docs[1].length, "": 0, "kettle": 0,
		"glass lens mirror": mass/x.docs[1].length + mass + (rarity("glass")+2*rarity("lens")+rarity("mirror"))/4,
	} {
		if got := total(text, 1); !near(got, want) {
			t.Errorf("%q: %g, want %g", text, got, want)
		}
	}
	whole := rarity("quotausedexception")
	if got, want := total("QuotaUsedException", 2), whole/x.docs[2].length+3*whole; !near(got, want) {
		t.Errorf("the name of an error: %g, want %g", got, want)
	}
	if n := x.scores(x.query("glass lens"))[1].covered; !near(n, words/mass) {
		t.Errorf("%g of a message", n)
	}
}

// The words that tell why are the weightiest six, with an arrow to what they were taken for.
func TestWhy(t *testing.T) {
	x := shop().s.index()
	why := x.why(3, x.query("tea filters switch cable lid spout handle kettle"))
	if len(why) != 6 || why[0] != "kettle" || slices.Contains(why, "handle") {
		t.Errorf("%q", why)
	}
	why = x.why(3, x.query("handel filters"))
	if !slices.Equal(why, []string{"filters", "handel → handle"}) {
		t.Errorf("%q", why)
	}
	if why := x.why(3, x.query("toner")); why != nil {
		t.Errorf("%q", why)
	}
}

// The length of a symptom is 1 at the average number of words, and 3/4 without any.
func TestLengths(t *testing.T) {
	x := newIndex([]active{{row: &symptomRow{key: "x", title: "pear"}}, {row: &symptomRow{key: "y", title: "plum grape melon berry"}}, {row: &symptomRow{title: "the"}}})
	for i, n := range []float64{2, 5, 0} { // with the words of the key
		if want := 0.75 + 0.25*n/(7.0/3); !near(x.docs[i].length, want) {
			t.Errorf("%d: %g, want %g", i, x.docs[i].length, want)
		}
	}
	if x := newIndex([]active{{row: &symptomRow{title: "the"}}, {row: &symptomRow{title: "plum"}}}); !near(x.docs[1].length, 1) || !near(x.docs[0].length, 0.75) {
		t.Errorf("%g, %g", x.docs[0].length, x.docs[1].length)
	}
}

// A message of common words alone covers nothing.
func TestMessageOfCommonWords(t *testing.T) {
	x := newIndex([]active{{row: &symptomRow{key: "x", title: "pear", messages: []string{"please try again", "the"}}}, {row: &symptomRow{key: "y", title: "plum", messages: []string{"the"}}}})
	for i, s := range x.scores(x.query("the pear")) {
		if s.covered != 0 || s.total != s.total || (s.total > 0) != (i == 0) {
			t.Errorf("%d: %+v", i, s)
		}
	}
}

// A match that is not far ahead is not sure: another one has three fifths of its score.
func TestAhead(t *testing.T) {
	r := shop()
	list, err := r.Find("toner drum glass lens")
	if err != nil || len(list) != 2 || list[0].Sure || list[1].Sure {
		t.Errorf("%+v, %v", list, err)
	}
	list, err = r.Find("toner drum fuser glass")
	if err != nil || len(list) == 0 || !list[0].Sure {
		t.Errorf("%+v, %v", list, err)
	}
}

// The name of an error is a message with Exception and without, unless what is left is an everyday word.
func TestMessagesOfErrors(t *testing.T) {
	for name, want := range map[string][]string{"ConflictException": {"ConflictException"}, "ValidationException": {"ValidationException"}, "ResourceInUseException": {"ResourceInUseException", "ResourceInUse"}} {
		if got := apiError(name, "2020-01-10", "", "", "").messages; !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
