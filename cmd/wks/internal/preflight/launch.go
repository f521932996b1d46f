package preflight

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/throttle"
)

// A launcher checks launches in a Region. It knows what the export tells of the Region.
type launcher struct {
	rules  wks.Rules
	region string
	export *regionExport // nil if there is none of the Region
	fetch  func(name string) string
	known  map[string]bundles.LaunchContext // by bundle
	taken  []*users
	keys   []encryption.ShardKey // that WorkSpaces use and that can take more
}

// newLauncher reads what the export of a Region, if there is one, tells of bundles, users and keys.
func (a *account) newLauncher(rules wks.Rules, region string) *launcher {
	l := &launcher{rules: rules, region: region, known: map[string]bundles.LaunchContext{}}
	index := map[string]int{} // of keys; -1 for one to which WorkSpaces cannot be assigned
	for _, e := range a.regions {
		if e.region != region {
			continue
		}
		l.export, l.fetch = e, func(name string) string { return a.fetch(e, name) }
		for _, b := range e.bundles.elements() {
			l.known[b.BundleId] = b.launch()
		}
		taken := newUsers(e.workspaces)
		l.taken = append(l.taken, taken)
		for i, w := range e.workspaces.elements() {
			taken.add(i)
			key := w.VolumeEncryptionKey
			if key == "" {
				continue
			}
			i, seen := index[key]
			if !seen {
				if i = -1; shardable(rules.Encryption, region, key) {
					i = len(l.keys)
					l.keys = append(l.keys, encryption.ShardKey{ARN: key})
				}
				index[key] = i
			}
			if i >= 0 {
				l.keys[i].Others++
			}
		}
	}
	return l
}

// context tells what the export says of the bundle and the user of a request.
func (l *launcher) context(q *types.WorkspaceRequest) bundles.LaunchContext {
	var c bundles.LaunchContext
	if q.BundleId != nil {
		c = l.known[*q.BundleId]
	}
	c.Region = l.region
	c.UserTaken = q.DirectoryId != nil && q.UserName != nil && slices.ContainsFunc(l.taken, func(u *users) bool { return u.has(*q.DirectoryId, *q.UserName) })
	return c
}

// section checks launches, for calls of 25 each, and gives them KMS keys.
func (l *launcher) section(want wantedLaunches, at place) section {
	s := newSectionOf("plan", fmt.Sprintf("plan for %d %s in %s", len(want.Workspaces), plural(len(want.Workspaces), "launch", "launches"), want.Region))
	s.region = want.Region
	if !facts.IsRegion(l.region) {
		s.ask(unusable(&rule.InputError{Path: "Region", Value: l.region, Reason: "is not the code of a Region"}, at.below))
		return s
	}
	s.doubt(want.wrong)
	var requests []request
	for i, w := range want.Workspaces {
		if w.wrong == nil {
			requests = append(requests, newRequest(w, at, i))
		}
	}
	calls, err := callsLine("CreateWorkspaces", len(requests))
	if err != nil {
		s.ask(unusable(err, at.below))
		return s
	}
	s.Lines = append(append(s.Lines, calls), l.assignKeys(&s, requests, at)...)
	l.dangling(&s, requests)
	// A request that cannot be asked about is left out of the rest.
	var sound []types.WorkspaceRequest
	var places []place
	for _, q := range requests {
		if _, err := l.rules.Bundles.CheckRequest(q.WorkspaceRequest, l.context(&q.WorkspaceRequest)); err != nil {
			s.ask(unusable(err, q.at.below))
			continue
		}
		sound, places = append(sound, q.WorkspaceRequest), append(places, q.at)
	}
	if len(sound) == 0 && len(requests) > 0 {
		return s
	}
	answer, err := l.rules.Bundles.CheckRequests(sound, l.context)
	var within rule.Answer // what is too long a list for one call, several take
	for _, v := range answer.Violations {
		if v.Path != "Workspaces" {
			within.Violations = append(within.Violations, v)
		}
	}
	for _, o := range answer.Open {
		if o.Path != "Workspaces" {
			within.Open = append(within.Open, o)
		}
	}
	s.take(within.Concluded(), err, func(p rule.Path) place {
		if i, below, ok := cutIndex(p, "Workspaces"); ok {
			return places[i].below(below)
		}
		return at.below(p)
	})
	return s
}

// A request is one launch, and its place in the plan, which is about its user.
type request struct {
	types.WorkspaceRequest
	at place
}

// newRequest returns request i of those at a place.
func newRequest(l launchRequest, at place, i int) request {
	q := request{l.sdk(), at.below(rule.Path("Workspaces").Index(i))}
	q.at.of = named{Kind: "launch", ID: cmp.Or(l.UserName, string(rule.Path("Workspaces").Index(i))), Directory: l.DirectoryId}
	return q
}

// dangling asks about directories and bundles of requests that the export does not have.
func (l *launcher) dangling(s *section, requests []request) {
	if l.export == nil {
		return
	}
	told := map[string]bool{}
	ask := func(q request, member rule.Path, kind, id, reason, command string) {
		if !told[kind+id] {
			told[kind+id] = true
			s.ask(question{place: q.at.below(member).about(kind, id), by: rule.ByInput, reason: reason, command: command})
		}
	}
	for _, q := range requests {
		if id := aws.ToString(q.DirectoryId); id != "" && l.export.directories != nil && l.export.directories.find(id) == nil {
			ask(q, "DirectoryId", "directory", id, "whether the directory of a launch is registered: it is not in "+directoriesName, l.fetch(directoriesName))
		}
		if id := aws.ToString(q.BundleId); id != "" && l.export.bundles != nil && l.export.bundles.find(id) == nil {
			ask(q, "BundleId", "bundle", id, "what the bundle of a launch is: it is not in "+bundlesName, bundleCommand(l.region, id))
		}
	}
}

// plural is the word for n of something.
func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// callsLine says how many calls of an operation some items take, and how long at least.
func callsLine(operation string, items int) (string, error) {
	n, err := throttle.Calls(operation, items)
	if err != nil {
		return "", err
	}
	least, err := throttle.Documented().Makespan(n)
	if err != nil {
		return "", err
	}
	s := say("%d %s of %s", n, plural(n, "call", "calls"), operation)
	if least > 0 {
		s += say(", which %s at least %s at the documented quota", plural(n, "takes", "take"), least)
	}
	return s, nil
}

// assignKeys shares the launches that are to be encrypted, and name no key, among the keys that
// the Region's WorkSpaces use and, where these are full, new ones, and writes the keys into the
// requests. A key that a request names is checked.
func (l *launcher) assignKeys(s *section, requests []request, at place) (lines []string) {
	rules := l.rules.Encryption
	fleet := make([]encryption.Workspace, 0, len(requests))
	fit, wanting := map[string]bool{}, false
	for _, q := range requests {
		w := encryption.Requested(l.region, q.WorkspaceRequest)
		if w.Key != "" {
			a, err := rules.CheckUse(encryption.RequestedUse(l.region, q.WorkspaceRequest))
			s.take(a, err, q.at.below)
			is, seen := fit[w.Key]
			if !seen {
				is = shardable(rules, l.region, w.Key)
				fit[w.Key] = is
			}
			if !is {
				w = encryption.Workspace{Region: l.region, Unencrypted: true} // it is on no key that takes others
			}
		}
		wanting = wanting || w.Key != "" || !w.Unencrypted
		fleet = append(fleet, w)
	}
	if !wanting {
		return nil
	}
	plan, err := rules.Shard(fleet, l.keys, encryption.ShardOptions{})
	if err != nil {
		s.ask(unusable(err, func(rule.Path) place { return at }))
		return nil
	}
	for i := range requests {
		if k, encrypted := plan.Key(i); encrypted {
			requests[i].VolumeEncryptionKey = new(k.Ref())
		}
	}
	for _, k := range plan.Keys {
		switch {
		case k.New:
			lines = append(lines, say("KMS: create a key %s, for %d WorkSpaces", k.Name, k.After))
		case k.After > k.Before:
			lines = append(lines, say("KMS: %s takes %d more, %d of %d", k.ARN, k.After-k.Before, k.After, k.Limit))
		}
	}
	return lines
}

// sdk returns the request as the SDK has it. An empty member is one that is not there.
func (l launchRequest) sdk() types.WorkspaceRequest {
	text := func(s string) *string {
		if s == "" {
			return nil
		}
		return &s
	}
	q := types.WorkspaceRequest{
		BundleId: text(l.BundleId), DirectoryId: text(l.DirectoryId), UserName: text(l.UserName), WorkspaceName: text(l.WorkspaceName),
		VolumeEncryptionKey:         text(l.VolumeEncryptionKey),
		RootVolumeEncryptionEnabled: &l.RootVolumeEncryptionEnabled, UserVolumeEncryptionEnabled: &l.UserVolumeEncryptionEnabled,
		WorkspaceProperties: new(l.WorkspaceProperties.sdk()),
	}
	for _, t := range l.Tags {
		q.Tags = append(q.Tags, types.Tag{Key: &t.Key, Value: &t.Value})
	}
	return q
}
