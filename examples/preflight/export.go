package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

const (
	vpcsName        = "describe-vpcs.json"
	subnetsName     = "describe-subnets.json"
	routesName      = "describe-route-tables.json"
	listsName       = "describe-managed-prefix-lists.json"
	entriesPrefix   = "get-managed-prefix-list-entries-"
	directoriesName = "describe-workspace-directories.json"
	accountName     = "describe-account.json"
)

// commands write the files of an export that have a fixed name.
var commands = []struct{ file, command string }{
	{vpcsName, "ec2 describe-vpcs"},
	{subnetsName, "ec2 describe-subnets"},
	{routesName, "ec2 describe-route-tables"},
	{listsName, "ec2 describe-managed-prefix-lists"},
	{directoriesName, "workspaces describe-workspace-directories"},
	{accountName, "workspaces describe-account"},
}

var regionForm = regexp.MustCompile(`^[a-z]{2,4}(-[a-z]+)+-[0-9]+$`)

// writeCollect prints a shell script that exports the Regions of a comma-separated list.
func writeCollect(w io.Writer, regions string) error {
	list := strings.Split(regions, ",")
	for i, r := range list {
		if list[i] = strings.TrimSpace(r); !regionForm.MatchString(list[i]) {
			return fmt.Errorf("-region %q: want the codes of Regions, such as us-east-1,eu-west-1", regions)
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, `#!/bin/sh
# Writes what preflight reads to the folder export, and changes nothing in the account.
# Needs ec2:DescribeVpcs, ec2:DescribeSubnets, ec2:DescribeRouteTables,
# ec2:DescribeManagedPrefixLists, ec2:GetManagedPrefixListEntries,
# workspaces:DescribeWorkspaceDirectories and workspaces:DescribeAccount.
set -eu
get() {
	file=$1
	shift
	if ! aws "$@" --region "$region" --output json > "$file"; then
		rm -f "$file"
		echo "$file was not written; preflight will not ask its questions" >&2
	fi
}
for region in %s; do
	mkdir -p "export/$region"
`, strings.Join(list, " "))
	for _, c := range commands {
		fmt.Fprintf(&b, "\tget \"export/$region/%s\" %s\n", c.file, c.command)
	}
	fmt.Fprintf(&b, `	aws ec2 describe-route-tables --region "$region" --output text \
		--query 'RouteTables[].Routes[?DestinationPrefixListId].DestinationPrefixListId[]' |
		tr '\t' '\n' | sort -u | while read -r list; do
		if [ -n "$list" ]; then
			get "export/$region/%s$list.json" ec2 get-managed-prefix-list-entries --prefix-list-id "$list"
		fi
	done
done
`, entriesPrefix)
	_, err := io.WriteString(w, b.String())
	return err
}

// A regionExport is the decoded files of one Region. A nil file was not there.
type regionExport struct {
	region      string
	dir         string // within the input
	vpcs        *vpcsFile
	subnets     *subnetsFile
	routes      *routeTablesFile
	lists       *prefixListsFile
	entries     map[string]*entriesFile // by prefix list
	directories *directoriesFile
	account     *accountFile
}

// An account is everything that was read.
type account struct {
	regions []*regionExport // by Region
	notes   []note
}

// readAccount reads the export in fsys: the files that lie in its root, as one Region,
// and those of each folder named like a Region. With only, it reads no other Region.
// The error names every file that cannot be read, one a line.
func readAccount(fsys fs.FS, only string) (*account, error) {
	if only != "" && !regionForm.MatchString(only) {
		return nil, fmt.Errorf("-region %q: want the code of a Region, such as us-east-1", only)
	}
	root, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, err
	}
	a := &account{}
	var errs []error
	flat := false
	for _, entry := range root {
		switch name := entry.Name(); {
		case entry.IsDir() && regionForm.MatchString(name):
			if only == "" || only == name {
				e, err := a.readRegion(fsys, name)
				e.region = name
				errs = append(errs, err)
				a.regions = append(a.regions, e)
			}
		case entry.IsDir():
			a.notes = append(a.notes, note{place{File: name}, "is not named like a Region; the folder is not read"})
		default:
			flat = flat || isExportName(name)
		}
	}
	if flat {
		e, err := a.readRegion(fsys, ".")
		if errs = append(errs, err); err == nil {
			e.region, err = e.findRegion(only)
			errs = append(errs, err)
		}
		a.regions = append(a.regions, e)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	if len(a.regions) == 0 {
		if only != "" {
			return nil, fmt.Errorf("no export of %s found: want a folder of that name, or files such as %s", only, vpcsName)
		}
		return nil, fmt.Errorf("no export found: want files such as %s, or a folder of them for each Region; -collect prints the commands", vpcsName)
	}
	slices.SortStableFunc(a.regions, func(x, y *regionExport) int { return strings.Compare(x.region, y.region) })
	for i := 1; i < len(a.regions); i++ {
		if a.regions[i].region == a.regions[i-1].region {
			return nil, fmt.Errorf("%s is exported twice: in its own folder, and in the files beside it", a.regions[i].region)
		}
	}
	return a, nil
}

func isExportName(name string) bool {
	if id, ok := strings.CutPrefix(name, entriesPrefix); ok {
		return strings.HasPrefix(id, "pl-") && strings.HasSuffix(id, ".json")
	}
	for _, c := range commands {
		if c.file == name {
			return true
		}
	}
	return false
}

// readRegion reads the files of one folder. Its result is never nil.
func (a *account) readRegion(fsys fs.FS, dir string) (*regionExport, error) {
	e := &regionExport{dir: dir, entries: map[string]*entriesFile{}}
	files, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return e, err
	}
	var errs []error
	for _, f := range files {
		name := f.Name()
		full := path.Join(dir, name)
		if !isExportName(name) {
			if !f.IsDir() && strings.HasSuffix(name, ".json") {
				a.notes = append(a.notes, note{place{File: full}, "is not a name that preflight knows; the file is not read"})
			}
			continue
		}
		errs = append(errs, e.read(fsys, full, name, &a.notes))
	}
	return e, errors.Join(errs...)
}

func (e *regionExport) read(fsys fs.FS, full, name string, notes *[]note) error {
	var err error
	var next string
	switch name {
	case vpcsName:
		e.vpcs = new(vpcsFile)
		err, next = decodeFile(fsys, full, e.vpcs, notes), e.vpcs.NextToken
	case subnetsName:
		e.subnets = new(subnetsFile)
		err, next = decodeFile(fsys, full, e.subnets, notes), e.subnets.NextToken
	case routesName:
		e.routes = new(routeTablesFile)
		err, next = decodeFile(fsys, full, e.routes, notes), e.routes.NextToken
	case listsName:
		e.lists = new(prefixListsFile)
		err, next = decodeFile(fsys, full, e.lists, notes), e.lists.NextToken
	case directoriesName:
		e.directories = new(directoriesFile)
		err, next = decodeFile(fsys, full, e.directories, notes), e.directories.NextToken
	case accountName:
		e.account = new(accountFile)
		err = decodeFile(fsys, full, e.account, notes)
	default:
		f := new(entriesFile)
		err, next = decodeFile(fsys, full, f, notes), f.NextToken
		e.entries[strings.TrimSuffix(strings.TrimPrefix(name, entriesPrefix), ".json")] = f
	}
	if err == nil && next != "" {
		err = &fileError{place{File: full, Path: "NextToken"}, "is set: the file is one page of several; export without --max-items and --no-paginate"}
	}
	return err
}

// findRegion tells the Region of files that lie in the root: the one given, or that of
// the subnets' ARNs. The two must not differ.
func (e *regionExport) findRegion(given string) (string, error) {
	region := given
	if e.subnets != nil {
		for i, s := range e.subnets.Subnets {
			parts := strings.Split(s.SubnetArn, ":") // arn:partition:ec2:region:account:subnet/id
			if len(parts) < 6 {
				continue
			}
			if region == "" {
				region = parts[3]
			}
			if parts[3] != region {
				return "", &fileError{place{File: subnetsName, Path: subnetPath(i).Join("SubnetArn")}, fmt.Sprintf("is in %s and not in %s: use a folder for each Region", parts[3], region)}
			}
		}
	}
	if !regionForm.MatchString(region) {
		return "", fmt.Errorf("the files do not tell their Region: give it with -region, or put them into a folder of its name")
	}
	return region, nil
}
