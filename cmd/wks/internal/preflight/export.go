package preflight

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"net/netip"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

const (
	vpcsName        = "describe-vpcs.json"
	subnetsName     = "describe-subnets.json"
	routesName      = "describe-route-tables.json"
	listsName       = "describe-managed-prefix-lists.json"
	entriesPrefix   = "get-managed-prefix-list-entries-"
	directoriesName = "describe-workspace-directories.json"
	accountName     = "describe-account.json"
	groupsName      = "describe-security-groups.json"
	ipGroupsName    = "describe-ip-groups.json"
	workspacesName  = "describe-workspaces.json"
	bundlesName     = "describe-workspace-bundles.json"
	tagsName        = "get-resources.json"
	tagsPrefix      = "describe-tags-"
	keyPrefix       = "describe-key-"
	grantsPrefix    = "list-grants-"

	// These two are not of a Region, and lie in the root.
	allowListName = "firewall.txt"
	ipRangesName  = "ip-ranges.json"
)

// commands write the files of an export that have a fixed name.
var commands = []struct{ file, command string }{
	{vpcsName, "ec2 describe-vpcs"},
	{subnetsName, "ec2 describe-subnets"},
	{routesName, "ec2 describe-route-tables"},
	{listsName, "ec2 describe-managed-prefix-lists"},
	{directoriesName, "workspaces describe-workspace-directories"},
	{accountName, "workspaces describe-account"},
	{groupsName, "ec2 describe-security-groups"},
	{ipGroupsName, "workspaces describe-ip-groups"},
	{workspacesName, "workspaces describe-workspaces"},
	{bundlesName, "workspaces describe-workspace-bundles"},
	{imagesName, "workspaces describe-workspace-images"},
	{amisName, "ec2 describe-images --owners self"},
	{tasksName, "ec2 describe-import-image-tasks"},
	{tagsName, tagsCommand},
}

// tagsCommand asks for the tags of all WorkSpaces, where describe-tags asks for those of one.
const tagsCommand = "resourcegroupstaggingapi get-resources --resource-type-filters workspaces:workspace --page-size 100"

// eachCommands write the files of which there is one for each resource of a kind.
var eachCommands = []struct{ prefix, start, command string }{
	{entriesPrefix, "pl-", "ec2 get-managed-prefix-list-entries --prefix-list-id"},
	{tagsPrefix, "ws-", "workspaces describe-tags --resource-id"},
	{keyPrefix, "", "kms describe-key --key-id"},
	{grantsPrefix, "", "kms list-grants --key-id"},
}

// resourceOf returns the id in the name of a file of a resource, and its prefix.
func resourceOf(name string) (prefix, id string, ok bool) {
	for _, c := range eachCommands {
		if id, is := strings.CutPrefix(name, c.prefix); is {
			id, is = strings.CutSuffix(id, ".json")
			return c.prefix, id, is && id != "" && strings.HasPrefix(id, c.start)
		}
	}
	return "", "", false
}

// A regionExport is the decoded files of one Region. A nil file was not there.
type regionExport struct {
	region      string
	dir         string                // within the input
	files       map[string]bool       // that were read
	doubts      map[string]*fileError // the first value that cannot be used, by the name of the file or its prefix
	vpcs        *listing[vpc]
	subnets     *listing[subnet]
	routes      *listing[routeTable]
	lists       *listing[prefixList]
	entries     map[string]*entriesFile // by prefix list
	directories *listing[directory]
	tenancy     *accountFile
	groups      *listing[securityGroup]
	ipGroups    *listing[ipGroup]
	workspaces  *roster
	bundles     *listing[workspaceBundle]
	images      *listing[workspaceImage]
	tags        tagAnswers
	keys        map[string]encryption.Key        // by id
	grants      map[string]encryption.GrantCount // by the id of the key
	facts       *byolFile
	amis        *listing[ami]
	tasks       *listing[importTask]
	events      *accessEvents
	alarms      *listing[metricAlarm]
	eventRules  *listing[eventRule]
}

// An account is everything that was read.
type account struct {
	rules     bundles.Rules   // that tags are asked about as they are read
	input     string          // the folder; "" for the sample
	regions   []*regionExport // by Region
	allowed   *allowList      // of the firewall; nil if there is no list
	published []network.AWSRange
	events    []eventsFile
	// What no export tells, and flags may.
	protocols            []network.Protocol // of the clients
	roundTrip            time.Duration
	launches, migrations int
	ssh                  []netip.Prefix // addresses of devices
	fedRAMP              bool           // the conditions for it are asked
	pictures             bool           // are drawn, for the page
	plan                 *planFile      // nil if nothing is planned
	planName             string
	now                  time.Time // from which the plan starts
	notes                notes
	refused              []error // why files cannot be used
}

// readAccount reads, for questions to rules, the export in fsys: the files that lie in its root, as one Region,
// and those of each folder named like a Region. With only, it reads no other Region.
// The error names every file that cannot be read, one a line.
func readAccount(rules wks.Rules, fsys fs.FS, only string) (*account, error) {
	if only != "" && !facts.IsRegion(only) {
		return nil, fmt.Errorf("--region %q: want the code of a Region, such as us-east-1", only)
	}
	root, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, err
	}
	a := &account{rules: rules.Bundles}
	var errs []error
	flat := false
	for _, entry := range root {
		name := entry.Name()
		info, err := fs.Stat(fsys, name) // follows a link
		switch {
		case err != nil:
			a.refuse(newFileError(inFile(name), reason(err).Error()))
		case info.IsDir() && facts.IsRegion(name):
			if only == "" || only == name {
				e := a.readRegion(fsys, name)
				e.region = name
				a.placeSubnets(e)
				a.regions = append(a.regions, e)
			}
		case isExportName(name):
			flat = true
		case name == allowListName:
			a.allowed, err = readAllowList(fsys, name, &a.notes)
			a.refuse(err)
		case name == ipRangesName:
			a.published, err = readPublished(fsys, name)
			a.refuse(err)
		case isEventsName(name):
			a.events = append(a.events, eventsFile{name: name})
		case info.IsDir():
			a.notes.add(inFile(name), "is not named like a Region; the folder is not read")
		default:
			a.noteUnread(name)
		}
	}
	if flat {
		e := a.readRegion(fsys, ".")
		if e.region = cmp.Or(only, e.ownRegion()); e.region == "" {
			errs = append(a.refused, errors.New("the files do not tell their Region: give it with --region, or put them into a folder of its name"))
		}
		a.placeSubnets(e)
		a.regions = append(a.regions, e)
	}
	if err := errors.Join(append(errs, a.nothing())...); err != nil {
		return nil, err
	}
	if len(a.regions) == 0 {
		if only != "" {
			return nil, fmt.Errorf("no export of %s found: want a folder of that name, or files such as %s", only, vpcsName)
		}
		return nil, fmt.Errorf("no export found: want files such as %s, or a folder of them for each Region; --collect prints the commands", vpcsName)
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
	if _, _, ok := resourceOf(name); ok {
		return true
	}
	for _, c := range commands {
		if c.file == name {
			return true
		}
	}
	return name == byolName || watchCommands[name] != ""
}

func (a *account) noteUnread(name string) {
	if strings.HasSuffix(name, ".json") {
		a.notes.add(inFile(name), "is not a name that preflight knows; the file is not read")
	}
}

// readRegion reads the files of one folder. Its result is never nil.
func (a *account) readRegion(fsys fs.FS, dir string) *regionExport {
	e := &regionExport{
		dir: dir, files: map[string]bool{}, doubts: map[string]*fileError{}, entries: map[string]*entriesFile{}, tags: tagAnswers{rules: a.rules, alone: map[string]bool{}},
		keys: map[string]encryption.Key{}, grants: map[string]encryption.GrantCount{},
	}
	files, err := fs.ReadDir(fsys, dir)
	if err != nil {
		a.refuse(newFileError(inFile(dir), reason(err).Error()))
	}
	for _, f := range files {
		name, full := f.Name(), path.Join(dir, f.Name())
		if isExportName(name) {
			err := e.read(fsys, full, name, &a.notes)
			e.files[name] = err == nil
			a.refuse(err)
		} else if dir != "." && isEventsName(name) {
			a.events = append(a.events, eventsFile{full, e})
		} else if dir != "." { // the root is gone through by the caller
			a.noteUnread(full)
		}
	}
	return e
}

func (e *regionExport) read(fsys fs.FS, full, name string, notes *notes) (err error) {
	switch name {
	case vpcsName:
		e.vpcs, err = decodeList(e, fsys, full, "Vpcs", notes, func(f *vpcsFile) ([]vpc, string) { return f.Vpcs, f.NextToken })
	case subnetsName:
		e.subnets, err = decodeList(e, fsys, full, "Subnets", notes, func(f *subnetsFile) ([]subnet, string) { return f.Subnets, f.NextToken })
	case routesName:
		e.routes, err = decodeList(e, fsys, full, "RouteTables", notes, func(f *routeTablesFile) ([]routeTable, string) { return f.RouteTables, f.NextToken })
	case listsName:
		e.lists, err = decodeList(e, fsys, full, "PrefixLists", notes, func(f *prefixListsFile) ([]prefixList, string) { return f.PrefixLists, f.NextToken })
	case directoriesName:
		e.directories, err = decodeList(e, fsys, full, "Directories", notes, func(f *directoriesFile) ([]directory, string) { return f.Directories, f.NextToken })
		guessPools(e.directories, notes)
	case groupsName:
		e.groups, err = decodeList(e, fsys, full, "SecurityGroups", notes, func(f *securityGroupsFile) ([]securityGroup, string) { return f.SecurityGroups, f.NextToken })
	case ipGroupsName:
		e.ipGroups, err = decodeList(e, fsys, full, "Result", notes, func(f *ipGroupsFile) ([]ipGroup, string) { return f.Result, f.NextToken })
	case accountName:
		e.tenancy, err = decodeWhole[accountFile](fsys, full, notes)
		if err != nil {
			e.tenancy = nil
		}
	case workspacesName:
		f := workspacesFile{Workspaces: newRoster(inFile(full).below("Workspaces"), notes)}
		if err = decodeFile(fsys, full, &f, notes); err == nil && f.NextToken != "" {
			err = notWhole(full, "NextToken")
		}
		if err == nil {
			e.workspaces = f.Workspaces
			e.doubt(name, f.Workspaces.wrong)
		}
	case bundlesName:
		e.bundles, err = decodeList(e, fsys, full, "Bundles", notes, func(f *bundlesFile) ([]workspaceBundle, string) { return f.Bundles, f.NextToken })
	case imagesName:
		e.images, err = decodeList(e, fsys, full, "Images", notes, func(f *workspaceImagesFile) ([]workspaceImage, string) { return f.Images, f.NextToken })
	case byolName:
		err = e.readFacts(fsys, full, notes)
	case amisName:
		e.amis, err = decodeList(e, fsys, full, "Images", notes, func(f *amisFile) ([]ami, string) { return f.Images, f.NextToken })
	case tasksName:
		e.tasks, err = decodeList(e, fsys, full, "ImportImageTasks", notes, func(f *importTasksFile) ([]importTask, string) { return f.ImportImageTasks, f.NextToken })
	case alarmsName:
		e.alarms, err = decodeList(e, fsys, full, "MetricAlarms", notes, func(f *alarmsFile) ([]metricAlarm, string) { return f.MetricAlarms, f.NextToken })
	case eventRulesName:
		e.eventRules, err = decodeList(e, fsys, full, "Rules", notes, func(f *eventRulesFile) ([]eventRule, string) { return f.Rules, f.NextToken })
	case tagsName:
		err = e.readTags(fsys, full, notes)
	default:
		return e.readResource(fsys, full, name, notes)
	}
	return err
}

// readResource reads a file of which there is one for each resource.
func (e *regionExport) readResource(fsys fs.FS, full, name string, notes *notes) (err error) {
	prefix, id, _ := resourceOf(name)
	switch prefix {
	case entriesPrefix:
		return e.readEntries(fsys, full, id, notes)
	case tagsPrefix:
		f, err := decodeWhole[tagsFile](fsys, full, notes)
		e.tags.alone[id] = true
		if err == nil {
			e.tags.check(id, inFile(full).below("TagList"), f.TagList)
		}
		e.doubtFile(prefix, err)
		return err
	}
	f, err := openExported(fsys, full)
	if err != nil {
		return err
	}
	defer f.Close()
	if prefix == keyPrefix {
		var data []byte
		if data, err = cli.ReadAll(f, maxSmall, "such a file"); err == nil {
			var key encryption.Key
			if key, err = encryption.ParseKey(data); err == nil {
				e.keys[id] = key
			}
		}
		if err != nil {
			err = keyError(fsys, full, err)
		}
	} else {
		var count encryption.GrantCount
		if count, err = encryption.CountGrants(f); err == nil {
			e.grants[id] = count
		} else {
			err = newFileError(inFile(full), err.Error())
		}
	}
	e.doubtFile(prefix, err)
	return err
}

// decodeWhole decodes a file of which there are no pages.
func decodeWhole[T any](fsys fs.FS, full string, notes *notes) (*T, error) {
	f := new(T)
	return f, decodeFile(fsys, full, f, notes)
}

// notWhole is the error of a file that has a token for more.
func notWhole(full string, token rule.Path) error {
	return newFileError(inFile(full).below(token), "is set: the file is one page of several; export without --max-items and --no-paginate")
}

// decodeList decodes a file that must hold the whole list of a member, and not a first page. What is wrong in an element is noted, and is
// taken as not given; an element without an identifier is left out.
func decodeList[F, T any, P listed[T]](e *regionExport, fsys fs.FS, full string, member rule.Path, notes *notes, page func(*F) ([]T, string)) (*listing[T], error) {
	f := new(F)
	wrong, err := decodeUsable(fsys, full, f, notes)
	if err != nil {
		return nil, err
	}
	elements, next := page(f)
	if next != "" {
		return nil, notWhole(full, "NextToken")
	}
	for _, w := range wrong {
		i, _, ok := cutIndex(w.Path, member)
		if !ok {
			return nil, w
		}
		x := P(&elements[i])
		x.spoil(w)
		if x.id() != "" {
			w.of = x
			notes.wrong(w, "it is taken as not given")
		} else {
			notes.wrong(w, "the element is left out")
		}
		e.doubt(path.Base(full), w)
	}
	return newListing[T, P](elements, inFile(full).below(member), notes), nil
}

func (e *regionExport) place(file string, p rule.Path) place {
	return inFile(path.Join(e.dir, file)).below(p)
}
