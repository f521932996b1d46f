package wks

import (
	"fmt"
	"slices"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/devices"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/monitor"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/troubleshoot"
)

// Rules are the rules of all packages for one date. They are comparable, and cheap to copy. The
// zero value holds no edition: the methods of its fields return an error.
type Rules struct {
	Network    network.Rules
	Bundles    bundles.Rules
	Encryption encryption.Rules
	// Migrate is zero for a date before 2020-01-10, when there was no migration.
	Migrate      migrate.Rules
	BYOL         byol.Rules
	Monitor      monitor.Rules
	Devices      devices.Rules
	Troubleshoot troubleshoot.Rules
}

// Newest returns the rules of the newest edition that this release knows, which is the same for
// every package.
func Newest() Rules {
	return Rules{network.Newest(), bundles.Newest(), encryption.Newest(), migrate.Newest(), byol.Newest(), monitor.Newest(), devices.Newest(), troubleshoot.Newest()}
}

// At returns the rules that were documented on e: any date from 2018-02-03, which is the first that
// the packages asked about requests all know, to the newest edition. Another date is a
// *rule.InputError.
func At(e rule.Edition) (Rules, error) {
	var r Rules
	var err error
	if r.Network, err = network.At(e); err != nil {
		return Rules{}, fmt.Errorf("network: %w", err)
	}
	if r.Bundles, err = bundles.At(e); err != nil {
		return Rules{}, fmt.Errorf("bundles: %w", err)
	}
	if r.Encryption, err = encryption.At(e); err != nil {
		return Rules{}, fmt.Errorf("encryption: %w", err)
	}
	if r.BYOL, err = byol.At(e); err != nil {
		return Rules{}, fmt.Errorf("byol: %w", err)
	}
	if r.Monitor, err = monitor.At(e); err != nil {
		return Rules{}, fmt.Errorf("monitor: %w", err)
	}
	if r.Devices, err = devices.At(e); err != nil {
		return Rules{}, fmt.Errorf("devices: %w", err)
	}
	if r.Troubleshoot, err = troubleshoot.At(e); err != nil {
		return Rules{}, fmt.Errorf("troubleshoot: %w", err)
	}
	if e.Compare(migrate.Editions()[0]) >= 0 {
		if r.Migrate, err = migrate.At(e); err != nil {
			return Rules{}, fmt.Errorf("migrate: %w", err)
		}
	}
	return r, nil
}

// AsOf returns the rules of the same edition for questions about day, as [bundles.Rules.AsOf],
// [byol.Rules.AsOf] and [migrate.Rules.AsOf] do: what comes to an end by then is over. A day before the
// edition is a *rule.InputError.
func (r Rules) AsOf(day rule.Edition) (Rules, error) {
	var err error
	if r.Bundles, err = r.Bundles.AsOf(day); err != nil {
		return Rules{}, err
	}
	if r.BYOL, err = r.BYOL.AsOf(day); err != nil {
		return Rules{}, err
	}
	if r.Migrate != (migrate.Rules{}) {
		if r.Migrate, err = r.Migrate.AsOf(day); err != nil {
			return Rules{}, err
		}
	}
	return r, nil
}

// Edition returns the date for which the rules answer.
func (r Rules) Edition() rule.Edition { return r.Bundles.Edition() }

// Catalogue returns all rules of all packages: this one's, and those of network, bundles,
// bundles/encryption, migrate, byol, monitor, devices and troubleshoot, each in its package's order, as a new slice. A rule has its
// title, its remedy, and its level and source by date; its code leads to its help.
func Catalogue() []rule.Rule {
	return slices.Concat(book.Catalogue(), network.Catalogue(), bundles.Catalogue(), encryption.Catalogue(), migrate.Catalogue(), byol.Catalogue(), monitor.Catalogue(), devices.Catalogue(), troubleshoot.Catalogue())
}

// Documents returns the sources that the citations of all packages name, each once, as a new slice.
func Documents() []rule.Document {
	return tables.Documents(book.Documents, network.Documents(), bundles.Documents(), encryption.Documents(), migrate.Documents(), byol.Documents(), monitor.Documents(), devices.Documents(), troubleshoot.Documents())
}
