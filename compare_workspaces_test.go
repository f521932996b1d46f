package wks_test

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

func prefixes(list ...string) (all []netip.Prefix) {
	for _, s := range list {
		all = append(all, netip.MustParsePrefix(s))
	}
	return all
}

// ready is a WorkSpace of which everything is known, and that can be migrated.
func ready(at time.Time) migrate.Situation {
	many := 100
	before := at.Add(-time.Hour)
	return migrate.Situation{
		At: at, Snapshots: []types.Snapshot{{SnapshotTime: &before}}, Connection: types.ConnectionStateDisconnected, ForestTrust: migrate.No, FreeAddresses: &many, FreeGrants: &many,
		Location: time.UTC, Created: at.AddDate(-1, 0, 0),
		Workspace: types.Workspace{State: types.WorkspaceStateAvailable, WorkspaceProperties: &types.WorkspaceProperties{
			OperatingSystemName: types.OperatingSystemNameWindowsServer2022, RunningMode: types.RunningModeManual, ComputeTypeName: types.ComputeStandard,
		}},
	}
}

// compareStates holds that bundles and migrate say the same of a migration, by state, running mode, snapshots, changes
// that are on the way, and for standby WorkSpaces.
func compareStates(a *asking) (n int) {
	at := time.Date(2030, 1, 2, 12, 0, 0, 0, time.UTC)
	for _, state := range types.WorkspaceState("").Values() {
		for _, system := range []types.OperatingSystemName{types.OperatingSystemNameWindowsServer2022, types.OperatingSystemNameAmazonLinux2} {
			for variant := range 4 {
				s := ready(at)
				s.Workspace.State, s.Workspace.WorkspaceProperties.OperatingSystemName = state, system
				switch variant {
				case 1:
					s.Snapshots = []types.Snapshot{}
				case 2:
					s.Workspace.ModificationStates = []types.ModificationState{{Resource: types.ModificationResourceEnumComputeType, State: types.ModificationStateEnumUpdateInProgress}}
				case 3:
					s.Workspace.RelatedWorkspaces = []types.RelatedWorkspaceProperties{{Type: types.StandbyWorkspaceRelationshipTypePrimary}}
				}
				w := bundles.NewWorkspace(s.Workspace)
				w.Snapshots = &bundles.Snapshots{Rebuild: s.Snapshots, Restore: s.Snapshots}
				n++
				b, m := must(a.Bundles.CheckOperation(bundles.Migrate, w)), must(a.Migrate.CheckReady(&s))
				if opposed(b.Verdict, m.Verdict) {
					a.add("bundles.CheckOperation and migrate.CheckReady disagree on a migration", "on %s in %s with %s, variant %d: %s %v %v, %s %v %v", a.e, state, system, variant, b.Verdict, b.Violations, b.Open, m.Verdict, m.Violations, m.Open)
				}
			}
		}
	}
	return n
}

// compareMaintenance holds that a migration is warned of a window if and only if one is open within the hour that it may
// take.
func compareMaintenance(a *asking) (n int) {
	zone := time.FixedZone("", 9*3600)
	first := time.Date(2026, 3, 1, 0, 0, 0, 0, zone)
	for _, mode := range []types.RunningMode{types.RunningModeAlwaysOn, types.RunningModeAutoStop} {
		for half := range 2 * 24 * 35 {
			at := first.Add(time.Duration(half) * 30 * time.Minute)
			for _, age := range []time.Duration{time.Hour, 7*24*time.Hour - 30*time.Minute, 7 * 24 * time.Hour, 7*24*time.Hour + time.Minute, 365 * 24 * time.Hour} {
				s := ready(at)
				s.Workspace.WorkspaceProperties.RunningMode, s.Location, s.Created = mode, zone, at.Add(-age)
				m := must(a.Migrate.CheckReady(&s))
				next := must(a.Bundles.NextMaintenance(bundles.Maintenance{Mode: mode, RegionZone: zone, Launched: s.Created}, at))
				n++
				within := !next.Window.Opens.IsZero() && !next.Window.Opens.After(at.Add(time.Hour))
				if got := has(m, migrate.InMaintenanceWindow); got != within {
					a.add("migrate.CheckReady warns of other maintenance windows than bundles.NextMaintenance has", "on %s %s at %s, %s old: %t, and the next opens at %s", a.e, mode, at, age, got, next.Window.Opens)
				}
			}
		}
	}
	return n
}

// compareVolumes holds that volumes which a migration makes and warns of cannot be chosen, and that it warns of those.
func compareVolumes(a *asking) (n int) {
	list := []int32{10, 50, 80, 100, 150, 175, 500, 1000, 1500, 2000}
	for _, c := range []types.Compute{types.ComputeStandard, types.ComputeGraphicsG4dn} {
		desktop := migrate.Desktop{OS: types.OperatingSystemNameWindowsServer2019, License: migrate.Public, Protocol: types.ProtocolPcoip, Compute: c, Plus: migrate.No}
		for _, root := range list {
			for _, user := range list {
				n += 2
				m := must(a.Migrate.Outcome(migrate.Move{
					Source: desktop, Target: desktop, RootGiB: root, UserGiB: user, SourceUserGiB: user, TargetRootGiB: root, TargetUserGiB: user, At: time.Date(2030, 1, 2, 0, 0, 0, 0, time.UTC),
				}))
				b := must(a.Bundles.CheckVolumes(c, root, user))
				sizes := must(a.Bundles.Sizes(c))
				switch warned := has(m.Answer, migrate.VolumesOutsideGroups); {
				case warned && b.Verdict == rule.Allowed:
					a.add("migrate.Outcome warns of volumes, CheckVolumes allows them", "on %s %s %d/%d", a.e, c, root, user)
				case !warned && has(b, bundles.VolumePairNotInGroup) && len(m.OpenBy(rule.ByContradiction)) == 0:
					a.add("CheckVolumes denies a pair, migrate.Outcome does not warn of it", "on %s %s %d/%d: %v", a.e, c, root, user, b.Violations)
				case !gpu(c) && len(sizes.Groups) > 0 && warned && slices.ContainsFunc(sizes.Groups, func(g bundles.SizeGroup) bool {
					return root >= g.RootFrom && root <= g.RootTo && user >= g.UserFrom && user <= g.UserTo
				}):
					a.add("migrate.Outcome warns of volumes that a group of bundles.Sizes has", "on %s %s %d/%d", a.e, c, root, user)
				}
			}
		}
	}
	return n
}

// compareGrants holds that a WorkSpace takes as many grants with migrate as with encryption.
func compareGrants(a *asking) (n int) {
	yes, no := true, false
	for _, root := range []*bool{&yes, &no} {
		for _, user := range []*bool{&yes, &no} {
			g, documented := a.Encryption.Grants(*root, *user)
			if !documented {
				continue
			}
			for free := range g.Total() + 2 {
				s := ready(time.Date(2030, 1, 2, 12, 0, 0, 0, time.UTC))
				s.Workspace.RootVolumeEncryptionEnabled, s.Workspace.UserVolumeEncryptionEnabled, s.FreeGrants = root, user, &free
				n++
				if got := has(must(a.Migrate.CheckReady(&s)), migrate.KeyLacksGrants); got != (free < g.Total()) {
					a.add("migrate.CheckReady counts other grants than encryption.Grants", "on %s %t/%t with %d free: %t, %d", a.e, *root, *user, free, got, g.Total())
				}
			}
		}
	}
	return n
}

// compareAddresses holds that a migration needs the address that network counts for it.
func compareAddresses(a *asking) (n int) {
	for free := range 3 {
		s := ready(time.Date(2030, 1, 2, 12, 0, 0, 0, time.UTC))
		s.FreeAddresses = &free
		m := must(a.Migrate.CheckReady(&s))
		r := must(a.Network.CheckAddresses([]network.Subnet{{ID: "subnet-1", Available: free}}, 0, 1))
		n++
		if has(m, migrate.NoFreeAddress) && r.Verdict == rule.Allowed || r.Verdict == rule.Denied && !has(m, migrate.NoFreeAddress) {
			a.add("migrate.CheckReady and network.CheckAddresses need other addresses", "on %s with %d free: %v, %v", a.e, free, m.Violations, r.Violations)
		}
	}
	return n
}

// compareKeys holds that a launch request is judged as the use of its key is.
func compareKeys(a *asking) (n int) {
	id, name, directory := "wsb-12345678", "jdoe", "d-1234567890"
	yes := true
	for _, key := range []string{"", "alias/aws/workspaces", "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"} {
		for flags := range 4 {
			q := types.WorkspaceRequest{BundleId: &id, DirectoryId: &directory, UserName: &name, WorkspaceProperties: &types.WorkspaceProperties{ComputeTypeName: types.ComputeStandard}}
			use := encryption.Use{Region: "us-east-1", VolumeEncryptionKey: key}
			if flags&1 != 0 {
				q.RootVolumeEncryptionEnabled, use.Root = &yes, true
			}
			if flags&2 != 0 {
				q.UserVolumeEncryptionEnabled, use.User = &yes, true
			}
			if key != "" {
				q.VolumeEncryptionKey = &key
			}
			b := must(a.Bundles.CheckRequest(q, bundles.LaunchContext{System: types.OperatingSystemTypeWindows, ComputeType: types.ComputeStandard}))
			batch := must(a.Bundles.CheckRequests([]types.WorkspaceRequest{q}, nil))
			e := must(a.Encryption.CheckUse(use))
			n += 2
			if opposed(b.Verdict, e.Verdict) || opposed(batch.Verdict, e.Verdict) {
				a.add("bundles.CheckRequest and encryption.CheckUse disagree", "on %s key %q, flags %d: %s, %s %v", a.e, key, flags, b.Verdict, e.Verdict, e.Violations)
			}
		}
	}
	return n
}

// soundImport, soundCustom and soundCopy are calls of which only one thing is changed at a time.
func soundImport() byol.Import {
	return byol.Import{Ec2ImageID: "ami-01234567", ImageName: "golden", ImageDescription: "golden", IngestionProcess: types.WorkspaceImageIngestionProcessByolRegularWsp}
}

func soundCustom() byol.CustomImport {
	return byol.CustomImport{
		ImageName: "golden", ImageDescription: "golden", ComputeType: types.ImageComputeTypeBase, Protocol: types.CustomImageProtocolDcv, Platform: types.PlatformWindows, OSVersion: types.OSVersionWindows11,
		ImageSource: byol.ImageSource{Ec2ImageID: "ami-01234567"}, InfrastructureConfigurationARN: "arn:aws:imagebuilder:eu-west-1:123456789012:infrastructure-configuration/byol",
	}
}

func soundCopy() byol.Copy {
	return byol.Copy{Name: "golden", SourceImageID: "wsi-0123456789", SourceRegion: "us-east-1", Region: "us-east-1"}
}

// compareNames holds that names, descriptions and identifiers of images have one form.
func compareNames(a *asking) (n int) {
	texts := []string{"", "a", "golden", "golden image", "Golden_Image.1-2/3()", "gold\u00e9n", "a\tb", "100%", "x" + strings.Repeat("y", 62), strings.Repeat("z", 63), strings.Repeat("z", 64), strings.Repeat("z", 256), strings.Repeat("z", 257)}
	for _, text := range texts {
		in, custom, twin := soundImport(), soundCustom(), soundCopy()
		in.ImageName, custom.ImageName, twin.Name = text, text, text
		name := must(a.Bundles.CheckName(bundles.ImageName, text))
		answers := map[string]rule.Answer{
			"CheckImport": must(a.BYOL.CheckImport(in, byol.Known{})), "CheckCustomImport": must(a.BYOL.CheckCustomImport(custom, byol.Known{})), "CheckCopy": must(a.BYOL.CheckCopy(twin)),
		}
		for question, got := range answers {
			n++
			if refused := has(got, byol.ImageNameMalformed); refused && name.Verdict == rule.Allowed || !refused && name.Verdict == rule.Denied && text != "" && got.Verdict == rule.Allowed {
				a.add("byol."+question+" and bundles.CheckName take other names of images", "on %s %q: %v, %v", a.e, text, got.Violations, name)
			}
		}
		in, custom, twin = soundImport(), soundCustom(), soundCopy()
		in.ImageDescription, custom.ImageDescription, twin.Description = text, text, text
		description := must(a.Bundles.CheckName(bundles.ImageDescription, text))
		answers = map[string]rule.Answer{
			"CheckImport": must(a.BYOL.CheckImport(in, byol.Known{})), "CheckCustomImport": must(a.BYOL.CheckCustomImport(custom, byol.Known{})), "CheckCopy": must(a.BYOL.CheckCopy(twin)),
		}
		for question, got := range answers {
			n++
			if refused := has(got, byol.ImageDescriptionMalformed); text != "" && refused == (description.Verdict == rule.Allowed) && description.Verdict != rule.Undocumented && got.Verdict != rule.Undocumented {
				a.add("byol."+question+" and bundles.CheckName take other descriptions of images", "on %s %q: %v, %v", a.e, text, got.Violations, description)
			}
		}
	}
	for _, id := range []string{"wsi-0123456789", "wsi-012345678", "wsi-01234567", "wsi-0123456X9", "wsi-", "wsb-0123456789", "x", "wsi-" + strings.Repeat("a", 63), "wsi-" + strings.Repeat("a", 64)} {
		yes := true
		twin := soundCopy()
		twin.SourceImageID = id
		want := must(a.Bundles.CheckID(bundles.ImageID, id))
		answers := map[string]rule.Answer{
			"CheckCopy": must(a.BYOL.CheckCopy(twin)), "CheckShare": must(a.BYOL.CheckShare(byol.Share{ImageID: id, SharedAccountID: "123456789012", AllowCopyImage: &yes})),
		}
		for question, got := range answers {
			n++
			if refused := has(got, byol.ImageIDMalformed); refused && want.Verdict == rule.Allowed || !refused && want.Verdict == rule.Denied && got.Verdict == rule.Allowed {
				a.add("byol."+question+" and bundles.CheckID take other identifiers of images", "on %s %q: %v, %v", a.e, id, got.Violations, want)
			}
		}
	}
	return n
}

// compareTags holds that tags have one form.
func compareTags(a *asking) (n int) {
	tag := func(key, value string) types.Tag { return types.Tag{Key: &key, Value: &value} }
	many := func(n int) (list []types.Tag) {
		for i := range n {
			list = append(list, tag(fmt.Sprint("k", i), "v"))
		}
		return list
	}
	for _, tags := range [][]types.Tag{
		nil, many(1), many(50), many(51), {tag("", "v")}, {tag(strings.Repeat("k", 127), "v")}, {tag(strings.Repeat("k", 128), "v")}, {tag("k", strings.Repeat("v", 255))},
		{tag("k", strings.Repeat("v", 256))}, {tag("k", "")}, {{}},
	} {
		in, custom, twin := soundImport(), soundCustom(), soundCopy()
		in.Tags, custom.Tags, twin.Tags = tags, tags, tags
		want := must(a.Bundles.CheckTags(tags))
		for question, got := range map[string]rule.Answer{
			"CheckImport": must(a.BYOL.CheckImport(in, byol.Known{})), "CheckCustomImport": must(a.BYOL.CheckCustomImport(custom, byol.Known{})), "CheckCopy": must(a.BYOL.CheckCopy(twin)),
		} {
			n++
			refused := has(got, byol.TagsTooMany, byol.TagKeyMalformed, byol.TagValueTooLong)
			if refused && want.Verdict == rule.Allowed || !refused && want.Verdict == rule.Denied && got.Verdict == rule.Allowed {
				a.add("byol."+question+" and bundles.CheckTags take other tags", "on %s %d tags: %v, %v", a.e, len(tags), got.Violations, want)
			}
		}
	}
	return n
}

// compareImageQuotas holds that byol counts images against the quota that bundles has.
func compareImageQuotas(a *asking) (n int) {
	var taken []string
	for i := range 45 {
		in, custom, twin := soundImport(), soundCustom(), soundCopy()
		twin.ImageNames = taken
		want := must(a.Bundles.CheckQuota(bundles.QuotaImages, len(taken)+1))
		known := byol.Known{ImageNames: taken}
		for question, got := range map[string]rule.Answer{
			"CheckImport": must(a.BYOL.CheckImport(in, known)), "CheckCustomImport": must(a.BYOL.CheckCustomImport(custom, known)), "CheckCopy": must(a.BYOL.CheckCopy(twin)),
		} {
			n++
			undocumented := len(got.Violations) == 0 && len(got.Open) == 1 && got.Open[0].Path == "" // there is no such call yet
			if !undocumented && has(got, byol.ImagesOverQuota) != has(want, bundles.OverDefaultQuota, bundles.OverQuota) {
				a.add("byol."+question+" and bundles.CheckQuota have other quotas of images", "on %s with %d images: %v, %v", a.e, len(taken), got.Violations, want.Violations)
			}
		}
		taken = append(taken, fmt.Sprint("image-", i))
	}
	return n
}
