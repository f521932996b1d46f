package wks

import (
	"cmp"
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
	err := cmp.Or(
		read(&r.Network, "network", network.At, e), read(&r.Bundles, "bundles", bundles.At, e), read(&r.Encryption, "encryption", encryption.At, e), read(&r.BYOL, "byol", byol.At, e),
		read(&r.Monitor, "monitor", monitor.At, e), read(&r.Devices, "devices", devices.At, e), read(&r.Troubleshoot, "troubleshoot", troubleshoot.At, e),
	)
	if e.Compare(migrate.Editions()[0]) >= 0 {
		err = cmp.Or(err, read(&r.Migrate, "migrate", migrate.At, e))
	}
	if err != nil {
		return Rules{}, err
	}
	return r, nil
}

// read reads the rules of one package for a date.
func read[R any](r *R, name string, at func(rule.Edition) (R, error), e rule.Edition) (err error) {
	if *r, err = at(e); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// AsOf returns the rules of the same edition for questions about day, as [bundles.Rules.AsOf],
// [byol.Rules.AsOf] and [migrate.Rules.AsOf] do: what comes to an end by then is over. A day before the
// edition is a *rule.InputError.
func (r Rules) AsOf(day rule.Edition) (Rules, error) {
	var errs [3]error
	r.Bundles, errs[0] = r.Bundles.AsOf(day)
	r.BYOL, errs[1] = r.BYOL.AsOf(day)
	if r.Migrate != (migrate.Rules{}) {
		r.Migrate, errs[2] = r.Migrate.AsOf(day)
	}
	if err := cmp.Or(errs[:]...); err != nil {
		return Rules{}, err
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
