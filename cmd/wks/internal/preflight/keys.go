package preflight

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/rule"
)

// A keyUse is how WorkSpaces use a key.
type keyUse struct {
	first     place
	uses      []encryption.Use // that differ, beside the key
	at        []place          // the first WorkSpace of each
	count     int
	shardable bool
}

// shardable reports whether a text is a key to which WorkSpaces can be assigned: the ARN of a key.
func shardable(rules encryption.Rules, region, key string) bool {
	_, err := rules.Shard([]encryption.Workspace{{Region: region, Key: key}}, nil, encryption.ShardOptions{})
	return err == nil
}

// keySection checks the KMS keys of the Region's WorkSpaces: how many use each, whether it
// is fit for them, and how many grants it has.
func (c *regionCheck) keySection() {
	rules := c.rules.Encryption
	s := newSection("KMS keys")
	s.chart.Title = "WorkSpaces on each KMS key"
	var given []encryption.ShardKey // that WorkSpaces use, and that take no others
	var others []string             // keys that are given by an alias, an id, or something else
	uses := map[string]*keyUse{}
	type sharing struct {
		*site
		*build
	}
	asked := map[sharing]*keyUse{}
	for _, w := range c.workspaces.all {
		key := w.VolumeEncryptionKey
		if key == "" {
			continue
		}
		u := asked[sharing{w.site, w.build}]
		if u == nil {
			if u = uses[key]; u == nil {
				u = &keyUse{first: w.at(), shardable: shardable(rules, c.region, key)}
				uses[key] = u
				if u.shardable {
					given = append(given, encryption.ShardKey{ARN: key, Closed: true})
				} else {
					others = append(others, key)
				}
			}
			asked[sharing{w.site, w.build}] = u
			if use := encryption.UseOf(c.region, w.sdk()); !slices.Contains(u.uses, use) { // there are eight at most
				u.uses, u.at = append(u.uses, use), append(u.at, w.at())
			}
		}
		u.count++
	}
	for i, k := range given {
		given[i].Others = uses[k.ARN].count
	}
	plan, err := rules.Shard(nil, given, encryption.ShardOptions{})
	load := rule.Answer{Open: plan.Open}
	for _, v := range plan.Violations {
		if _, _, ofKey := cutIndex(v.Path, "Keys"); ofKey { // that of a WorkSpace is asked below, once for a key
			load.Violations = append(load.Violations, v)
		}
	}
	s.take(load.Concluded(), err, func(p rule.Path) place {
		if i, _, ok := cutIndex(p, "Keys"); ok {
			return uses[plan.Keys[i].ARN].first.below("VolumeEncryptionKey").about("KMS key", plan.Keys[i].ARN)
		}
		return c.place(workspacesName, p)
	})
	for _, k := range plan.Keys {
		c.checkKey(&s, k.ARN, uses[k.ARN])
		s.chart.Bars = append(s.chart.Bars, bar{k.ARN, k.After, k.Limit, fmt.Sprintf("%d of %d WorkSpaces", k.After, k.Limit)})
	}
	for _, key := range others {
		u := uses[key]
		s.Lines = append(s.Lines, say("%s: %d WorkSpaces", key, u.count))
		s.takeOnce(len(u.uses), func(i int) (rule.Answer, error) { return rules.CheckUse(u.uses[i]) }, func(i int) locator { return u.at[i].about("KMS key", key).below })
	}
	switch narrow := slices.IndexFunc(c.workspaces.all, (*workspace).narrow); {
	case narrow >= 0:
		s.ask(question{place: c.workspaces.all[narrow].at(), by: rule.ByInput, reason: "which WorkSpaces are encrypted: " + narrowed, command: c.fetch(workspacesName)})
	case len(uses) == 0:
		s.Lines = append(s.Lines, "no WorkSpace is encrypted")
	}
	if len(c.workspaces.all) > 0 {
		c.add(s)
	}
}

// checkKey checks one key for each way in which it is used, and its grants.
func (c *regionCheck) checkKey(s *section, arn string, u *keyUse) {
	_, id, _ := strings.Cut(arn, "key/")
	line := say("%s: %d WorkSpaces", arn, u.count)
	key, described := c.keys[id]
	if !described {
		key = encryption.Key{ARN: arn}
		line += say("; what it is, is not known: there is no %s%s.json", keyPrefix, id)
	}
	ask := func(i int) (rule.Answer, error) {
		a, err := c.rules.Encryption.CheckKey(key, u.uses[i])
		if !described {
			a.Open = slices.DeleteFunc(a.Open, func(o rule.Open) bool { return o.By == rule.ByInput && rule.Path("KeyMetadata").Covers(o.Path) })
			a.NotGiven("KeyMetadata", "whether WorkSpaces can use the key: its state, its spec and who manages it are not known")
		}
		return a, err
	}
	before, sound := len(s.open), len(s.broken)
	s.takeOnce(len(u.uses), ask, func(i int) locator {
		return func(p rule.Path) place {
			if rule.Path("KeyMetadata").Covers(p) {
				return c.place(keyPrefix+id+".json", p).about("KMS key", arn)
			}
			return u.at[i].below(p).about("KMS key", arn)
		}
	})
	found := s.broken[sound:]
	for i, b := range found {
		if b.Code == encryption.KeyNotEnabled {
			found[i].Detail = say("%s; %d %s it", said(b.Detail), u.count, plural(u.count, "WorkSpace uses", "WorkSpaces use"))
		}
	}
	if key, ok := facts.ParseARN(arn); ok && !described && len(id) <= longestID { // the key may be in another Region
		asked := s.open[before:]
		for i := range asked {
			asked[i].command = awsCommand("kms describe-key --key-id "+quoted(arn), key.Region, path.Join(c.account.folder(), c.dir, keyPrefix+id+".json"))
		}
	}
	if count, counted := c.grants[id]; counted {
		line += fmt.Sprintf("; %d grants, %d of WorkSpaces and %d of EBS", count.Total, count.WorkSpaces, count.EBS)
		a, err := c.rules.Encryption.CheckGrants(count, key.Manager == "AWS")
		s.take(a, err, c.place(grantsPrefix+id+".json", "").about("KMS key", arn).below)
	}
	s.Lines = append(s.Lines, line)
}

// longestID is how long the id of a key may be in a name of a file, which has 255 bytes on most systems.
const longestID = 200

// takeOnce takes n answers about one thing. What several of them say counts once.
func (r *result) takeOnce(n int, ask func(i int) (rule.Answer, error), at func(i int) locator) {
	broken, open, unusable := map[rule.Code]bool{}, map[rule.Open]bool{}, false
	for i := range n {
		a, err := ask(i)
		if err != nil && unusable {
			continue
		}
		unusable = unusable || err != nil
		a.Violations = slices.DeleteFunc(a.Violations, func(v rule.Violation) bool {
			twice := broken[v.Code]
			broken[v.Code] = true
			return twice
		})
		a.Open = slices.DeleteFunc(a.Open, func(o rule.Open) bool {
			twice := open[o]
			open[o] = true
			return twice
		})
		r.take(a, err, at(i))
	}
}
