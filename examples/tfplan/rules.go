package main

import (
	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// A ruleSet is the rules of one edition, from every package that is asked.
type ruleSet struct {
	network    network.Rules
	bundles    bundles.Rules
	encryption encryption.Rules
	migrate    migrate.Rules // zero before there was migration
}

func newestRules() ruleSet {
	return ruleSet{network.Newest(), bundles.Newest(), encryption.Newest(), migrate.Newest()}
}

func rulesAt(e rule.Edition) (r ruleSet, err error) {
	if r.network, err = network.At(e); err != nil {
		return r, err
	}
	if r.bundles, err = bundles.At(e); err != nil {
		return r, err
	}
	if r.encryption, err = encryption.At(e); err != nil {
		return r, err
	}
	if migrate.Editions()[0].Compare(e) <= 0 {
		r.migrate, err = migrate.At(e)
	}
	return r, err
}

// documents are those of every package; one that several have stands there once.
func documents() []rule.Document {
	return tables.Documents(network.Documents(), bundles.Documents(), encryption.Documents(), migrate.Documents())
}
