package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/wksgo/wks/internal/sources"
	"github.com/wksgo/wks/rule"
)

const sourcesIntro = `# Sources

Every rule and every parameter cites a document, a section and the day of the version that was read.
Each holds from the day of the first version that says it. This page tells which versions were read, how to
read them again, and which sources could not be read.

## Check the citations

These repositories hold documents with their history:

| repository | what it has | read up to |
| ---------- | ----------- | ---------- |
| ` + sources.Guide + ` | the pages of the Administration Guide | 2022-09-02, the last version with content |
| ` + sources.KMS + ` | the pages of the KMS Developer Guide | 2023-06-15 |
| ` + sources.VPC + ` | the pages of the Amazon VPC User Guide | 2023-04-06 |
| ` + sources.Events + ` | the pages of the Amazon CloudWatch Events User Guide | 2019-03-22 |
| ` + sources.EventBridge + ` | the pages of the Amazon EventBridge User Guide | 2023-02-02 |
| ` + sources.EKS + ` | the Amazon EKS Best Practices Guides | 2025-06-20 |
| ` + sources.Model + ` | the service model, ` + "`" + sources.ModelFile + "`" + `, and that of CloudWatch, ` + "`" + sources.CloudWatchFile + "`" + ` | 2026-08-04 |

A program holds the citations of all packages against them. It reads the citations from the packages, and
needs git:

` + "```sh" + `
git clone https://github.com/` + sources.Guide + ` guide
git clone https://github.com/` + sources.KMS + ` kms
git clone https://github.com/` + sources.VPC + ` vpc
git clone https://github.com/` + sources.Events + ` events
git clone https://github.com/` + sources.EventBridge + ` eventbridge
git clone --filter=blob:none https://github.com/` + sources.EKS + ` eks
git clone --filter=blob:none https://github.com/` + sources.Model + ` model
clones="-guide guide -kms kms -vpc vpc -events events -eventbridge eventbridge -eks eks -model model"
go run ./internal/sourcecheck $clones > found.txt
` + "```" + `

Two more hold stored copies, which stand below with their days:

` + "```sh" + `
git clone --filter=blob:none https://github.com/` + sources.DocsHistory + ` docshistory
git clone --filter=blob:none https://github.com/` + sources.Docs + ` docs
go run ./internal/sourcecheck $clones -docshistory docshistory -docs docs > found.txt
` + "```" + `

A repository that is left out is not looked at. The output has a line for each failure, sorted, then the
documents that are in no clone with the number of their statements, and the counts. So two runs can be compared by
diff. The exit status is 1 if there is a failure. Continuous integration has no clones and does not run it; its tests
run the same checks on a small repository that they make. Without a clone they hold that each statement of a
version or a copy has its form, by its day and its words, and each form its statement; that the day of each citation and of each end is
that of a version, by [days.tsv](../internal/sourcecheck/testdata/days.tsv); that what is cited of the SDK's changelog stands
in the module; and that advice is what [advice.txt](../internal/sourcecheck/testdata/advice.txt) lists.

For each statement the program checks that

- the day of the citation is the day, in UTC, of a version of the published branch: a commit that first
  parents lead to, the last of its day. A commit of a pull request is no version, and what was taken back on its day is in none;
- the version has the page, and the section is a heading of it as that version prints it, or a shape, operation or member
  of the model. The pages of the API Reference are made of the model: their members, Request Parameters and Contents count too;
- a line under that heading says it, and no line of the version before does, if the statement begins with the
  version. What shows it is a form for each statement in ` + "[pages.tsv](../internal/sourcecheck/testdata/pages.tsv)" + `
  and ` + "[model.tsv](../internal/sourcecheck/testdata/model.tsv)" + `. A statement without one is a failure, and so is a
  form without a statement. A row that goes on with what the same document said until then, because another value of
  the row or the heading changed, need not be new: the row before it was. A statement that begins later than the version
  that it cites cites the first that says it;
- no older version says it either, of which a later one did not, unless a statement of the same row holds on its
  day: what a version said for a time, and the next no longer, is a statement of its own;
- a copy of its day says it, and none of an earlier day does, if the statement begins with a stored copy. The forms are in
  ` + "[copies.tsv](../internal/sourcecheck/testdata/copies.tsv)" + `. What ends with a copy is not in the last one of that day;
- each version of the page says it from then until the statement ends, or until the words change and the meaning does not, which
  [reworded.tsv](../internal/sourcecheck/testdata/reworded.tsv) tells;
- a statement that ends with a version is not in that version, unless another statement takes its place: the same by
  another document, another value of the name, or another revision of a rule that it belongs to;
- a statement that a page does not speak of something holds for every version until it ends, and begins with the first
  that has the heading. Its form starts with "!";
- a statement of the document history is a row of its table, in some version from the day of the row on.

The rules whose codes begin with "wks." are not looked at: they are about the constraints of the whole model of the day that
they cite, and not about one of its shapes.

A heading is a line that starts with #, or one that is bold from end to end and neither a note nor the title of a
procedure. In September 2021 the guide changed the capitals of its headings, so that a citation from before has the
older ones.

Of documents that no repository has, the program checks the section and the form, if it is given their texts in a folder, each
as KEY.md or KEY.txt:

` + "```sh" + `
mkdir texts
cp "$(go list -m -f '{{.Dir}}' github.com/aws/aws-sdk-go-v2/service/workspaces)/CHANGELOG.md" texts/sdk-go-changelog.md
go run ./internal/sourcecheck $clones -texts texts > found.txt
` + "```" + `

There are forms for sdk-go-changelog, faq-2017, admin-guide-2020 and repost-custom-and-byol. The text of the last three is to be had
as it stood on the day that is cited, or nothing is said about it.

To judge by eye, let the program draw statements at random. It prints what is said, the citation, and the line of the version
that says it:

` + "```sh" + `
go run ./internal/sourcecheck $clones -texts texts -draw 60 -seed 1
` + "```" + `

## How each kind of document was read

`

const readingsIntro = `
## Versions that only a stored copy has

After the last version of the repository, the pages of the guide were read in stored copies. A copy has no day of its own: the
newest thing that it names tells the earliest day. To repeat a reading, open
` + "`docs/workspaces/latest/adminguide/PAGE.md`" + ` of the repository at one of the commits, PAGE being the last part of the
document's address, go to the section of the citation, and look for the words and numbers of the statement. A page that has
not changed since is stored at an older commit.

`

// sourcesDocument tells of every document what was read of it, and how it can be read again.
func sourcesDocument(set []pkg) []byte {
	var b strings.Builder
	b.WriteString(notice)
	b.WriteString(sourcesIntro)
	used := usesOf(set)
	keys := slices.Sorted(maps.Keys(used))
	var texts []string
	byText := map[string][]string{}
	for _, key := range keys {
		text := "  - It is not written down how they were read.\n"
		if how, unread := sources.How(key); how != "" {
			text = "  - Read: " + how + ".\n"
			if unread != "" {
				text += "  - Not read: " + unread + ".\n"
			}
		}
		if byText[text] == nil {
			texts = append(texts, text)
		}
		byText[text] = append(byText[text], key)
	}
	for _, text := range texts {
		n := 0
		for _, key := range byText[text] {
			n += used[key].statements
		}
		fmt.Fprintf(&b, "- %s (%s)\n%s", strings.Join(byText[text], ", "), counted(n), text)
	}
	b.WriteString(readingsIntro)
	readings := [][]string{{"day", "repository", "commits", "what tells the day"}}
	for _, r := range sources.Readings {
		readings = append(readings, []string{r.Day, r.Stored, strings.Join(r.Commits, ", "), r.Newest})
	}
	table(&b, readings)
	all, elsewhere := 0, 0
	for _, u := range used {
		all += u.statements
		elsewhere += u.elsewhere
	}
	fmt.Fprintf(&b, "## Documents\n\nOf the %s, %d are of versions that no repository has. The last column tells how many of each document.\n\n", counted(all), elsewhere)
	rows := [][]string{{"key", "document", "statements", "versions that are cited", "in no repository"}}
	for _, key := range keys {
		u := used[key]
		title := text(u.document.Title)
		if u.document.URL != "" {
			title = fmt.Sprintf("[%s](%s)", title, u.document.URL)
		}
		var dates []string
		for _, e := range slices.SortedFunc(maps.Keys(u.dates), rule.Edition.Compare) {
			dates = append(dates, e.String())
		}
		rows = append(rows, []string{key, title, fmt.Sprint(u.statements), strings.Join(dates, ", "), fmt.Sprint(u.elsewhere)})
	}
	table(&b, rows)
	return []byte(strings.TrimSuffix(b.String(), "\n"))
}

func counted(n int) string {
	if n == 1 {
		return "1 statement"
	}
	return fmt.Sprint(n, " statements")
}

// A use is what the packages take from a document.
type use struct {
	document   rule.Document
	statements int
	elsewhere  int // of them, those of versions that no repository has
	dates      map[rule.Edition]bool
}

// usesOf returns the uses of all documents, by key.
func usesOf(set []pkg) map[string]*use {
	all := map[string]*use{}
	for i := range set {
		p := &set[i]
		note := func(c rule.Citation) {
			u := all[c.Document]
			if u == nil {
				u = &use{document: p.documents[c.Document], dates: map[rule.Edition]bool{}}
				all[c.Document] = u
			}
			u.statements++
			u.dates[c.Date] = true
			if !sources.InRepository(c.Document, c.Date.String()) {
				u.elsewhere++
			}
		}
		for _, r := range p.rules {
			for _, v := range r.Revisions {
				note(v.Cite)
			}
		}
		for _, q := range p.parameters {
			note(q.Cite)
		}
	}
	return all
}
