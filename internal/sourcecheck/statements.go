package main

import (
	"strings"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/devices"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/monitor"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/troubleshoot"
)

// A statement is what a package says that a document says: a revision of a rule, or a parameter.
type statement struct {
	pkg   string
	name  string      // the code of the rule, or the name of the parameter
	value string      // of the parameter; "" for a rule
	rules []rule.Code // that the parameter belongs to
	level rule.Level  // of the revision; "" for a parameter
	span  rule.Span
	cite  rule.Citation
	shown string // where a version says it, and its words; "" if none was found
}

// row names a statement in the output and in the tables of tokens.
func (s *statement) row() string {
	if s.value == "" {
		return s.name
	}
	return s.name + ": " + s.value
}

// addresses returns the addresses of the documents that the packages cite, by key.
func addresses() map[string]string {
	byKey := map[string]string{}
	for _, list := range [][]rule.Document{
		network.Documents(), bundles.Documents(), encryption.Documents(), migrate.Documents(), byol.Documents(), monitor.Documents(),
		devices.Documents(), troubleshoot.Documents(), throttle.Documents(),
	} {
		for _, d := range list {
			byKey[d.Key] = d.URL
		}
	}
	return byKey
}

// statements returns what the packages of rules list of themselves, rules before parameters. The rules
// of the root package are about the constraints of the whole model of the day that they cite, not about
// one of its shapes, and are left out.
func statements() (list []statement) {
	for _, p := range []struct {
		name       string
		rules      []rule.Rule
		parameters []rule.Parameter
	}{
		{"network", network.Catalogue(), network.Parameters()},
		{"bundles", bundles.Catalogue(), bundles.Parameters()},
		{"encryption", encryption.Catalogue(), encryption.Parameters()},
		{"migrate", migrate.Catalogue(), migrate.Parameters()},
		{"byol", byol.Catalogue(), byol.Parameters()},
		{"monitor", monitor.Catalogue(), monitor.Parameters()},
		{"devices", devices.Catalogue(), devices.Parameters()},
		{"troubleshoot", troubleshoot.Catalogue(), troubleshoot.Parameters()},
		{"throttle", nil, throttle.Parameters()},
	} {
		for _, r := range p.rules {
			for _, v := range r.Revisions {
				list = append(list, statement{pkg: p.name, name: string(r.Code), level: v.Level, span: v.Span, cite: v.Cite})
			}
		}
		for _, q := range p.parameters {
			list = append(list, statement{pkg: p.name, name: q.Name, value: strings.Join(strings.Fields(q.Value), " "), rules: q.Rules, span: q.Span, cite: q.Cite})
		}
	}
	return list
}
