package preflight

import (
	"cmp"
	"io/fs"
	"net/netip"
	"strings"

	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// An allowList is what a firewall lets through.
type allowList struct {
	prefixes []netip.Prefix
	names    network.DomainList
	wrong    *fileError // the first line that cannot be read; nil if all can
}

// readAllowList reads what a firewall lets through: on each line a prefix, an address, a range "first - last", or
// a rule for names as package network has them. Empty lines, and what follows a #, do not count. A line that cannot be
// read is noted, and the others count.
func readAllowList(fsys fs.FS, name string, notes *notes) (*allowList, error) {
	data, err := readFile(fsys, name)
	if err != nil {
		return nil, newFileError(inFile(name), err.Error())
	}
	allowed := new(allowList)
	n := 0
	for line := range strings.Lines(strings.TrimPrefix(string(data), "\ufeff")) {
		n++
		text, _, _ := strings.Cut(line, "#")
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		if err := allowed.add(text); err != nil {
			wrong := newFileError(lineOf(name, n), err.Error())
			notes.wrong(wrong, "the line is left out")
			allowed.wrong = cmp.Or(allowed.wrong, wrong)
		}
	}
	return allowed, nil
}

// add adds the rule of a line. Names have a letter or an asterisk in them, and of addresses only those with a colon
// may have letters.
func (l *allowList) add(text string) error {
	isLetter := func(r rune) bool { return r == '*' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }
	if strings.IndexFunc(text, isLetter) >= 0 && !strings.Contains(text, ":") {
		d, err := network.ParseDomainRule(text)
		if err == nil {
			l.names = append(l.names, d)
		}
		return err
	}
	r, err := network.ParseRange(text)
	if err == nil {
		l.prefixes = append(l.prefixes, r.Prefixes()...)
	}
	return err
}

// unsure is the answer of a check of the list. If a line cannot be read, what the list lacks is open, for it may be
// on that line.
func (l *allowList) unsure(a rule.Answer) rule.Answer {
	if l.wrong == nil {
		return a
	}
	var open rule.Answer
	for _, v := range a.Violations {
		open.NotGiven(v.Path, say("%s, unless it is on a line of the list that cannot be read", said(v.Detail)))
	}
	open.Open = append(open.Open, a.Open...)
	return open.Concluded()
}

// lineOf is the place of a line of a file.
func lineOf(name string, n int) place {
	at := inFile(name)
	at.Line, at.Column = n, 1
	return at
}

// readPublished reads the entries of ip-ranges.json that matter to clients.
func readPublished(fsys fs.FS, name string) ([]network.AWSRange, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, newFileError(inFile(name), reason(err).Error())
	}
	defer f.Close()
	published := []network.AWSRange{}
	for r, err := range network.NewIPRanges(f).All() {
		if err != nil {
			return nil, newFileError(inFile(name), err.Error())
		}
		switch r.Service {
		case "AMAZON", "S3", "GLOBALACCELERATOR", network.GatewaysService:
			published = append(published, r)
		}
	}
	return published, nil
}
