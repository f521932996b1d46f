package wks

import (
	"fmt"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// A rulebook has the rules of the packages that speak of requests.
type rulebook struct {
	network    network.Rules
	bundles    bundles.Rules
	encryption encryption.Rules
	byol       byol.Rules
}

// newestRules returns each package's newest rules.
func newestRules() *rulebook {
	return &rulebook{network.Newest(), bundles.Newest(), encryption.Newest(), byol.Newest()}
}

// rulesAt returns the rules of one edition, which every package must know.
func rulesAt(e rule.Edition) (*rulebook, error) {
	var r rulebook
	var err error
	if r.network, err = network.At(e); err != nil {
		return nil, fmt.Errorf("network: %w", err)
	}
	if r.bundles, err = bundles.At(e); err != nil {
		return nil, fmt.Errorf("bundles: %w", err)
	}
	if r.encryption, err = encryption.At(e); err != nil {
		return nil, fmt.Errorf("encryption: %w", err)
	}
	if r.byol, err = byol.At(e); err != nil {
		return nil, fmt.Errorf("byol: %w", err)
	}
	return &r, nil
}
