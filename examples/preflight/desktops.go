package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
)

// desktopSections asks about WorkSpaces, bundles, KMS keys, tags and quotas.
func (e *regionExport) desktopSections(r *regionReport, all ruleSet) ([]section, error) {
	rules := all.bundles
	var list []section
	for _, q := range []struct {
		missing        bool
		question, file string
		ask            func(bundles.Rules) (section, error)
	}{
		{e.workspaces == nil, "whether WorkSpaces are as they could be launched today", workspacesName, e.workspaceSection},
		{e.bundles == nil, "whether bundles can be launched", bundlesName, e.bundleSection},
	} {
		if q.missing {
			r.NotAsked = append(r.NotAsked, fmt.Sprintf("%s: no %s", q.question, q.file))
			continue
		}
		s, err := q.ask(rules)
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	if e.workspaces != nil {
		s, err := e.keySection(all.encryption)
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	if len(e.tags) > 0 {
		s, err := e.tagSection(rules)
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	s, err := e.quotaSection(rules)
	if err == nil && len(s.Lines) > 0 {
		list = append(list, s)
	}
	return list, err
}

// workspaceSection checks what each WorkSpace is made of, as for a launch today.
func (e *regionExport) workspaceSection(rules bundles.Rules) (section, error) {
	s := newSection("WorkSpaces")
	s.Verdict = rule.Allowed
	count := map[string]map[string]int{}
	add := func(kind, what string) {
		if count[kind] == nil {
			count[kind] = map[string]int{}
		}
		count[kind][what]++
	}
	open := map[string]int{}
	for i, w := range e.workspaces.Workspaces {
		p := w.WorkspaceProperties
		add("compute types", p.ComputeTypeName)
		add("running modes", p.RunningMode)
		add("states", w.State)
		for _, m := range w.ModificationStates {
			add("modifications", m.Resource+" "+m.State)
		}
		at := e.place(workspacesName, rule.Path("Workspaces").Index(i))
		answer, err := p.check(rules)
		if err != nil {
			return s, at.below("WorkspaceProperties").inputError(err)
		}
		s.Verdict = s.Verdict.And(answer.Verdict)
		s.add(answer.Violations, at)
		for _, o := range answer.Open {
			open[o.Reason]++
		}
		if w.ErrorMessage != "" {
			s.Lines = append(s.Lines, fmt.Sprintf("%s: %s %s", w.WorkspaceId, w.ErrorCode, w.ErrorMessage))
		}
	}
	var lines []string
	for _, kind := range []string{"compute types", "running modes", "states", "modifications"} {
		if len(count[kind]) > 0 {
			lines = append(lines, kind+": "+tally(count[kind]))
		}
	}
	for _, why := range slices.Sorted(maps.Keys(open)) {
		lines = append(lines, fmt.Sprintf("open for %d: %s", open[why], why))
	}
	s.Lines = append(lines, s.Lines...)
	return s, nil
}

// tally lists counts, the most frequent first.
func tally(count map[string]int) string {
	keys := slices.SortedFunc(maps.Keys(count), func(a, b string) int {
		if count[a] != count[b] {
			return count[b] - count[a]
		}
		return strings.Compare(a, b)
	})
	parts := make([]string, len(keys))
	for i, k := range keys {
		if parts[i] = fmt.Sprintf("%d %s", count[k], k); k == "" {
			parts[i] = fmt.Sprintf("%d not told", count[k])
		}
	}
	return strings.Join(parts, ", ")
}

// check asks about the properties of a WorkSpace: what is offered together, its volumes and
// its running mode.
func (p workspaceProperties) check(rules bundles.Rules) (bundles.Answer, error) {
	const below rule.Path = "WorkspaceProperties"
	sdk := p.sdk()
	answers := []func() (bundles.Answer, error){
		func() (bundles.Answer, error) {
			return rules.CheckRunningMode(sdk.RunningMode, sdk.RunningModeAutoStopTimeoutInMinutes)
		},
	}
	if sdk.OperatingSystemName != "" && sdk.OperatingSystemName != types.OperatingSystemNameUnknown {
		protocol := types.Protocol("")
		if len(sdk.Protocols) == 1 {
			protocol = sdk.Protocols[0]
		}
		answers = append(answers, func() (bundles.Answer, error) {
			return rules.CheckOffer(sdk.OperatingSystemName, sdk.ComputeTypeName, protocol)
		})
	}
	if sdk.RootVolumeSizeGib != nil && sdk.UserVolumeSizeGib != nil {
		answers = append(answers, func() (bundles.Answer, error) {
			return rules.CheckVolumes(sdk.ComputeTypeName, *sdk.RootVolumeSizeGib, *sdk.UserVolumeSizeGib)
		})
	}
	whole := bundles.Answer{Verdict: rule.Allowed}
	for _, ask := range answers {
		a, err := ask()
		if err != nil {
			return bundles.Answer{}, err
		}
		whole.Verdict = whole.Verdict.And(a.Verdict)
		for _, v := range a.Violations {
			v.Path = below.Join(v.Path)
			whole.Violations = append(whole.Violations, v)
		}
		whole.Open = append(whole.Open, a.Open...)
	}
	return whole, nil
}

// sdk returns the properties as the SDK has them.
func (p workspaceProperties) sdk() types.WorkspaceProperties {
	q := types.WorkspaceProperties{
		RunningMode:                         types.RunningMode(p.RunningMode),
		RunningModeAutoStopTimeoutInMinutes: p.RunningModeAutoStopTimeoutInMinutes,
		RootVolumeSizeGib:                   p.RootVolumeSizeGib,
		UserVolumeSizeGib:                   p.UserVolumeSizeGib,
		ComputeTypeName:                     types.Compute(p.ComputeTypeName),
		OperatingSystemName:                 types.OperatingSystemName(p.OperatingSystemName),
	}
	for _, x := range p.Protocols {
		q.Protocols = append(q.Protocols, types.Protocol(x))
	}
	return q
}

// sdk returns the WorkSpace as the SDK has it, as far as it is read.
func (w workspace) sdk() types.Workspace {
	d := types.Workspace{
		WorkspaceId: &w.WorkspaceId, DirectoryId: &w.DirectoryId, UserName: &w.UserName, BundleId: &w.BundleId, SubnetId: &w.SubnetId,
		State:                       types.WorkspaceState(w.State),
		RootVolumeEncryptionEnabled: &w.RootVolumeEncryptionEnabled,
		UserVolumeEncryptionEnabled: &w.UserVolumeEncryptionEnabled,
		VolumeEncryptionKey:         &w.VolumeEncryptionKey,
		WorkspaceProperties:         new(w.WorkspaceProperties.sdk()),
	}
	for _, m := range w.ModificationStates {
		d.ModificationStates = append(d.ModificationStates, types.ModificationState{Resource: types.ModificationResourceEnum(m.Resource), State: types.ModificationStateEnum(m.State)})
	}
	for _, r := range w.RelatedWorkspaces {
		d.RelatedWorkspaces = append(d.RelatedWorkspaces, types.RelatedWorkspaceProperties{Type: types.StandbyWorkspaceRelationshipType(r.Type)})
	}
	return d
}

// inputError names the place at which a value stands that cannot be used.
func (p place) inputError(err error) error {
	var input *rule.InputError
	if !errors.As(err, &input) {
		return err
	}
	return &fileError{p.below(input.Path), fmt.Sprintf("%q %s", input.Value, input.Reason)}
}

// bundleSection checks the account's own bundles.
func (e *regionExport) bundleSection(rules bundles.Rules) (section, error) {
	s := newSection("bundles")
	s.Verdict = rule.Allowed
	for i, b := range e.bundles.Bundles {
		if b.Owner == "AMAZON" {
			continue
		}
		at := e.place(bundlesName, rule.Path("Bundles").Index(i))
		launch := b.launch()
		if launch.Volumes.Root == 0 || launch.Volumes.User == 0 {
			s.Verdict = s.Verdict.And(rule.Undocumented)
			s.Lines = append(s.Lines, fmt.Sprintf("%s: the volumes %q and %q are no sizes in GiB", b.BundleId, b.RootStorage.Capacity, b.UserStorage.Capacity))
			continue
		}
		answer, err := rules.CheckVolumes(launch.ComputeType, launch.Volumes.Root, launch.Volumes.User)
		if err != nil {
			return s, at.inputError(err)
		}
		for j, v := range answer.Violations {
			if v.Path == "UserVolumeSizeGib" {
				answer.Violations[j].Path = "UserStorage.Capacity"
			} else {
				answer.Violations[j].Path = "RootStorage.Capacity"
			}
		}
		s.Verdict = s.Verdict.And(answer.Verdict)
		s.add(answer.Violations, at)
		s.Lines = append(s.Lines, fmt.Sprintf("%s (%s): %s, volumes %s", b.BundleId, b.Name, b.ComputeType.Name, launch.Volumes))
		for _, o := range answer.Open {
			s.Lines = append(s.Lines, fmt.Sprintf("%s: %s", b.BundleId, o.Reason))
		}
	}
	return s, nil
}

// launch tells what a launch from the bundle starts with.
func (b *workspaceBundle) launch() bundles.Launch {
	return bundles.NewLaunch(types.WorkspaceBundle{
		ComputeType: &types.ComputeType{Name: types.Compute(b.ComputeType.Name)},
		RootStorage: &types.RootStorage{Capacity: &b.RootStorage.Capacity},
		UserStorage: &types.UserStorage{Capacity: &b.UserStorage.Capacity},
	}, "")
}

// tagSection checks the tags of the resources of which they were exported.
func (e *regionExport) tagSection(rules bundles.Rules) (section, error) {
	s := newSection("tags")
	s.Verdict = rule.Allowed
	for _, id := range slices.Sorted(maps.Keys(e.tags)) {
		var tags []types.Tag
		for _, t := range e.tags[id].TagList {
			if !strings.HasPrefix(t.Key, "aws:") { // AWS's own, which nobody else can set
				tags = append(tags, types.Tag{Key: &t.Key, Value: &t.Value})
			}
		}
		answer, err := rules.CheckTags(tags)
		if err != nil {
			return s, err
		}
		s.Verdict = s.Verdict.And(answer.Verdict)
		for j, v := range answer.Violations {
			answer.Violations[j].Path = rule.Path(strings.Replace(string(v.Path), "Tags", "TagList", 1))
		}
		s.add(answer.Violations, e.place(tagsPrefix+id+".json", ""))
	}
	return s, nil
}

// quotaSection holds what there is against the quotas of a default account.
func (e *regionExport) quotaSection(rules bundles.Rules) (section, error) {
	s := newSection("quotas, if the account has the defaults")
	s.Verdict = rule.Allowed
	for _, q := range []struct {
		known bool
		name  string
		n     func() int
		file  string
	}{
		{e.workspaces != nil, bundles.QuotaWorkspaces, func() int { return len(e.workspaces.Workspaces) }, workspacesName},
		{e.bundles != nil, bundles.QuotaBundles, e.ownBundles, bundlesName},
		{e.images != nil, bundles.QuotaImages, func() int { return len(e.images.Images) }, imagesName},
		{e.directories != nil && e.workspaces != nil, bundles.QuotaDirectories, func() int { return len(e.directories.Directories) }, directoriesName},
	} {
		if !q.known {
			continue
		}
		n := q.n()
		answer, err := rules.CheckQuota(q.name, n)
		if err != nil {
			return s, err
		}
		s.Verdict = s.Verdict.And(answer.Verdict)
		s.add(answer.Violations, e.place(q.file, ""))
		for _, quota := range rules.Quotas() {
			if quota.Name == q.name {
				s.Lines = append(s.Lines, fmt.Sprintf("%s: %d of %d", q.name, n, quota.Default))
			}
		}
	}
	return s, nil
}

// ownBundles counts the bundles that are not public.
func (e *regionExport) ownBundles() int {
	n := 0
	for _, b := range e.bundles.Bundles {
		if b.Owner != "AMAZON" {
			n++
		}
	}
	return n
}
