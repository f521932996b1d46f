package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/throttle"
)

// A planFile says what is wanted: what WorkSpaces are to become, launches, and migrations.
type planFile struct {
	Workspaces []wantedWorkspace
	Launches   []wantedLaunches
	Migrations []wantedMigration
}

// A wantedWorkspace is what one WorkSpace is to become. A member that is not there keeps
// what is. No export tells when a WorkSpace was launched, or last changed.
type wantedWorkspace struct {
	WorkspaceId                         string `need:"true"`
	RootVolumeSizeGib                   int32
	UserVolumeSizeGib                   int32
	ComputeTypeName                     string
	RunningMode                         string
	RunningModeAutoStopTimeoutInMinutes *int32
	Launched                            time.Time
	RootVolumeChanged                   time.Time
	UserVolumeChanged                   time.Time
	LargerComputeTypeAsked              time.Time
	SmallerComputeTypeAsked             time.Time
}

// A wantedLaunches are requests of one Region, as create-workspaces takes them with --workspaces.
type wantedLaunches struct {
	Region     string          `need:"true"`
	Workspaces []launchRequest `need:"true"`
}

type launchRequest struct {
	BundleId                    string
	DirectoryId                 string
	UserName                    string
	WorkspaceName               string
	VolumeEncryptionKey         string
	RootVolumeEncryptionEnabled bool
	UserVolumeEncryptionEnabled bool
	WorkspaceProperties         workspaceProperties
	Tags                        []tag
	Ipv6Address                 unread
}

// planSections tells how each WorkSpace becomes what is wanted, and what launches need.
func planSections(rules ruleSet, a *account, f *planFile, name string, now time.Time) ([]section, error) {
	var list []section
	desktops := a.desktops()
	for i, want := range f.Workspaces {
		s, err := changeSection(rules.bundles, want, desktops, place{File: name, Path: rule.Path("Workspaces").Index(i)}, now)
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	for i, want := range f.Launches {
		s, err := a.launchSection(rules, want, place{File: name, Path: rule.Path("Launches").Index(i)})
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	migrations, err := a.migrationSections(rules, f.Migrations, desktops, name, now)
	return append(list, migrations...), err
}

// A desktop is a WorkSpace and the export that it is in.
type desktop struct {
	workspace
	export *regionExport
}

// desktops returns the WorkSpaces of every Region by their identifiers.
func (a *account) desktops() map[string]desktop {
	all := map[string]desktop{}
	for _, e := range a.regions {
		if e.workspaces == nil {
			continue
		}
		for _, w := range e.workspaces.Workspaces {
			if _, seen := all[w.WorkspaceId]; !seen {
				all[w.WorkspaceId] = desktop{w, e}
			}
		}
	}
	return all
}

// changeSection plans the calls of ModifyWorkspaceProperties for one WorkSpace.
func changeSection(rules bundles.Rules, want wantedWorkspace, desktops map[string]desktop, at place, now time.Time) (section, error) {
	s := newSection("plan for " + want.WorkspaceId)
	d, found := desktops[want.WorkspaceId]
	if !found {
		s.Lines = append(s.Lines, "it is in no "+workspacesName)
		return s, nil
	}
	s.Title += " in " + d.export.region
	current := bundles.NewWorkspace(d.sdk())
	current.History = bundles.History{
		Launched: want.Launched, RootVolume: want.RootVolumeChanged, UserVolume: want.UserVolumeChanged,
		Larger: want.LargerComputeTypeAsked, Smaller: want.SmallerComputeTypeAsked,
	}
	plan, err := rules.PlanModify(current, bundles.Goal{
		Volumes:         bundles.Volumes{Root: want.RootVolumeSizeGib, User: want.UserVolumeSizeGib},
		ComputeType:     types.Compute(want.ComputeTypeName),
		RunningMode:     types.RunningMode(want.RunningMode),
		AutoStopMinutes: want.RunningModeAutoStopTimeoutInMinutes,
	}, now)
	if err != nil {
		return s, at.inputError(err)
	}
	s.Verdict = plan.Verdict
	if len(plan.Steps) == 0 && plan.Verdict == rule.Allowed {
		s.Lines = append(s.Lines, "it is so already")
	}
	for i, step := range plan.Steps {
		line := fmt.Sprintf("%d. %s: %s", i+1, step.Earliest.UTC().Format("2006-01-02 15:04 MST"), change(step.Properties))
		if step.Takes > 0 {
			line += fmt.Sprintf(", which may take up to %s", hours(step.Takes))
		}
		s.Lines = append(s.Lines, line)
	}
	if len(plan.Steps) > 0 && current.State != types.WorkspaceStateAvailable && current.State != types.WorkspaceStateStopped {
		s.Lines = append(s.Lines, fmt.Sprintf("it is %s now, and must be AVAILABLE or STOPPED at each step", current.State))
	}
	for _, o := range plan.Open {
		s.Lines = append(s.Lines, "open: "+o.String())
	}
	s.add(plan.Violations, at)
	return s, nil
}

// change says what one step changes.
func change(p types.WorkspaceProperties) string {
	switch {
	case p.RootVolumeSizeGib != nil:
		return fmt.Sprintf("root volume to %d GiB", *p.RootVolumeSizeGib)
	case p.UserVolumeSizeGib != nil:
		return fmt.Sprintf("user volume to %d GiB", *p.UserVolumeSizeGib)
	case p.ComputeTypeName != "":
		return "compute type to " + string(p.ComputeTypeName)
	case p.RunningModeAutoStopTimeoutInMinutes != nil:
		return fmt.Sprintf("running mode to %s, stopping after %d minutes", p.RunningMode, *p.RunningModeAutoStopTimeoutInMinutes)
	}
	return "running mode to " + string(p.RunningMode)
}

// hours writes a duration without the parts that are zero.
func hours(d time.Duration) string {
	s := strings.TrimSuffix(d.String(), "0s")
	if h, is := strings.CutSuffix(s, "h0m"); is {
		return h + "h"
	}
	return s
}

// launchSection checks launches, for calls of 25 each, and gives them KMS keys.
func (a *account) launchSection(rules ruleSet, want wantedLaunches, at place) (section, error) {
	s := newSection(fmt.Sprintf("plan for %d launches in %s", len(want.Workspaces), want.Region))
	s.Verdict = rule.Allowed
	i := slices.IndexFunc(a.regions, func(e *regionExport) bool { return e.region == want.Region })
	var e *regionExport
	if i >= 0 {
		e = a.regions[i]
	}
	requests := make([]types.WorkspaceRequest, len(want.Workspaces))
	for i, w := range want.Workspaces {
		requests[i] = w.sdk()
	}
	keys, err := e.keysFor(rules.encryption, want.Region, requests)
	if err != nil {
		return s, at.inputError(err)
	}
	answer, err := rules.bundles.CheckRequests(requests, e.launches())
	if err != nil {
		return s, at.inputError(err)
	}
	// What is too long a list for one call, several take.
	answer.Violations = slices.DeleteFunc(answer.Violations, func(v rule.Violation) bool { return v.Path == "Workspaces" })
	answer.Open = slices.DeleteFunc(answer.Open, func(o bundles.Open) bool { return o.Path == "Workspaces" })
	s.add(answer.Violations, at)
	switch {
	case answer.Violations.Err() != nil:
		s.Verdict = rule.Denied
	case len(answer.Open) > 0:
		s.Verdict = rule.Undocumented
	}
	open := map[string]int{}
	for _, o := range answer.Open {
		open[o.Reason]++
	}
	line, err := callsLine("CreateWorkspaces", len(requests))
	if err != nil {
		return s, err
	}
	s.Lines = append(s.Lines, line)
	s.Lines = append(s.Lines, keys...)
	for _, why := range slices.Sorted(maps.Keys(open)) {
		s.Lines = append(s.Lines, fmt.Sprintf("open for %d: %s", open[why], why))
	}
	return s, nil
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
	return fmt.Sprintf("%d calls of %s, which take at least %s at the documented quota", n, operation, least), nil
}

// launches tells what the export says of the bundle and the user of a request.
func (e *regionExport) launches() func(types.WorkspaceRequest) bundles.Launch {
	known, taken := map[string]bundles.Launch{}, map[[2]string]bool{}
	user := func(directory, name string) [2]string { return [2]string{directory, strings.ToLower(name)} }
	if e != nil && e.bundles != nil {
		for _, b := range e.bundles.Bundles {
			known[b.BundleId] = b.launch()
		}
	}
	if e != nil && e.workspaces != nil {
		for _, w := range e.workspaces.Workspaces {
			taken[user(w.DirectoryId, w.UserName)] = true
		}
	}
	return func(q types.WorkspaceRequest) bundles.Launch {
		var l bundles.Launch
		if q.BundleId != nil {
			l = known[*q.BundleId]
		}
		l.UserTaken = q.DirectoryId != nil && q.UserName != nil && taken[user(*q.DirectoryId, *q.UserName)]
		return l
	}
}

// keysFor shares the launches that are to be encrypted, and name no key, among the keys
// that the Region's WorkSpaces use and, where these are full, new ones, and writes the
// keys into the requests.
func (e *regionExport) keysFor(rules encryption.Rules, region string, requests []types.WorkspaceRequest) ([]string, error) {
	var fleet []encryption.WorkSpace
	var keys []encryption.ShardKey
	if e != nil && e.workspaces != nil {
		for _, w := range e.workspaces.Workspaces {
			fleet = append(fleet, encryption.Launched(region, w.sdk()))
			if k := w.VolumeEncryptionKey; k != "" && !slices.ContainsFunc(keys, func(x encryption.ShardKey) bool { return x.ARN == k }) {
				keys = append(keys, encryption.ShardKey{ARN: k})
			}
		}
	}
	for _, q := range requests {
		fleet = append(fleet, encryption.Requested(region, q))
	}
	plan, err := rules.Shard(fleet, keys, encryption.ShardOptions{})
	if err != nil {
		return nil, err
	}
	for i := range requests {
		if k, encrypted := plan.Key(len(fleet) - len(requests) + i); encrypted {
			requests[i].VolumeEncryptionKey = new(k.Ref())
		}
	}
	var lines []string
	for _, k := range plan.Keys {
		switch {
		case k.New:
			lines = append(lines, fmt.Sprintf("KMS: create a key %s, for %d WorkSpaces", k.Name, k.After))
		case k.After > k.Before:
			lines = append(lines, fmt.Sprintf("KMS: %s takes %d more, %d of %d", k.ARN, k.After-k.Before, k.After, k.Limit))
		}
	}
	return lines, nil
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
