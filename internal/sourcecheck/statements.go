package main

import (
	"strings"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/devices"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/throttle"
)

// A statement is what a package says that a document says: a revision of a rule, or a parameter.
type statement struct {
	pkg   string
	name  string      // the code of the rule, or the name of the parameter
	value string      // of the parameter; "" for a rule
	rules []rule.Code // that the parameter belongs to
	span  rule.Span
	cite  rule.Citation
}

// row names a statement in the output and in the tables of tokens.
func (s *statement) row() string {
	if s.value == "" {
		return s.name
	}
	return s.name + ": " + s.value
}

// statements returns what all packages list of themselves, rules before parameters.
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
		{"devices", devices.Catalogue(), devices.Parameters()},
		{"throttle", nil, throttle.Parameters()},
	} {
		for _, r := range p.rules {
			for _, v := range r.Revisions {
				list = append(list, statement{pkg: p.name, name: string(r.Code), span: v.Span, cite: v.Cite})
			}
		}
		for _, q := range p.parameters {
			list = append(list, statement{p.name, q.Name, strings.Join(strings.Fields(q.Value), " "), q.Rules, q.Span, q.Cite})
		}
	}
	return list
}
