package page

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	g "maragu.dev/gomponents"

	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/rule"
)

var day = rule.MustParseEdition("2026-09-10")

var cite = rule.Citation{Document: "admin-guide", Section: "Limits", Date: day}

// written returns a page, with one element to a line and without the style sheet of every page.
func written(t *testing.T, p Page) string {
	t.Helper()
	var b strings.Builder
	if err := p.Write(&b); err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(strings.Replace(b.String(), "\n"+Sheet, "", 1), "><", ">\n<")
}

// A page without anything has no part but that of what to do. What the input says is text.
func TestEmptyPage(t *testing.T) {
	const want = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;">
<title>Check: &lt;in&gt;</title>
<style>b{}</style>
</head>
<body>
<header>
<h1>Check</h1>
<p class="quiet">Input: &lt;in&gt;. Edition: what was documented on 2026-09-10.</p>
</header>
<main>
<section aria-labelledby="actions">
<h2 id="actions">Nothing needs action</h2>
</section>
</main>
<footer>
<p class="quiet">1 of 1</p>
</footer>
</body>
</html>`
	p := Page{Title: "Check", Sheet: "b{}", Input: "<in>", Edition: day, Report: &finding.Report{}, Count: "1 of 1"}
	if got := written(t, p); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	p.Version = "v1"
	if got := written(t, p); got != strings.Replace(want, "&gt;. Edition", "&gt; (v1). Edition", 1) {
		t.Error(got)
	}
	if err := p.Write(full{}); err != errFull {
		t.Error(err)
	}
}

var errFull = errors.New("no space")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestPage(t *testing.T) {
	var r finding.Report
	r.Add(finding.Finding{Code: "a.b", Level: rule.Must, Title: "It is small.", Remedy: "Make it larger.", Help: "https://example.com/a", Cite: cite},
		finding.Occurrence{Resource: finding.Resource{Kind: "subnet", ID: "subnet-1"}, Region: "eu-west-1", File: "subnets.json", Path: "Subnets[0]", Detail: "it is <small>"})
	for i, id := range []string{"", "ws-2", "ws-3", "ws-4"} {
		r.Add(finding.Finding{Code: "a.c", Level: rule.Should, Title: "It ends.", Remedy: "Move.", Help: "https://example.com/c", Cite: cite},
			finding.Occurrence{Resource: finding.Resource{Kind: "WorkSpace", ID: id}, Path: fmt.Sprint("p", i), Detail: fmt.Sprint("ends ", i)})
	}
	ws := finding.Occurrence{Resource: finding.Resource{Kind: "WorkSpace", ID: "ws-2"}}
	r.Ask(finding.Question{Reason: "the key is not known", By: rule.ByInput}, "aws kms describe-key --key-id 1", ws)
	r.Ask(finding.Question{Reason: "two pages differ", By: rule.ByContradiction, Cites: [2]rule.Citation{cite, {Document: "faq", Section: "Keys"}}}, "", ws)
	accepted := finding.Occurrence{Resource: finding.Resource{Kind: "subnet", ID: "subnet-2"}, File: "b.json", Detail: "it is full", Reason: "it moves", Until: "2026-12-31"}
	r.Accepted = []*finding.Finding{{Code: "a.d", Level: rule.Must, Remedy: "Free some.", Help: "https://example.com/d", Cite: cite, Count: 1, Occurrences: []finding.Occurrence{accepted}}}
	r.Documents = []finding.Document{{Key: "admin-guide", Title: "Guide & more", URL: "https://example.com/guide"}, {Key: "x", Title: "X"}}
	details := Part("d", g.Text("Details"), Lines([]string{"a<b", "c"}), Lines[string](nil), Unanswered([]string{"u"}, []string{"n"}), Unanswered[string](nil, nil), Verdict("not given"), Level(rule.Should), Destroys(), QuietCode("x"))
	got := written(t, Page{Edition: day, Report: &r, Details: details})
	const by = `, from admin-guide, &#34;Limits&#34;, 2026-09-10</p>`
	want := `<main>
<section aria-labelledby="actions">
<h2 id="actions">2 things need action in eu-west-1: 1 must be changed, 1 should be</h2>
<ol class="actions">
<li class="finding must">
<p>
<strong class="level">must</strong> <strong>subnet subnet-1</strong> in eu-west-1: it is &lt;small&gt;</p>
<p>Make it larger.</p>
<p class="quiet">
<code>subnets.json: Subnets[0]</code>
</p>
<p class="quiet">
<a href="https://example.com/a">
<code>a.b</code>
</a>` + by + `
</li>
<li class="finding should">
<p>
<strong class="level">should</strong> <strong>4 WorkSpaces</strong>: It ends</p>
<p>Move.</p>
<details>
<summary>WorkSpace, ws-2, ws-3, and 1 more</summary>
<ul>
<li>ends 0<br>
<span class="quiet">
<code>p0</code>
</span>
</li>
<li>ws-2: ends 1<br>
<span class="quiet">
<code>p1</code>
</span>
</li>
<li>ws-3: ends 2<br>
<span class="quiet">
<code>p2</code>
</span>
</li>
<li>ws-4: ends 3<br>
<span class="quiet">
<code>p3</code>
</span>
</li>
</ul>
</details>
<p class="quiet">
<a href="https://example.com/c">
<code>a.c</code>
</a>` + by + `
</li>
</ol>
</section>
<section aria-labelledby="open">
<h2 id="open">Not answered: 1 not given, 1 undocumented</h2>
<ul class="actions">
<li class="finding open">
<p>
<strong class="verdict not-given">not given</strong> the key is not known: ws-2</p>
<pre>
<code>aws kms describe-key --key-id 1</code>
</pre>
</li>
<li class="finding open">
<p>
<strong class="verdict undocumented">the documents disagree</strong> two pages differ: ws-2</p>
<p class="quiet">admin-guide, &#34;Limits&#34;, 2026-09-10</p>
<p class="quiet">faq, &#34;Keys&#34;</p>
</li>
</ul>
</section>
<section aria-labelledby="accepted">
<h2 id="accepted">Accepted by the baseline</h2>
<ul class="actions">
<li class="finding">
<p>
<strong class="level">must</strong> <strong>subnet subnet-2</strong>: it is full</p>
<p>Free some.</p>
<p class="quiet">
<code>b.json</code>, accepted until 2026-12-31: it moves</p>
<p class="quiet">
<a href="https://example.com/d">
<code>a.d</code>
</a>` + by + `
</li>
</ul>
</section>
<section aria-labelledby="d">
<h2 id="d">Details</h2>
<ul>
<li>a&lt;b</li>
<li>c</li>
</ul>
<ul>
<li>
<strong class="undocumented">undocumented</strong>: u</li>
<li>
<strong class="not-given">not given</strong>: n</li>
</ul>
<span class="verdict not-given">not given</span>
<strong class="level should">should</strong>
<strong class="level must">destroys the desktop</strong> <code class="quiet">x</code>
</section>
<section aria-labelledby="documents">
<h2 id="documents">Documents</h2>
<ul>
<li>
<a href="https://example.com/guide">Guide &amp; more</a> <code class="quiet">admin-guide</code>
</li>
<li>X <code class="quiet">x</code>
</li>
</ul>
</section>
</main>`
	if _, got, _ = strings.Cut(got, "<main>"); "<main>"+strings.Split(got, "</main>")[0]+"</main>" != want {
		t.Errorf("<main>%s\nwant\n%s", got, want)
	}
}

// An entry of the baseline that matches nothing is named where nothing is accepted, too.
func TestGone(t *testing.T) {
	gone := finding.Entry{Code: "a.b", Subject: "subnet-1"}
	if got := written(t, Page{Report: &finding.Report{Gone: []finding.Entry{gone}}}); !strings.Contains(got, "<h2 id=\"accepted\">Accepted by the baseline</h2>\n<ul class=\"actions\">\n<li>"+gone.String()+"</li>\n</ul>") {
		t.Error(got)
	}
}

// Unanswered has a list if either kind of what is open is there.
func TestUnansweredOfOneKind(t *testing.T) {
	for _, tt := range []struct{ undocumented, notGiven []string }{{[]string{"a"}, nil}, {nil, []string{"a"}}} {
		if Unanswered(tt.undocumented, tt.notGiven) == nil {
			t.Errorf("%q, %q: nothing", tt.undocumented, tt.notGiven)
		}
	}
}

// A page lists 1,000 occurrences of a finding, and says how many more there are.
func TestListed(t *testing.T) {
	for n, more := range map[int]string{1000: "", 1001: "<li>and 1 more: --json has all</li>"} {
		var r finding.Report
		for i := range n {
			r.Add(finding.Finding{Code: "a.b", Level: rule.Must}, finding.Occurrence{Resource: finding.Resource{Kind: "WorkSpace", ID: fmt.Sprint("ws-", i)}})
		}
		got := written(t, Page{Report: &r})
		if list := strings.Count(got, "<li>ws-"); list != 1000 || !strings.Contains(got, more) || (more == "") == strings.Contains(got, "--json") {
			t.Errorf("of %d: %d, want 1,000 and %q", n, list, more)
		}
	}
}
