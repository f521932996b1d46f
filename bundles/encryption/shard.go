package encryption

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

// DefaultLimit is the WorkSpaces per key by which Shard spreads them unless told otherwise.
// It was documented as a limit from 2020-03-31 to 2021-04-03; see [Rules.MaxWorkSpaces] for
// what is documented in an edition.
const DefaultLimit = 500

// A WorkSpace is one that has a key, or is to be given one.
type WorkSpace struct {
	Region string
	Key    string // the ARN of its key, or the Name of a ShardKey; "" is none
	// Unencrypted is whether a WorkSpace without a key is to stay without. A WorkSpace that
	// was launched without encryption cannot be encrypted later.
	Unencrypted bool
}

// Launched returns a WorkSpace that DescribeWorkspaces returned in a Region.
func Launched(region string, w types.Workspace) WorkSpace {
	u := UseOf(region, w)
	return WorkSpace{region, u.VolumeEncryptionKey, u.VolumeEncryptionKey == ""}
}

// Requested returns the WorkSpace that a request to CreateWorkspaces in a Region is to
// launch. It is to be given a key if the request encrypts a volume and names none.
func Requested(region string, w types.WorkspaceRequest) WorkSpace {
	u := RequestedUse(region, w)
	return WorkSpace{region, u.VolumeEncryptionKey, !u.Root && !u.User}
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
	// AWSManaged keys have no limit of grants.
	AWSManaged bool
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

// A Plan is what Shard returns.
type Plan struct {
	// Keys are those given, in their order, then those Found in the order of the
	// WorkSpaces, then those New by Region and number.
	Keys []KeyLoad
	// Violations are those of WorkSpaces, then those of keys, in the order of each.
	Violations rule.Violations

	of []int32 // by WorkSpace, the index of its key, or unencrypted
}

const unencrypted = -1

// Key returns the key of WorkSpace i, counted from 0 as in the list given to Shard. It is
// false for one that is not encrypted, and for an i that is none of the list.
func (p Plan) Key(i int) (KeyLoad, bool) {
	if i < 0 || i >= len(p.of) || p.of[i] == unencrypted {
		return KeyLoad{}, false
	}
	return p.Keys[p.of[i]], true
}

// NewKeys returns the keys to be created, by Region and number.
func (p Plan) NewKeys() []KeyLoad {
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
// key is in another Region; and at Keys[i] for each key that carries too much after the
// plan, the first of WorkSpacesOverLimit, GrantsOverLimit (at two grants for each
// WorkSpace, the least), WorkSpacesLimitDisputed and KeyOverShardLimit that is so.
//
// The error is a *rule.InputError for a malformed Region or ARN, for a WorkSpace's Key that
// is neither an ARN nor a name given, for keys without name and ARN or listed twice, for
// negative numbers, and for a HeadRoom that leaves no room at all.
//
// It takes time in proportion to the WorkSpaces, and to the keys and their logarithm, and
// allocates four bytes for each WorkSpace.
func (r Rules) Shard(workspaces []WorkSpace, keys []ShardKey, o ShardOptions) (Plan, error) {
	if err := r.known(); err != nil {
		return Plan{}, err
	}
	s := &sharder{rules: r, index: make(map[string]int32, len(keys)), regions: map[string]int32{}}
	if err := s.options(o); err != nil {
		return Plan{}, err
	}
	for i, k := range keys {
		if err := s.give(k, rule.Path("Keys").Index(i)); err != nil {
			return Plan{}, err
		}
	}
	if err := s.count(workspaces); err != nil {
		return Plan{}, err
	}
	s.create()
	s.assign()
	for i := range s.plan.Keys {
		s.check(i)
	}
	return s.plan, nil
}

// A sharder makes one plan.
type sharder struct {
	rules   Rules
	o       ShardOptions
	plan    Plan
	index   map[string]int32 // keys by ARN and by name
	regions map[string]int32
	waiting []regionKeys
}

// regionKeys are the keys of a Region that take new WorkSpaces, and how many wait for one.
type regionKeys struct {
	region, partition string
	waiting           int
	open              []slot
}

func (s *sharder) options(o ShardOptions) error {
	if o.Limit == 0 {
		o.Limit = DefaultLimit
	}
	if o.Prefix == "" {
		o.Prefix = "workspaces"
	}
	for _, n := range [...]struct {
		at    rule.Path
		value int
	}{{"Limit", o.Limit}, {"HeadRoom", o.HeadRoom}} {
		if n.value < 0 {
			return negative(n.at, n.value)
		}
	}
	if o.HeadRoom >= o.Limit {
		return &rule.InputError{Path: "HeadRoom", Value: fmt.Sprint(o.HeadRoom), Reason: fmt.Sprintf("leaves no room on a key for %d WorkSpaces", o.Limit)}
	}
	if o.Fill > Balance {
		return &rule.InputError{Path: "Fill", Value: fmt.Sprint(o.Fill), Reason: "is neither Pack nor Balance"}
	}
	s.o = o
	return nil
}

func negative(at rule.Path, n int) error {
	return &rule.InputError{Path: at, Value: fmt.Sprint(n), Reason: "is negative"}
}

// region returns the index of a Region, which it checks when it is new.
func (s *sharder) region(name string, at func() rule.Path) (int32, error) {
	i, ok := s.regions[name]
	if !ok {
		if err := checkRegion(name, at()); err != nil {
			return 0, err
		}
		i = int32(len(s.waiting))
		s.regions[name] = i
		s.waiting = append(s.waiting, regionKeys{region: name})
	}
	return i, nil
}

// give adds a key that the caller gives.
func (s *sharder) give(k ShardKey, at rule.Path) error {
	if k.Name == "" && k.ARN == "" {
		return &rule.InputError{Path: at, Reason: "has neither a name nor an ARN"}
	}
	load := KeyLoad{ShardKey: k}
	if k.ARN != "" {
		a, err := parseKey(k.ARN, at.Join("ARN"))
		if err != nil {
			return err
		}
		if k.Region != "" && k.Region != a.region {
			return &rule.InputError{Path: at.Join("Region"), Value: k.Region, Reason: "is not the Region of " + k.ARN}
		}
		load.Region, load.Partition = a.region, a.partition
	}
	if k.Limit < 0 {
		return negative(at.Join("Limit"), k.Limit)
	}
	if k.Others < 0 {
		return negative(at.Join("Others"), k.Others)
	}
	if k.Limit == 0 {
		load.Limit = s.o.Limit
	}
	load.Before = k.Others
	for _, ref := range [...]string{k.ARN, k.Name} {
		if _, taken := s.index[ref]; taken && ref != "" {
			return &rule.InputError{Path: at, Value: ref, Reason: "is listed twice"}
		}
	}
	return s.add(load, at)
}

// add appends a key to the plan and makes it known by its ARN and name.
func (s *sharder) add(load KeyLoad, at rule.Path) error {
	region, err := s.region(load.Region, func() rule.Path { return at.Join("Region") })
	if err != nil {
		return err
	}
	if w := &s.waiting[region]; w.partition == "" {
		w.partition = load.Partition
	}
	for _, ref := range [...]string{load.ARN, load.Name} {
		if ref != "" {
			s.index[ref] = int32(len(s.plan.Keys))
		}
	}
	s.plan.Keys = append(s.plan.Keys, load)
	return nil
}

// count makes a first pass over the WorkSpaces. It notes the key of those that have one,
// and the Region of those that wait for one as a number below unencrypted.
func (s *sharder) count(workspaces []WorkSpace) error {
	s.plan.of = make([]int32, len(workspaces))
	var last struct { // WorkSpaces in a row are often alike
		region, key string
		r, k        int32
	}
	for i := range workspaces {
		w := &workspaces[i]
		if w.Region != last.region || i == 0 {
			r, err := s.region(w.Region, func() rule.Path { return pathOf(i).Join("Region") })
			if err != nil {
				return err
			}
			last.region, last.r = w.Region, r
		}
		if w.Key == "" {
			if s.plan.of[i] = unencrypted; !w.Unencrypted {
				s.plan.of[i] -= 1 + last.r
				s.waiting[last.r].waiting++
			}
			continue
		}
		if w.Key != last.key {
			k, ok := s.index[w.Key]
			if !ok {
				a, err := parseKey(w.Key, pathOf(i).Join("VolumeEncryptionKey"))
				if err != nil {
					return err
				}
				k = int32(len(s.plan.Keys))
				found := KeyLoad{ShardKey: ShardKey{ARN: w.Key, Region: a.region, Limit: s.o.Limit, Closed: true}, Partition: a.partition, Found: true}
				if err := s.add(found, ""); err != nil {
					return err
				}
			}
			last.key, last.k = w.Key, k
		}
		s.plan.of[i] = last.k
		key := &s.plan.Keys[last.k]
		key.Before++
		if key.Region != w.Region {
			s.plan.Violations = s.rules.appendTo(s.plan.Violations, KeyInOtherRegion, pathOf(i).Join("VolumeEncryptionKey"),
				fmt.Sprintf("the key is in %s, the WorkSpace in %s", key.Region, w.Region))
		}
	}
	return nil
}

func pathOf(workspace int) rule.Path { return rule.Path("Workspaces").Index(workspace) }

// create opens the keys that have room, and adds as many new ones as the rest needs.
func (s *sharder) create() {
	for i := range s.plan.Keys {
		k := &s.plan.Keys[i]
		k.After = k.Before
		region := &s.waiting[s.regions[k.Region]]
		if room := k.Limit - s.o.HeadRoom - k.Before; room > 0 && !k.Closed {
			region.open = append(region.open, slot{int32(i), k.Before, room})
			region.waiting -= room
		}
	}
	byName := slices.Clone(s.waiting)
	slices.SortFunc(byName, func(a, b regionKeys) int { return strings.Compare(a.region, b.region) })
	for _, sorted := range byName {
		region := &s.waiting[s.regions[sorted.region]]
		for n := 1; region.waiting > 0; n++ {
			name := fmt.Sprintf("%s-%s-%d", s.o.Prefix, region.region, n)
			if _, taken := s.index[name]; taken {
				continue
			}
			room := s.o.Limit - s.o.HeadRoom
			region.open = append(region.open, slot{int32(len(s.plan.Keys)), 0, room})
			region.waiting -= room
			s.plan.Keys = append(s.plan.Keys, KeyLoad{ShardKey: ShardKey{Name: name, Region: region.region, Limit: s.o.Limit}, New: true})
		}
	}
	for i := range s.plan.Keys {
		if k := &s.plan.Keys[i]; k.Partition == "" {
			if k.Partition = s.waiting[s.regions[k.Region]].partition; k.Partition == "" {
				k.Partition = partitionOf(k.Region)
			}
		}
	}
}

// assign makes a second pass, and gives a key to those that wait.
func (s *sharder) assign() {
	fillers := make([]filler, len(s.waiting))
	for i, region := range s.waiting {
		fillers[i] = s.o.Fill.filler(region.open)
	}
	for i, k := range s.plan.of {
		if k < unencrypted {
			k = fillers[unencrypted-1-k].next()
			s.plan.of[i] = k
			s.plan.Keys[k].After++
		}
	}
}

// check adds the violation of a key that carries too much.
func (s *sharder) check(i int) {
	k := &s.plan.Keys[i]
	at := rule.Path("Keys").Index(i)
	least, most := s.rules.workSpaceLimits()
	grants := s.rules.limit(GrantsPerKey)
	vs := &s.plan.Violations
	over := func(c rule.Code, l *Limit, what string) {
		*vs = s.rules.appendCited(*vs, c, at, fmt.Sprintf("%d WorkSpaces use %s, %s %d", k.After, k.Ref(), what, l.Value), l.Cite)
	}
	switch {
	case most != nil && k.After > most.Value:
		over(WorkSpacesOverLimit, most, "more than")
	case grants != nil && !k.AWSManaged && k.After*leastGrants > grants.Value:
		over(GrantsOverLimit, grants, "which have at least two grants each, and a key at most")
	case least != nil && k.After > least.Value:
		over(WorkSpacesLimitDisputed, least, "within the limit of one document and more than another's")
	case k.After > k.Limit:
		*vs = s.rules.appendTo(*vs, KeyOverShardLimit, at, fmt.Sprintf("%d WorkSpaces use %s, more than %d; none is moved", k.After, k.Ref(), k.Limit))
	}
}

// leastGrants are the grants of a WorkSpace with one encrypted volume.
const leastGrants = 2

// workSpaceLimits returns the least and the most WorkSpaces that documents of the edition
// let a key have, or nil. KMS's limit for one grantee is such a limit: it says itself that
// all grants of WorkSpaces have the same grantee.
func (r Rules) workSpaceLimits() (least, most *Limit) {
	for _, scope := range [...]LimitScope{WorkSpacesPerKey, GrantsPerGrantee} {
		if l := r.limit(scope); l != nil {
			if least == nil || l.Value < least.Value {
				least = l
			}
			if most == nil || l.Value > most.Value {
				most = l
			}
		}
	}
	return least, most
}
