package wkstest

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
)

// ReadExport makes a state of a folder that the AWS CLI wrote: of each Region a folder with its
// name, and in it what "aws ec2 describe-subnets", "aws workspaces describe-workspaces" and so on
// print, each in a file of the command's name. These files are read, and none must be there:
//
//	describe-subnets.json
//	describe-workspace-directories.json, describe-workspaces.json
//	describe-workspace-bundles.json, describe-workspace-images.json
//	describe-ip-groups.json, describe-connection-aliases.json, describe-workspaces-pools.json
//	describe-account.json
//	describe-tags-ID.json, get-resources.json (of the Resource Groups Tagging API)
//	describe-key-ID.json, list-grants-ID.json
//
// Subnets and keys are all that there are if there is a file of them. What the account has that no
// file tells, such as the users of a directory, is not known. The account is the one that owns the
// most of what is exported. It is an error if a file cannot be read, is not
// JSON, or has a member of the wrong type, if it has more than 256 MiB, and if no folder is that of a Region.
func ReadExport(fsys fs.FS) (*State, error) {
	if fsys == nil {
		return nil, errors.New("wkstest: ReadExport: there is no folder to read")
	}
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, fmt.Errorf("wkstest: ReadExport: %w", err)
	}
	s := &State{Regions: map[string]*Region{}}
	owners := map[string]int{}
	for _, e := range entries {
		if !e.IsDir() || !regionName.MatchString(e.Name()) {
			continue
		}
		r, err := readRegion(fsys, e.Name(), owners)
		if err != nil {
			return nil, fmt.Errorf("wkstest: ReadExport: %w", err)
		}
		s.Regions[e.Name()] = r
	}
	if len(s.Regions) == 0 {
		return nil, errors.New("wkstest: ReadExport: no folder has the name of a Region")
	}
	delete(owners, "") // what does not tell
	for _, id := range slices.Sorted(maps.Keys(owners)) {
		if twelveDigits.MatchString(id) && owners[id] > owners[s.AccountID] {
			s.AccountID = id
		}
	}
	return s, nil
}

// An exported file is a member of one of these.
type exported struct {
	Subnets []struct {
		SubnetId, VpcId, AvailabilityZoneId, CidrBlock, OwnerId string
		AvailableIpAddressCount                                 *int
	}
	Grants      []struct{ GrantId string }
	KeyMetadata struct{ AWSAccountId, Arn, KeyManager, KeySpec, KeyState string }
}

// readRegion reads the files of a Region, and counts in owners what each account owns.
func readRegion(fsys fs.FS, name string, owners map[string]int) (*Region, error) {
	r := &Region{}
	var ec2 exported
	there, err := readFile(fsys, path.Join(name, "describe-subnets.json"), &ec2)
	if err != nil {
		return nil, err
	}
	if there {
		r.Subnets = []Subnet{}
	}
	for _, s := range ec2.Subnets {
		owners[s.OwnerId]++
		r.Subnets = append(r.Subnets, Subnet{SubnetID: s.SubnetId, VPCID: s.VpcId, ZoneID: s.AvailabilityZoneId, CIDR: s.CidrBlock, Available: s.AvailableIpAddressCount})
	}
	var out struct {
		workspaces.DescribeAccountOutput
		workspaces.DescribeWorkspaceDirectoriesOutput
		workspaces.DescribeWorkspacesOutput
		workspaces.DescribeWorkspaceBundlesOutput
		workspaces.DescribeWorkspaceImagesOutput
		workspaces.DescribeIpGroupsOutput
		workspaces.DescribeConnectionAliasesOutput
		workspaces.DescribeWorkspacesPoolsOutput
	}
	for file, to := range map[string]any{
		"describe-account": &out.DescribeAccountOutput, "describe-workspace-directories": &out.DescribeWorkspaceDirectoriesOutput,
		"describe-workspaces": &out.DescribeWorkspacesOutput, "describe-workspace-bundles": &out.DescribeWorkspaceBundlesOutput,
		"describe-workspace-images": &out.DescribeWorkspaceImagesOutput, "describe-ip-groups": &out.DescribeIpGroupsOutput,
		"describe-connection-aliases": &out.DescribeConnectionAliasesOutput, "describe-workspaces-pools": &out.DescribeWorkspacesPoolsOutput,
	} {
		if _, err := readFile(fsys, path.Join(name, file+".json"), to); err != nil {
			return nil, err
		}
	}
	tags, err := readTags(fsys, name)
	if err != nil {
		return nil, err
	}
	r.Account = Account{DedicatedTenancySupport: out.DedicatedTenancySupport, ManagementCIDR: aws.ToString(out.DedicatedTenancyManagementCidrRange)}
	for _, d := range out.Directories {
		r.Directories = append(r.Directories, Directory{WorkspaceDirectory: d, Tags: tags[aws.ToString(d.DirectoryId)]})
	}
	for _, b := range out.Bundles {
		owners[aws.ToString(b.Owner)]++
		if aws.ToString(b.Owner) == amazon {
			r.AmazonBundles = append(r.AmazonBundles, Bundle{WorkspaceBundle: b})
			continue
		}
		r.Bundles = append(r.Bundles, Bundle{WorkspaceBundle: b, Tags: tags[aws.ToString(b.BundleId)]})
	}
	for _, i := range out.Images {
		owners[aws.ToString(i.OwnerAccountId)]++
		r.Images = append(r.Images, Image{WorkspaceImage: i, Tags: tags[aws.ToString(i.ImageId)]})
	}
	for _, w := range out.Workspaces {
		r.Workspaces = append(r.Workspaces, Workspace{Workspace: w, Tags: tags[aws.ToString(w.WorkspaceId)]})
	}
	for _, g := range out.Result {
		r.IPGroups = append(r.IPGroups, IPGroup{WorkspacesIpGroup: g, Tags: tags[aws.ToString(g.GroupId)]})
	}
	for _, a := range out.ConnectionAliases {
		r.Aliases = append(r.Aliases, Alias{ConnectionAlias: a, Tags: tags[aws.ToString(a.AliasId)]})
	}
	for _, p := range out.WorkspacesPools {
		r.Pools = append(r.Pools, Pool{WorkspacesPool: p, Tags: tags[aws.ToString(p.PoolId)]})
	}
	return r, readKeys(fsys, name, r, owners)
}

// readTags reads the tags of every resource that has a file of them, and else from the file of all.
func readTags(fsys fs.FS, region string) (map[string][]types.Tag, error) {
	all := map[string][]types.Tag{}
	err := eachFile(fsys, region, "describe-tags-", func(id, file string) error {
		var out workspaces.DescribeTagsOutput
		_, err := readFile(fsys, file, &out)
		all[id] = out.TagList
		return err
	})
	if err != nil {
		return nil, err
	}
	var out struct {
		ResourceTagMappingList []struct {
			ResourceARN string
			Tags        []types.Tag
		}
	}
	_, err = readFile(fsys, path.Join(region, "get-resources.json"), &out)
	for _, r := range out.ResourceTagMappingList {
		if id := path.Base(r.ResourceARN); all[id] == nil {
			all[id] = r.Tags
		}
	}
	return all, err
}

// readKeys reads the keys, and how many grants each has. Those of the exported WorkSpaces are taken
// off, for the server counts them.
func readKeys(fsys fs.FS, region string, r *Region, owners map[string]int) error {
	held := map[string]int{} // by the key's ARN
	for i := range r.Workspaces {
		w := &r.Workspaces[i].Workspace
		held[aws.ToString(w.VolumeEncryptionKey)] += grantsOf(w)
	}
	return eachFile(fsys, region, "describe-key-", func(id, file string) error {
		var key, grants exported
		if _, err := readFile(fsys, file, &key); err != nil {
			return err
		}
		if _, err := readFile(fsys, path.Join(region, "list-grants-"+id+".json"), &grants); err != nil {
			return err
		}
		m := key.KeyMetadata
		owners[m.AWSAccountId]++
		k := Key{ARN: m.Arn, State: m.KeyState, Spec: m.KeySpec, Manager: m.KeyManager, Grants: max(0, len(grants.Grants)-held[m.Arn])}
		r.Keys = append(r.Keys, k)
		return nil
	})
}

// eachFile calls f for the files of a Region whose names are a prefix and an identifier.
func eachFile(fsys fs.FS, region, prefix string, f func(id, file string) error) error {
	entries, err := fs.ReadDir(fsys, region)
	if err != nil {
		return err
	}
	for _, e := range entries {
		id, ok := strings.CutPrefix(e.Name(), prefix)
		if id, is := strings.CutSuffix(id, ".json"); ok && is && id != "" {
			if err := f(id, path.Join(region, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// readFile decodes a file if it is there.
func readFile(fsys fs.FS, name string, to any) (there bool, err error) {
	file, err := fsys.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	var data []byte
	if err == nil {
		data, err = readUpTo(file, mostExport)
		err = errors.Join(err, file.Close())
	}
	if err == nil {
		err = decodeJSON([]byte(strings.TrimPrefix(string(data), "\ufeff")), to)
	}
	if p := (*fs.PathError)(nil); errors.As(err, &p) {
		err = p.Err // which is without the name
	}
	if err != nil {
		return true, fmt.Errorf("%s: %w", shown(name), err)
	}
	return true, nil
}

// Age gives a time of launch to every WorkSpace that has none, so that the server judges the waits
// that count from the launch.
func (s *State) Age(launched time.Time) {
	for _, r := range s.Regions {
		if r == nil {
			continue
		}
		for i := range r.Workspaces {
			if h := &r.Workspaces[i].History; h.Launched.IsZero() {
				h.Launched = launched
			}
		}
	}
}
