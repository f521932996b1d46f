package encryption

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/rule"
)

// A sharder makes one plan.
type sharder struct {
	rules   *snapshot
	o       ShardOptions
	plan    ShardPlan
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

// options checks the options and fills in what they leave out.
func (s *sharder) options(o ShardOptions) error {
	if o.Limit == 0 {
		o.Limit = DefaultLimit
	}
	if o.Prefix == "" {
		o.Prefix = "workspaces"
	}
	if err := checkCount(o.Limit, "Limit"); err != nil {
		return err
	}
	if err := checkCount(o.HeadRoom, "HeadRoom"); err != nil {
		return err
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

// checkCount bounds a number of WorkSpaces so that sums of a few do not overflow.
func checkCount(n int, at rule.Path) error {
	if n < 0 || n > 1<<30 {
		return &rule.InputError{Path: at, Value: fmt.Sprint(n), Reason: "is not between 0 and 2^30"}
	}
	return nil
}

// region returns the index of a Region, which it adds if it is new.
func (s *sharder) region(name string) int32 {
	i, ok := s.regions[name]
	if !ok {
		i = int32(len(s.waiting))
		s.regions[name] = i
		s.waiting = append(s.waiting, regionKeys{region: name})
	}
	return i
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
		if k.Region != "" && k.Region != a.Region {
			return &rule.InputError{Path: at.Join("Region"), Value: k.Region, Reason: "is not the Region of " + k.ARN}
		}
		load.Region, load.Partition = a.Region, a.Partition
	} else if err := facts.CheckRegion(at.Join("Region"), k.Region); err != nil {
		return err
	}
	if err := checkCount(k.Limit, at.Join("Limit")); err != nil {
		return err
	}
	if err := checkCount(k.Others, at.Join("Others")); err != nil {
		return err
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
	s.add(load)
	return nil
}

// add appends a key to the plan and makes it known by its ARN and name.
func (s *sharder) add(load KeyLoad) {
	if w := &s.waiting[s.region(load.Region)]; w.partition == "" {
		w.partition = load.Partition
	}
	for _, ref := range [...]string{load.ARN, load.Name} {
		if ref != "" {
			s.index[ref] = int32(len(s.plan.Keys))
		}
	}
	s.plan.Keys = append(s.plan.Keys, load)
}

// count makes a first pass over the WorkSpaces. It notes the key of those that have one,
// and the Region of those that wait for one as a number below unencrypted.
func (s *sharder) count(workspaces []Workspace) error {
	s.plan.of = make([]int32, len(workspaces))
	var last struct { // WorkSpaces in a row are often alike
		region, key string
		r, k        int32
	}
	for i := range workspaces {
		w := &workspaces[i]
		if w.Region != last.region || i == 0 {
			if _, known := s.regions[w.Region]; !known {
				if err := facts.CheckRegion(pathOf(i).Join("Region"), w.Region); err != nil {
					return err
				}
			}
			last.region, last.r = w.Region, s.region(w.Region)
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
				s.add(KeyLoad{ShardKey: ShardKey{ARN: w.Key, Region: a.Region, Limit: s.o.Limit, Closed: true}, Partition: a.Partition, Found: true})
			}
			last.key, last.k = w.Key, k
		}
		s.plan.of[i] = last.k
		key := &s.plan.Keys[last.k]
		key.Before++
		if key.Region != w.Region {
			s.rules.rules.Break(&s.plan.Answer, KeyInOtherRegion, pathOf(i).Join(keyPath), "the key is in %s, the WorkSpace in %s", key.Region, w.Region)
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
		if room := k.Limit - s.o.HeadRoom - k.Before; room > 0 && k.usable() {
			region.open = append(region.open, slot{int32(i), k.Before, room})
			region.waiting -= min(room, region.waiting)
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
				k.Partition = facts.Partition(k.Region)
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

// usable reports whether a key can take new WorkSpaces, as far as it is described.
func (k *ShardKey) usable() bool {
	return !k.Closed && (k.State == "" || k.State == "Enabled") && !isAsymmetric(k.Spec)
}

// check adds the violations of a key that cannot be used, or carries too much.
func (s *sharder) check(i int) {
	k := &s.plan.Keys[i]
	a, at := &s.plan.Answer, rule.Path("Keys").Index(i)
	if k.Spec != "" {
		s.rules.checkSpec(a, at.Join("KeySpec"), k.Spec)
	}
	if k.State != "" {
		s.rules.checkState(a, at.Join("KeyState"), k.State)
	}
	over := func(c rule.Code, l *Limit, what string) {
		s.rules.rules.BreakBy(a, l.Cite, c, at, "%d WorkSpaces use %s, %s %d", k.After, k.Ref(), what, l.Value)
	}
	least, most, grants := s.rules.least, s.rules.most, s.rules.limit(GrantsPerKey)
	switch {
	case most != nil && k.After > most.Value:
		over(WorkSpacesOverLimit, most, "more than")
	case grants != nil && (grants.AWSManaged || !k.AWSManaged) && int64(k.After)*int64(s.rules.grants.Of(true, false)) > int64(grants.Value):
		over(GrantsOverLimit, grants, "which have at least two grants each, and a key at most")
	case least != nil && k.After > least.Value:
		over(WorkSpacesLimitDisputed, least, "within the limit of one document and more than another's")
	case k.After > k.Limit:
		s.rules.rules.Break(a, KeyOverShardLimit, at, "%d WorkSpaces use %s, more than %d; none is moved", k.After, k.Ref(), k.Limit)
	}
}
