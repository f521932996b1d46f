package main

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/devices"
	"github.com/wksgo/wks/internal/fixture"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/monitor"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/troubleshoot"
)

// A listing is what a package lists of itself.
type listing struct {
	dir        string // in the module
	what       string // it is about
	documents  func() []rule.Document
	rules      func() []rule.Rule      // nil for a package without rules
	parameters func() []rule.Parameter // nil for a package without parameters
	editions   func() []rule.Edition   // nil for a package that has none
}

// listings are the packages of rules, in the order of the documents.
var listings = []listing{
	{".", "what Guard and Check find beyond the packages", wks.Documents, ownRules, nil, nil},
	{"network", "management ranges, firewalls, names, IP access control groups, subnets, SSH", network.Documents, network.Catalogue, network.Parameters, network.Editions},
	{"bundles", "volumes, compute types, states, requests, names, quotas, images", bundles.Documents, bundles.Catalogue, bundles.Parameters, bundles.Editions},
	{"bundles/encryption", "KMS keys and their limits", encryption.Documents, encryption.Catalogue, encryption.Parameters, encryption.Editions},
	{"migrate", "migrations from one bundle to another", migrate.Documents, migrate.Catalogue, migrate.Parameters, migrate.Editions},
	{"byol", "bringing Windows desktop licences", byol.Documents, byol.Catalogue, byol.Parameters, byol.Editions},
	{"monitor", "metrics, alarms, access events, event patterns", monitor.Documents, monitor.Catalogue, monitor.Parameters, monitor.Editions},
	{"devices", "trusted devices, device types, client versions, zero clients, FIPS", devices.Documents, devices.Catalogue, devices.Parameters, devices.Editions},
	{"troubleshoot", "symptoms and their causes, errors of the API", troubleshoot.Documents, troubleshoot.Catalogue, troubleshoot.Parameters, troubleshoot.Editions},
	{"throttle", "the rate of calls", throttle.Documents, nil, throttle.Parameters, throttle.Editions},
}

// ownRules returns the rules of the root package, which come first in its catalogue.
func ownRules() (own []rule.Rule) {
	for _, r := range wks.Catalogue() {
		if strings.HasPrefix(string(r.Code), "wks.") {
			own = append(own, r)
		}
	}
	return own
}

// A pkg is a listing with the fixtures of its tests.
type pkg struct {
	path       string // "wks", "network", "bundles/encryption"
	what       string
	documents  map[string]rule.Document
	rules      []rule.Rule
	parameters []rule.Parameter
	fixtures   []fixture.Fixture
	first      rule.Edition // the first edition; rows that packages share may begin before it
}

// load reads the fixtures of the packages.
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
		if l.editions != nil {
			p.first = l.editions()[0]
		}
		if l.rules != nil {
			p.rules = l.rules()
			if err := p.read(root, l.dir); err != nil {
				return nil, fmt.Errorf("%s: %w", p.path, err)
			}
		}
		set = append(set, p)
	}
	return set, nil
}

// read takes the fixtures of a package.
func (p *pkg) read(root fs.FS, dir string) error {
	name := path.Join(dir, "testdata/fixtures.txt")
	text, err := fs.ReadFile(root, name)
	if err != nil {
		return err
	}
	if p.fixtures, err = fixture.Parse(string(text)); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for _, r := range p.rules {
		if p.example(r.Code) == nil {
			return fmt.Errorf("%s has no input that breaks %s", name, r.Code)
		}
	}
	return nil
}

// example returns the first fixture that breaks a rule in the newest edition that has one, or nil.
func (p *pkg) example(c rule.Code) (best *fixture.Fixture) {
	open := func(f *fixture.Fixture) rule.Edition {
		if f.Span.Until == (rule.Edition{}) {
			return tables.Newest()
		}
		return f.Span.Until
	}
	for i := range p.fixtures {
		f := &p.fixtures[i]
		if f.Code == c && f.Fail && (best == nil || open(f).Compare(open(best)) > 0) {
			best = f
		}
	}
	return best
}

// inForce returns the revision of a rule in an edition, or nil.
func inForce(r *rule.Rule, e rule.Edition) *rule.Revision {
	for i := range r.Revisions {
		if v := &r.Revisions[i]; v.Span.Contains(e) {
			return v
		}
	}
	return nil
}

// editions are the dates on which a row begins or ends, in ascending order.
func (p *pkg) editions() []rule.Edition {
	var spans []rule.Span
	for _, r := range p.rules {
		for _, v := range r.Revisions {
			spans = append(spans, v.Span)
		}
	}
	for _, q := range p.parameters {
		spans = append(spans, q.Span)
	}
	if p.first != (rule.Edition{}) {
		spans = append(spans, rule.Span{Since: p.first})
	}
	return slices.DeleteFunc(tables.Dates(spans), func(e rule.Edition) bool { return e.Compare(p.first) < 0 })
}
