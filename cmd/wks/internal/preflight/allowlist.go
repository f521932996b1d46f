package preflight

import (
	"errors"
	"io/fs"
	"net/netip"
	"strings"

	"github.com/wksgo/wks/network"
)

// readAllowList reads what a firewall lets through: on each line a prefix, an address or a
// range "first - last". Empty lines, and what follows a #, do not count.
func readAllowList(fsys fs.FS, name string) ([]netip.Prefix, error) {
	data, err := readFile(fsys, name)
	if err != nil {
		return nil, newFileError(inFile(name), err.Error())
	}
	allowed := []netip.Prefix{}
	var errs []error
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		text, _, _ := strings.Cut(line, "#")
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		r, err := network.ParseRange(text)
		if err != nil {
			errs = append(errs, newFileError(lineOf(name, n), err.Error()))
			continue
		}
		allowed = append(allowed, r.Prefixes()...)
	}
	return allowed, errors.Join(errs...)
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
