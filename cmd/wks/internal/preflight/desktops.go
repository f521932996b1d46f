package preflight

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/rule"
)

// desktopSections asks about WorkSpaces, bundles, KMS keys, tags and quotas.
func (c *regionCheck) desktopSections() {
	if c.workspaces == nil {
		c.notAsked(c.fetch(workspacesName), "whether WorkSpaces are as they could be launched today: no %s", workspacesName)
	} else {
		c.workspaceSection()
		c.referenceSection()
	}
	if c.bundles == nil {
		c.notAsked(c.fetch(bundlesName), "whether bundles can be launched: no %s", bundlesName)
	} else {
		c.bundleSection()
	}
	if c.workspaces != nil {
		c.keySection()
	}
	if c.tags.count > 0 {
		c.tagSection()
	}
	c.quotaSection()
	c.useSection()
	c.watchSections()
}

// narrowed says why an element of an export has nothing of what it is made of.
const narrowed = workspacesName + " was narrowed, by --query perhaps"

// narrow reports whether an export has nothing of a WorkSpace but what it is called.
func (w *workspace) narrow() bool {
	p := &w.WorkspaceProperties
	return w.State == "" && p.ComputeTypeName == "" && p.RunningMode == "" && p.OperatingSystemName == "" && p.RootVolumeSizeGib == nil && len(p.Protocols) == 0
}

// workspaceSection checks what each WorkSpace is made of, as for a launch today.
func (c *regionCheck) workspaceSection() {
	s := newSection("WorkSpaces")
	count := map[string]map[string]int{}
	add := func(kind, what string, n int) {
		if count[kind] == nil {
			count[kind] = map[string]int{}
		}
		count[kind][what] += n
	}
	// What is equal is asked about once.
	type asked struct {
		answer rule.Answer
		err    error
		count  int
	}
	builds := map[*build]*asked{}
	failed := map[string][]finding.Occurrence{}
	for _, w := range c.workspaces.all {
		if w.narrow() {
			s.ask(question{place: w.at(), by: rule.ByInput, reason: "what WorkSpaces are made of: " + narrowed})
			continue
		}
		a := builds[w.build]
		if a == nil {
			a = new(asked)
			a.answer, a.err = c.desktop(w)
			builds[w.build] = a
		}
		a.count++
		if a.err != nil || len(a.answer.Violations)+len(a.answer.Open) > 0 {
			s.take(a.answer, a.err, w.at().below("WorkspaceProperties").below)
		}
		if w.WorkspaceProperties.NestedVirtualizationEnabled {
			nested := bundles.NewWorkspace(w.sdk())
			nested.Region = c.region
			answer, err := c.rules.Bundles.CheckNestedVirtualization(nested, "")
			s.take(answer, err, func(rule.Path) place { return w.at().below("WorkspaceProperties.NestedVirtualizationEnabled") })
		}
		if told := w.inState(&s); w.ErrorMessage != "" && !told {
			why := w.ErrorCode + " " + w.ErrorMessage
			failed[why] = append(failed[why], w.at().occurrence())
		}
	}
	for b, a := range builds {
		add("compute types", b.WorkspaceProperties.ComputeTypeName, a.count)
		add("running modes", b.WorkspaceProperties.RunningMode, a.count)
		add("states", b.State, a.count)
		if b.WorkspaceProperties.NestedVirtualizationEnabled {
			add("nested virtualization", "enabled", a.count)
		}
		for _, m := range b.ModificationStates {
			add("modifications", m.Resource+" "+m.State, a.count)
		}
	}
	s.perResource()
	if slices.ContainsFunc(c.workspaces.all, (*workspace).narrow) {
		s.fold("what WorkSpaces are made of: "+narrowed, c.fetch(workspacesName))
	} else {
		s.fold("what WorkSpaces are made of: "+workspacesName+" lacks members that a newer AWS CLI writes", c.fetch(workspacesName))
	}
	for _, kind := range []string{"compute types", "running modes", "states", "modifications", "nested virtualization"} {
		if len(count[kind]) > 0 {
			s.Lines = append(s.Lines, kind+": "+tally(count[kind]))
		}
	}
	for _, why := range slices.Sorted(maps.Keys(failed)) {
		s.Lines = append(s.Lines, say("%s: %s", said(finding.Names(failed[why], len(failed[why]))), why))
	}
	s.tell = len(failed) > 0
	c.add(s)
}

// desktop asks whether a WorkSpace is made as one that is launched today.
func (c *regionCheck) desktop(w *workspace) (rule.Answer, error) {
	answer, err := c.rules.Bundles.CheckDesktop(*w.sdk().WorkspaceProperties, bundles.LaunchContext{Region: c.region})
	if w.State == string(types.WorkspaceStateError) && answer.Verdict == rule.Undocumented {
		answer.Open = answer.OpenBy(rule.ByDocuments) // it was not made, and has no sizes
		answer = answer.Concluded()
	}
	answer.Violations = withoutNotOffered(answer.Violations)
	return answer, err
}

// withoutNotOffered leaves out that a compute type is not offered with a system, if it is offered with none.
func withoutNotOffered(list rule.Violations) rule.Violations {
	if !slices.ContainsFunc(list, func(v rule.Violation) bool { return v.Code == bundles.ComputeTypeRetired }) {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), func(v rule.Violation) bool { return v.Code == bundles.ComputeTypeNotOffered })
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
		if parts[i] = say("%d %s", count[k], k); k == "" {
			parts[i] = fmt.Sprintf("%d not told", count[k])
		}
	}
	return strings.Join(parts, ", ")
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

// sdk returns the WorkSpace as the SDK has it, as far as it is read. A volume of 0 GiB, as
// DescribeWorkspaces gives of a WorkSpace whose launch failed, is not known.
func (w *workspace) sdk() types.Workspace {
	p := w.WorkspaceProperties.sdk()
	for _, size := range []**int32{&p.RootVolumeSizeGib, &p.UserVolumeSizeGib} {
		if *size != nil && **size == 0 {
			*size = nil
		}
	}
	d := types.Workspace{
		WorkspaceId: &w.WorkspaceId, DirectoryId: &w.DirectoryId, UserName: &w.UserName, BundleId: &w.BundleId, SubnetId: &w.SubnetId,
		State:                       types.WorkspaceState(w.State),
		RootVolumeEncryptionEnabled: &w.RootVolumeEncryptionEnabled,
		UserVolumeEncryptionEnabled: &w.UserVolumeEncryptionEnabled,
		VolumeEncryptionKey:         &w.VolumeEncryptionKey,
		WorkspaceProperties:         &p,
	}
	for _, m := range w.ModificationStates {
		d.ModificationStates = append(d.ModificationStates, types.ModificationState{Resource: types.ModificationResourceEnum(m.Resource), State: types.ModificationStateEnum(m.State)})
	}
	for _, r := range w.RelatedWorkspaces {
		d.RelatedWorkspaces = append(d.RelatedWorkspaces, types.RelatedWorkspaceProperties{Type: types.StandbyWorkspaceRelationshipType(r.Type)})
	}
	return d
}

// bundleSection checks the account's own bundles.
func (c *regionCheck) bundleSection() {
	s := newSection("bundles")
	own := 0
	for _, b := range c.bundles.all {
		if b.Owner == "AMAZON" {
			continue
		}
		own++
		if b.spoilt() != nil {
			s.Lines = append(s.Lines, say("%s: a value cannot be used", b.BundleId))
			continue
		}
		launch := b.launch()
		if launch.Volumes.Root == 0 || launch.Volumes.User == 0 {
			s.Lines = append(s.Lines, say("%s: the volumes %q and %q are no sizes in GiB", b.BundleId, b.RootStorage.Capacity, b.UserStorage.Capacity))
		} else {
			s.Lines = append(s.Lines, say("%s (%s): %s, volumes %s", b.BundleId, b.Name, b.ComputeType.Name, launch.Volumes))
		}
		a, err := c.rules.Bundles.CheckVolumes(launch.ComputeType, launch.Volumes.Root, launch.Volumes.User)
		s.take(a, err, func(p rule.Path) place {
			return b.at.below(map[rule.Path]rule.Path{"UserVolumeSizeGib": "UserStorage.Capacity", "RootVolumeSizeGib": "RootStorage.Capacity", "ComputeTypeName": "ComputeType.Name"}[p])
		})
	}
	if own > 0 {
		c.add(s)
	}
}

// launch tells what a launch from the bundle starts with.
func (b *workspaceBundle) launch() bundles.LaunchContext {
	return bundles.NewLaunchContext(types.WorkspaceBundle{
		ComputeType: &types.ComputeType{Name: types.Compute(b.ComputeType.Name)},
		RootStorage: &types.RootStorage{Capacity: &b.RootStorage.Capacity},
		UserStorage: &types.UserStorage{Capacity: &b.UserStorage.Capacity},
	}, "")
}

// tagSection checks the tags of the resources of which they were exported.
func (c *regionCheck) tagSection() {
	s := newSection("tags")
	slices.SortStableFunc(c.tags.answers, func(a, b tagAnswer) int { return strings.Compare(a.id, b.id) })
	for _, t := range c.tags.answers {
		s.take(t.answer, t.err, func(p rule.Path) place {
			at := t.at.about("WorkSpace", rule.Printable(t.id))
			if w := c.workspaces.find(t.id); w != nil {
				at.of = w
			}
			if i, below, ok := cutIndex(p, "Tags"); ok {
				at.Path = at.Path.Index(t.index[i]).Join(below)
			}
			return at
		})
	}
	c.add(s)
}

// quotaSection holds what there is against the quotas of a default account.
func (c *regionCheck) quotaSection() {
	s := newSection("quotas")
	for _, q := range []struct {
		known bool
		name  string
		n     func() int
		file  string
	}{
		{c.workspaces != nil, bundles.QuotaWorkspaces, func() int { return len(c.workspaces.all) }, workspacesName},
		{c.bundles != nil, bundles.QuotaBundles, c.ownBundles, bundlesName},
		{c.images != nil, bundles.QuotaImages, func() int { return len(c.images.all) }, imagesName},
		{c.directories != nil && c.workspaces != nil, bundles.QuotaDirectories, func() int { return len(c.directories.all) }, directoriesName},
	} {
		if !q.known {
			continue
		}
		n := q.n()
		// Every account with a second WorkSpace is over the default quota of one, and has a higher one.
		if q.name != bundles.QuotaWorkspaces {
			a, err := c.rules.Bundles.CheckQuota(q.name, n)
			s.take(a, err, c.place(q.file, "").about("account", "").below)
		}
		for _, quota := range c.rules.Bundles.Quotas() {
			if quota.Name == q.name {
				s.Lines = append(s.Lines, say("%s: %d of %d, if the account has the default", q.name, n, quota.Default))
			}
		}
	}
	if len(s.Lines)+len(s.open) > 0 {
		c.add(s)
	}
}

// ownBundles counts the bundles that are not public.
func (c *regionCheck) ownBundles() int {
	n := 0
	for _, b := range c.bundles.all {
		if b.Owner != "AMAZON" {
			n++
		}
	}
	return n
}
