package wkstest

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
)

// What Sample has in every Region.
const (
	SampleDirectory = "d-9067000001"                     // registered, with two subnets, in which every user exists
	SampleBundle    = "wsb-standardwindowsserver2022wsp" // STANDARD, 80 and 50 GiB, Windows Server 2022, DCV: one of PublicBundles
)

// Sample returns an account's Region that is ready for use: the directory SampleDirectory, AWS's
// public bundles, and whatever subnets, keys and users a request names.
func Sample(region string) *Region {
	return &Region{Directories: []Directory{{WorkspaceDirectory: types.WorkspaceDirectory{
		DirectoryId:   aws.String(SampleDirectory),
		DirectoryName: aws.String("corp.example.com"),
		Alias:         aws.String(SampleDirectory),
		DirectoryType: types.WorkspaceDirectoryTypeSimpleAd,
		State:         types.WorkspaceDirectoryStateRegistered,
		Tenancy:       types.TenancyShared,
		WorkspaceType: types.WorkspaceTypePersonal,
		SubnetIds:     []string{"subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"},
	}}}}
}

// defaultVolumes are those that the public bundles of a compute type have: the bundle options of the
// guide. Of other compute types it is the least pair that may be launched.
var defaultVolumes = map[types.Compute]bundles.Volumes{
	types.ComputeValue:       {Root: 80, User: 10},
	types.ComputeStandard:    {Root: 80, User: 50},
	types.ComputePerformance: {Root: 80, User: 100},
	types.ComputePower:       {Root: 175, User: 100},
	types.ComputePowerpro:    {Root: 175, User: 100},
}

// PublicBundle returns the identifier of the public bundle with a compute type, operating system
// and protocol. The identifiers are the server's own: those of AWS differ by Region and are in no
// document. Whether there is such a bundle, PublicBundles tells.
func PublicBundle(compute types.Compute, system types.OperatingSystemName, protocol types.Protocol) string {
	name := strings.ToLower(string(compute) + string(system) + string(protocol))
	return "wsb-" + strings.ReplaceAll(name, "_", "")
}

// PublicBundles returns the bundles of AMAZON, one for each operating system, compute type and
// protocol that the newest guide offers with an included licence, in its order. A Region has those of
// which no document says that it lacks the compute type. Names and identifiers are the server's own.
func PublicBundles() []Bundle { return slices.Clone(public()) }

var public = sync.OnceValue(func() (list []Bundle) {
	r := bundles.Newest()
	made := aws.Time(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC))
	owner := aws.String("AMAZON")
	for _, o := range r.Offers() {
		if o.BYOL || o.Name == "" || o.Last != (rule.Edition{}) && r.Day().Compare(o.Last) > 0 {
			continue
		}
		for _, compute := range o.Compute {
			v, ok := defaultVolumes[compute]
			if !ok {
				s, _ := r.Sizes(compute) // a test looks at the volumes of each bundle
				v = s.Minimum
			}
			for _, protocol := range o.Protocols {
				if protocol != types.ProtocolPcoip && protocol != types.ProtocolWsp {
					continue
				}
				name := title(string(compute)) + " with " + o.System
				if protocol == types.ProtocolWsp {
					name += " (DCV)"
				}
				id := PublicBundle(compute, o.Name, protocol)
				if a, err := r.CheckRequest(types.WorkspaceRequest{}, bundles.LaunchContext{ComputeType: compute, Volumes: v}); err == nil && a.Violations.At("WorkspaceProperties").Err() != nil ||
					slices.ContainsFunc(list, func(b Bundle) bool { return *b.BundleId == id }) {
					continue // retired
				}
				list = append(list, Bundle{WorkspaceBundle: types.WorkspaceBundle{
					BundleId:        aws.String(id),
					BundleType:      types.BundleTypeRegular,
					ComputeType:     &types.ComputeType{Name: compute},
					CreationTime:    made,
					Description:     aws.String(name),
					ImageId:         aws.String("wsi-" + strings.TrimPrefix(id, "wsb-")),
					LastUpdatedTime: made,
					Name:            aws.String(name),
					Owner:           owner,
					RootStorage:     &types.RootStorage{Capacity: aws.String(strconv.Itoa(int(v.Root)))},
					State:           types.WorkspaceBundleStateAvailable,
					UserStorage:     &types.UserStorage{Capacity: aws.String(strconv.Itoa(int(v.User)))},
				}, System: o.Name, Protocol: protocol})
			}
		}
	}
	return list
})

// publicTables are by what a Region lacks. Regions of all servers share them: nothing changes a public
// bundle.
var publicTables struct {
	sync.Mutex
	without map[string]*table[Bundle]
}

// publicTable returns the public bundles of a Region.
func publicTable(region string) *table[Bundle] {
	r := bundles.Newest()
	lacks := map[types.Compute]bool{}
	key := ""
	for _, c := range r.ComputeTypes() {
		if a, err := r.CheckRegion(region, c.Name); err == nil && a.Verdict == rule.Denied {
			lacks[c.Name] = true
			key += string(c.Name) + " "
		}
	}
	publicTables.Lock()
	defer publicTables.Unlock()
	if t := publicTables.without[key]; t != nil {
		return t
	}
	t := newBundles()
	for _, b := range public() {
		if !lacks[b.ComputeType.Name] {
			t.add(&b)
		}
	}
	if publicTables.without == nil {
		publicTables.without = map[string]*table[Bundle]{}
	}
	publicTables.without[key] = t
	return t
}

// title returns STANDARD as Standard, and names of the guide's families as it spells them.
func title(compute string) string {
	words := strings.Split(strings.ToLower(compute), "_")
	for i, w := range words {
		words[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, ".")
}
