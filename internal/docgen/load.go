package main

import (
	"fmt"
	"io/fs"
	"path"
	"slices"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/internal/source"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/rule/param"
	"github.com/wksgo/wks/throttle"
)

// A listing is what a package lists of itself.
type listing struct {
	dir        string // in the module
	what       string // it is about
	documents  func() []rule.Document
	rows       func() []rule.Row     // nil for a package without rules
	parameters func() []param.Row    // nil for a package without parameters
	editions   func() []rule.Edition // nil for a package that has none
}

// listings are the packages of rules, in the order of the documents.
var listings = []listing{
	{".", "what Guard and Check find beyond the packages", wks.Documents, wks.Rows, nil, nil},
	{"network", "management ranges, firewalls, IP access control groups, subnets", network.Documents, network.Rows, network.Parameters, network.Editions},
	{"bundles", "volumes, compute types, states, requests, names, quotas, images", bundles.Documents, bundles.Rows, bundles.Parameters, bundles.Editions},
	{"bundles/encryption", "KMS keys and their limits", encryption.Documents, encryption.Rows, encryption.Parameters, encryption.Editions},
	{"migrate", "migrations from one bundle to another", migrate.Documents, migrate.Rows, migrate.Parameters, migrate.Editions},
	{"byol", "bringing Windows desktop licences", byol.Documents, byol.Rows, byol.Parameters, byol.Editions},
	{"throttle", "the rate of calls", throttle.Documents, nil, throttle.Parameters, throttle.Editions},
}

// A pkg is a listing with what its source says.
type pkg struct {
	path       string // "wks", "network", "bundles/encryption"
	what       string
	documents  map[string]rule.Document
	rows       []rule.Row
	parameters []param.Row
	codes      []source.Code
	fixtures   []source.Fixture
	header     string // how inputs are written
}

// load reads the source of the packages.
func load(root fs.FS) (set []pkg, err error) {
	for _, l := range listings {
		p := pkg{path: l.dir, what: l.what, documents: map[string]rule.Document{}}
		if p.path == "." {
			p.path = "wks"
		}
		for _, d := range l.documents() {
			p.documents[d.Key] = d
		}
		if l.parameters != nil {
			p.parameters = l.parameters()
		}
		if l.rows != nil {
			p.rows = l.rows()
			if err := p.read(root, l.dir); err != nil {
				return nil, fmt.Errorf("%s: %w", p.path, err)
			}
		}
		set = append(set, p)
	}
	return set, nil
}

// read takes the codes and the fixtures from the source of a package.
func (p *pkg) read(root fs.FS, dir string) error {
	src, err := fs.Sub(root, dir)
	if err != nil {
		return err
	}
	if _, p.codes, err = source.Codes(src); err != nil {
		return err
	}
	const name = "testdata/fixtures.txt"
	text, err := fs.ReadFile(src, name)
	if err != nil {
		return err
	}
	p.header = source.Header(string(text))
	if p.fixtures, err = source.ParseFixtures(string(text)); err != nil {
		return fmt.Errorf("%s: %w", path.Join(dir, name), err)
	}
	for _, c := range p.codes {
		if p.example(c.Code) == nil {
			return fmt.Errorf("%s has no input that breaks %s", path.Join(dir, name), c.Code)
		}
	}
	return nil
}

// example returns the first fixture that breaks a rule in the newest edition of which there
// is one, or nil.
func (p *pkg) example(c rule.Code) (best *source.Fixture) {
	for i := range p.fixtures {
		f := &p.fixtures[i]
		if f.Code == c && f.Fail && (best == nil || f.Last.Compare(best.Last) > 0) {
			best = f
		}
	}
	return best
}

// rowsOf returns the rows of a rule, by date.
func (p *pkg) rowsOf(c rule.Code) (rows []rule.Row) {
	for _, r := range p.rows {
		if r.Code == c {
			rows = append(rows, r)
		}
	}
	slices.SortStableFunc(rows, func(a, b rule.Row) int { return a.Span.Since.Compare(b.Span.Since) })
	return rows
}

// inForce returns the row of a rule in an edition, or nil.
func (p *pkg) inForce(c rule.Code, e rule.Edition) *rule.Row {
	for i := range p.rows {
		if r := &p.rows[i]; r.Code == c && r.Span.Contains(e) {
			return r
		}
	}
	return nil
}

// editions are the dates on which a row begins or ends, in ascending order.
func (p *pkg) editions() []rule.Edition {
	return tables.Editions(
		tables.Ends(p.rows, func(r rule.Row) rule.Span { return r.Span }),
		tables.Ends(p.parameters, func(r param.Row) rule.Span { return r.Span }),
	)
}
