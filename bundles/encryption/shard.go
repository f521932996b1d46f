package encryption

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

// DefaultLimit is the WorkSpaces per key by which Shard spreads them unless told otherwise.
// It was documented as a limit from 2020-03-31 to 2021-04-03; see [Rules.MaxWorkSpaces] for
// what is documented in an edition.
const DefaultLimit = 500

// A Workspace is one that has a key, or is to be given one.
type Workspace struct {
	Region string
	Key    string // the ARN of its key, or the Name of a ShardKey; "" is none
	// Unencrypted is whether a WorkSpace without a key is to stay without. A WorkSpace that
	// was launched without encryption cannot be encrypted later.
	Unencrypted bool
}

// Launched returns a WorkSpace that DescribeWorkspaces returned in a Region. Without a
// VolumeEncryptionKey it is to stay without.
func Launched(region string, w types.Workspace) Workspace {
	u := UseOf(region, w)
	return Workspace{region, u.VolumeEncryptionKey, u.VolumeEncryptionKey == ""}
}

// Requested returns the WorkSpace that a request to CreateWorkspaces in a Region is to
// launch. It is to be given a key if the request encrypts a volume and names none.
func Requested(region string, w types.WorkspaceRequest) Workspace {
	u := RequestedUse(region, w)
	return Workspace{region, u.VolumeEncryptionKey, !u.Root && !u.User}
}

// A ShardKey is a key that exists or is planned, and how WorkSpaces may use it.
type ShardKey struct {
	// Name is the caller's, such as an alias or the name of a resource. A key without an
	// ARN is one to be created, and must have a name.
	Name string
	ARN  string
	// Region may be left out if there is an ARN, which tells it.
	Region string
	// Limit is the most WorkSpaces that may use the key; 0 is that of the ShardOptions.
	Limit int
	// Others are WorkSpaces that use the key and are not in the list.
	Others int
	// Closed is whether the key takes no new WorkSpaces.
	Closed bool
	// AWSManaged keys have no limit of grants since 2018-05-23.
	AWSManaged bool
	// Spec and State are those of DescribeKey, "" if they are not known. A key that is not
	// symmetric, or not enabled, takes no new WorkSpaces.
	Spec, State string
}

// KeyFrom returns a key as DescribeKey describes it.
func KeyFrom(k Key) ShardKey {
	return ShardKey{ARN: k.ARN, AWSManaged: k.Manager == "AWS", Spec: k.Spec, State: k.State}
}

// Ref returns what a WorkSpace may have as its Key: the ARN, or the name of a key that has
// none yet.
func (k ShardKey) Ref() string {
	if k.ARN != "" {
		return k.ARN
	}
	return k.Name
}

// A Fill is an order in which keys take WorkSpaces.
type Fill uint8

const (
	// Pack fills one key before it goes on to the next, in the order of the keys. What
	// is added at the end of the WorkSpaces moves none before it.
	Pack Fill = iota
	// Balance gives each WorkSpace to the key that has the fewest; among equals first to
	// the one that had fewer before, then in the order of the keys. What is added at the
	// end moves none before it as long as no further key is needed.
	Balance
)

// ShardOptions say how WorkSpaces are spread; the zero value will do.
type ShardOptions struct {
	// Limit is the most WorkSpaces that may use a key; 0 is DefaultLimit.
	Limit int
	// HeadRoom is how many of them new WorkSpaces leave free on each key. A migration
	// holds the grants of two WorkSpaces for a while.
	HeadRoom int
	Fill     Fill
	// Prefix starts the names of new keys, PREFIX-REGION-N, with N from 1 on and such that
	// no given key has the name; "" is workspaces.
	Prefix string
}

// A KeyLoad is a key and how many WorkSpaces use it.
type KeyLoad struct {
	ShardKey         // with Region and Limit filled in, and a Name if it is new
	Partition string // of the Region, as keys in it have it, or else by its form; "" if neither tells
	New       bool   // it is to be created
	Found     bool   // it was not given, but WorkSpaces use it; it takes no more
	Before    int    // WorkSpaces that used it, Others included
	After     int    // WorkSpaces that are to use it
}

// A ShardPlan is what Shard returns.
type ShardPlan struct {
	// The violations are those of WorkSpaces, then those of keys, in the order of each.
	rule.Answer
	// Keys are those given, in their order, then those Found in the order of the
	// WorkSpaces, then those New by Region and number.
	Keys []KeyLoad

	of []int32 // by WorkSpace, the index of its key, or unencrypted
}

const unencrypted = -1

// Key returns the key of WorkSpace i, counted from 0 as in the list given to Shard. It is
// false for one that is not encrypted, and for an i that is none of the list.
func (p ShardPlan) Key(i int) (KeyLoad, bool) {
	if i < 0 || i >= len(p.of) || p.of[i] == unencrypted {
		return KeyLoad{}, false
	}
	return p.Keys[p.of[i]], true
}

// NewKeys returns the keys to be created, by Region and number.
func (p ShardPlan) NewKeys() []KeyLoad {
	i := slices.IndexFunc(p.Keys, func(k KeyLoad) bool { return k.New })
	if i < 0 {
		return nil
	}
	return slices.Clone(p.Keys[i:])
}

// Shard assigns WorkSpaces to KMS keys of their Region, so that no key is given more than
// its limit. A WorkSpace that has a key keeps it, for encryption is final. One that has none
// goes to a key that has room, and to a new key only if none has: the number of new keys
// is the least possible. The same input gives the same plan, and a plan that is given back,
// each WorkSpace with its key and the new keys among the keys, changes nothing, whatever
// WorkSpaces have come or gone since.
//
// Keys that WorkSpaces use and that are not given are added, and take no more. To let new
// keys have names that are not taken, give those of the keys that exist.
//
// Violations: KeyInOtherRegion at Workspaces[i].VolumeEncryptionKey for a WorkSpace whose
// key is in another Region; KeyAsymmetric at Keys[i].KeySpec and KeyNotEnabled at
// Keys[i].KeyState for a key that cannot be used and is given; and at Keys[i] for each key
// that carries too much after the plan, the first of WorkSpacesOverLimit, GrantsOverLimit (at two grants for each
// WorkSpace, the least), WorkSpacesLimitDisputed and KeyOverShardLimit that is so.
//
// The error is a *rule.InputError for a malformed Region or ARN, for a WorkSpace's Key that
// is neither an ARN nor a name given, for keys without name and ARN or listed twice, for
// numbers below 0 or above 2^30, and for a HeadRoom that leaves no room at all.
//
// It takes time in proportion to the WorkSpaces, and to the keys and their logarithm, and
// allocates four bytes for each WorkSpace.
func (r Rules) Shard(workspaces []Workspace, keys []ShardKey, o ShardOptions) (ShardPlan, error) {
	if err := r.known(); err != nil {
		return ShardPlan{}, err
	}
	s := &sharder{rules: r.s, index: make(map[string]int32, len(keys)), regions: map[string]int32{}}
	if err := s.options(o); err != nil {
		return ShardPlan{}, err
	}
	for i, k := range keys {
		if err := s.give(k, rule.Path("Keys").Index(i)); err != nil {
			return ShardPlan{}, err
		}
	}
	if err := s.count(workspaces); err != nil {
		return ShardPlan{}, err
	}
	s.create()
	s.assign()
	for i := range s.plan.Keys {
		s.check(i)
	}
	s.plan.Answer = s.plan.Concluded()
	return s.plan, nil
}
