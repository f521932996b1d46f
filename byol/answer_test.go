package byol_test

import (
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/rule"
)

// unknown are the paths of the facts that are not given.
func unknown(a rule.Answer) (paths []rule.Path) {
	for _, o := range a.OpenBy(rule.ByInput) {
		paths = append(paths, o.Path)
	}
	return paths
}

// What is not known is named, and is neither allowed nor denied.
func TestUnknown(t *testing.T) {
	rules := byol.Newest()
	in, custom := goodImport(rules.Edition()), goodCustom(rules.Edition())
	in.Known.Windows, custom.Known.Windows = byol.Windows{}, byol.Windows{}
	gpu := in
	gpu.IngestionProcess, gpu.Known.AllowListed = types.WorkspaceImageIngestionProcessByolGraphicsG4dnWsp, nil
	byop := in
	byop.IngestionProcess, byop.Known.AllowListed = types.WorkspaceImageIngestionProcessByolRegularByop, nil
	for name, tt := range map[string]struct {
		ask  func() (rule.Answer, error)
		want []rule.Path
	}{
		"import":      {func() (rule.Answer, error) { return rules.CheckImport(in.Import, in.Known) }, []rule.Path{"Windows.Product", "Windows.Release", "Windows.Edition"}},
		"import G4dn": {func() (rule.Answer, error) { return rules.CheckImport(gpu.Import, gpu.Known) }, []rule.Path{"Windows.Product", "Windows.Release", "Windows.Edition"}},
		"import BYOP": {func() (rule.Answer, error) { return rules.CheckImport(byop.Import, byop.Known) }, []rule.Path{"AllowListed", "Windows.Product", "Windows.Release", "Windows.Edition"}},
		"custom":      {func() (rule.Answer, error) { return rules.CheckCustomImport(custom.CustomImport, custom.Known) }, []rule.Path{"Windows.Product", "Windows.Release", "Windows.Edition"}},
		"windows":     {func() (rule.Answer, error) { return rules.CheckWindows(byol.Windows{Build: 26100}, "") }, []rule.Path{"Windows.Edition"}},
		"windows LTSC": {func() (rule.Answer, error) {
			return rules.CheckWindows(byol.Windows{Product: "Windows 10", Release: "1809"}, "")
		}, []rule.Path{"Windows.Edition"}},
		"share": {func() (rule.Answer, error) {
			return rules.CheckShare(byol.Share{ImageID: "wsi-0123456789", SharedAccountID: "222222222222", AllowCopyImage: new(true)})
		}, []rule.Path{"SharedWithMe", "RecipientEnabled", "SameOrganization", "SamePayer", "Region"}},
		"copy": {func() (rule.Answer, error) {
			return rules.CheckCopy(byol.Copy{Name: "n", SourceImageID: "wsi-0123456789", SourceRegion: "eu-west-1"})
		}, []rule.Path{"DestinationEnabled", "SourceEnabled", "Region"}},
		"copy elsewhere": {func() (rule.Answer, error) {
			return rules.CheckCopy(byol.Copy{Name: "n", SourceImageID: "wsi-0123456789", SourceRegion: "eu-west-1", Region: "eu-west-3", SourceEnabled: new(true), DestinationEnabled: new(true)})
		}, []rule.Path{"SourceOptIn"}},
		"link": {func() (rule.Answer, error) {
			return rules.CheckLink(byol.AccountLink{SourceAccountID: "111111111111", TargetAccountID: "222222222222"})
		}, []rule.Path{"SameOrganization", "SamePayer", "SameRegion", "TargetChoseCIDR", "Region"}},
		"directory": {func() (rule.Answer, error) {
			return rules.CheckDirectory(byol.Directory{}, byol.Placement{BYOL: new(true)})
		}, []rule.Path{"Kind", "Tenancy"}},
		"launch": {func() (rule.Answer, error) { return rules.CheckDirectory(byol.Directory{}, byol.Placement{}) }, []rule.Path{"BYOL"}},
		"reregister": {func() (rule.Answer, error) {
			return rules.CheckDirectory(byol.Directory{Kind: "MicrosoftAD", Tenancy: types.TenancyShared}, byol.Placement{BYOL: new(true), Reregister: true})
		}, []rule.Path{"WorkSpaces"}},
		"upgrade": {func() (rule.Answer, error) {
			p, err := rules.PlanUpgrade(byol.Upgrade{ProfileOn: "D"})
			return p.Answer, err
		}, []rule.Path{"From", "To", "UpgradesDeferred", "RunningMode", "DefaultCustomized", "Profiles"}},
	} {
		a, err := tt.ask()
		if err != nil || a.Verdict != rule.Undocumented || len(a.Violations) > 0 || !slices.Equal(unknown(a), tt.want) {
			t.Errorf("%s: %+v, %v, want unknown %v", name, a, err, tt.want)
		}
	}
}

// The documents leave these open, though nothing is missing; a contradiction cites both sides.
func TestLeftOpen(t *testing.T) {
	rules, e := byol.Newest(), byol.Newest().Edition()
	before := func(date string) byol.Rules { return at(t, rule.MustParseEdition(date)) }
	imports := func(r byol.Rules, change func(*importInput)) func() (rule.Answer, error) {
		in := goodImport(r.Edition())
		change(&in)
		return func() (rule.Answer, error) { return r.CheckImport(in.Import, in.Known) }
	}
	customs := func(r byol.Rules, change func(*customInput)) func() (rule.Answer, error) {
		in := goodCustom(r.Edition())
		change(&in)
		return func() (rule.Answer, error) { return r.CheckCustomImport(in.CustomImport, in.Known) }
	}
	windows := func(r byol.Rules, w byol.Windows, compute types.Compute) func() (rule.Answer, error) {
		return func() (rule.Answer, error) { return r.CheckWindows(w, compute) }
	}
	registry := func(date, script, name, kind string) func() (rule.Answer, error) {
		const below = `HKEY_LOCAL_MACHINE\SOFTWARE\Amazon\WorkSpacesConfig\`
		return func() (rule.Answer, error) {
			c, err := before(date).CheckRegistry([]byol.RegistryEntry{
				{Key: below + "enable-inplace-upgrade.ps1", Name: "Enabled", Type: "REG_DWORD", Value: 1},
				{Key: below + "update-pvdrivers.ps1", Name: "Enabled", Type: "REG_DWORD", Value: 1},
				{Key: below + script, Name: name, Type: kind},
			})
			return c.Answer, err
		}
	}
	link := goodLink()
	link.Status = types.AccountLinkStatusEnumRejected
	machine, full := goodMachine(rule.MustParseEdition("2024-12-31")), goodMachine(e)
	full.FreeBytes = new(int64(20 * byol.GB))
	for name, tt := range map[string]struct {
		ask func() (rule.Answer, error)
		at  rule.Path
		by  rule.Cause
	}{
		"process":     {imports(rules, func(in *importInput) { in.IngestionProcess = "BYOL_GRAPHICS_G7" }), "IngestionProcess", rule.ByDocuments},
		"office":      {imports(rules, func(in *importInput) { in.Applications = []types.Application{"Microsoft_Office_2027"} }), "Applications[0]", rule.ByDocuments},
		"old import":  {imports(before("2018-09-20"), func(*importInput) {}), "", rule.ByDocuments},
		"old process": {imports(before("2019-10-25"), func(in *importInput) { in.Known.Compute = types.ComputeGraphics }), "IngestionProcess", rule.ByDocuments},
		"old office":  {imports(before("2020-04-29"), func(in *importInput) { in.Applications = []types.Application{} }), "Applications", rule.ByDocuments},
		"OS version":  {customs(rules, func(in *customInput) { in.OSVersion = "Windows_12" }), "OsVersion", rule.ByDocuments},
		"platform":    {customs(rules, func(in *customInput) { in.Platform = "LINUX" }), "Platform", rule.ByDocuments},
		"kind":        {customs(rules, func(in *customInput) { in.ComputeType = "GRAPHICS_G7" }), "ComputeType", rule.ByDocuments},
		"old kind":    {customs(before("2025-08-14"), func(in *customInput) { in.ComputeType = types.ImageComputeTypeGraphicsG6 }), "ComputeType", rule.ByDocuments},
		"foreign AMI": {customs(rules, func(in *customInput) { in.Known.AMIOwned = new(false) }), "ImageSource.Ec2ImageId", rule.ByDocuments},
		"old custom":  {customs(before("2024-12-31"), func(*customInput) {}), "", rule.ByDocuments},
		"newer build": {windows(rules, byol.Windows{Product: "Windows 11", Build: 27000, Edition: "Enterprise"}, ""), "Windows", rule.ByDocuments},
		"no release":  {windows(before("2018-02-03"), byol.Windows{Product: "Windows 10", Release: "1703", Edition: "Pro"}, ""), "Windows", rule.ByDocuments},
		"disputed":    {windows(before("2024-12-31"), byol.Windows{Product: "Windows 11", Release: "23H2", Edition: "Enterprise"}, ""), "Windows", rule.ByContradiction},
		"language":    {windows(rules, byol.Windows{Build: 26100, Edition: "Entreprise"}, ""), "Windows", rule.ByInput},
		"G7":          {windows(rules, byol.Windows{Build: 26100, Edition: "Enterprise"}, "GRAPHICS_G7_XLARGE"), "Compute", rule.ByDocuments},
		"old GPU":     {windows(before("2019-01-08"), byol.Windows{Product: "Windows 10", Release: "1803", Edition: "Pro"}, types.ComputeGraphics), "Compute", rule.ByDocuments},
		"rejected":    {func() (rule.Answer, error) { return rules.CheckLink(link) }, "Status", rule.ByDocuments},
		"Home":        {windows(rules, byol.Windows{Product: "Windows 10", Release: "22H2", Edition: "Home"}, ""), "Windows", rule.ByDocuments},
		"old link":    {func() (rule.Answer, error) { return before("2023-12-01").CheckLink(goodLink()) }, "", rule.ByDocuments},
		"link":        {func() (rule.Answer, error) { return before("2024-04-18").CheckLink(goodLink()) }, "", rule.ByDocuments},
		"SIMPLE_AD": {func() (rule.Answer, error) {
			return rules.CheckDirectory(byol.Directory{Kind: "SIMPLE_AD", Tenancy: types.TenancyDedicated}, byol.Placement{BYOL: new(true)})
		}, "Kind", rule.ByDocuments},
		"boot mode":  {func() (rule.Answer, error) { return before("2025-10-21").CheckMachine(machine) }, "Caption", rule.ByContradiction},
		"exactly 20": {func() (rule.Answer, error) { return rules.CheckMachine(full) }, "FreeBytes", rule.ByContradiction},
		"old share":  {func() (rule.Answer, error) { return before("2020-09-03").CheckShare(goodShare()) }, "", rule.ByDocuments},
		"no share":   {func() (rule.Answer, error) { return before("2020-07-08").CheckShare(goodShare()) }, "", rule.ByDocuments},
		"old copy":   {func() (rule.Answer, error) { return before("2020-06-04").CheckCopy(goodCopy()) }, "", rule.ByDocuments},
		"no copy":    {func() (rule.Answer, error) { return before("2019-03-29").CheckCopy(goodCopy()) }, "", rule.ByDocuments},
		"old upgrade": {func() (rule.Answer, error) {
			p, err := before("2018-02-03").PlanUpgrade(goodUpgrade())
			return p.Answer, err
		}, "", rule.ByDocuments},
		"old drive": {func() (rule.Answer, error) {
			p, err := before("2020-03-31").PlanUpgrade(goodUpgrade())
			return p.Answer, err
		}, "ProfileOn", rule.ByDocuments},
		"old reboot": {func() (rule.Answer, error) {
			u := goodUpgrade()
			u.ProfileOn, u.PreventReboot = "C", true
			p, err := before("2019-06-27").PlanUpgrade(u)
			return p.Answer, err
		}, "PreventReboot", rule.ByDocuments},
		"old registry": {func() (rule.Answer, error) { c, err := before("2018-02-03").CheckRegistry(nil); return c.Answer, err }, "", rule.ByDocuments},
		"old value":    {registry("2018-06-29", "enable-inplace-upgrade.ps1", "NoReboot", "REG_DWORD"), "enable-inplace-upgrade.ps1.NoReboot", rule.ByDocuments},
		"old type":     {registry("2019-09-24", "enable-inplace-upgrade.ps1", "NoReboot", "REG_SZ"), "enable-inplace-upgrade.ps1.NoReboot", rule.ByDocuments},
	} {
		a, err := tt.ask()
		if err != nil || a.Verdict != rule.Undocumented || len(a.Open) == 0 || a.Open[0].Path != tt.at || a.Open[0].By != tt.by || (a.Open[0].Cites[1].Document != "") != (tt.by == rule.ByContradiction) {
			t.Errorf("%s: %+v, %v", name, a, err)
		}
	}
	gpu := goodFacts(e)
	gpu.Commitment.GPUAlwaysOn, gpu.Commitment.GPUAutoStop = new(3), new(19)
	list, err := rules.Checklist(gpu)
	if err != nil || state(list.Lines, byol.GPUCommitmentTooSmall) != byol.Undocumented {
		t.Errorf("a mix of running modes: %v, %v", list, err)
	}
}

func TestLinkActions(t *testing.T) {
	source, target, ok := byol.Newest().LinkActions(types.AccountLinkStatusEnumPendingAcceptanceByTargetAccount)
	if !ok || !slices.Equal(source, []string{"DeleteAccountLinkInvitation"}) || !slices.Equal(target, []string{"AcceptAccountLinkInvitation", "RejectAccountLinkInvitation"}) {
		t.Errorf("pending: %v, %v, %t", source, target, ok)
	}
	if source, target, ok := byol.Newest().LinkActions(types.AccountLinkStatusEnumLinked); !ok || len(source)+len(target) > 0 {
		t.Errorf("linked: %v, %v, %t", source, target, ok)
	}
	if _, _, ok := byol.Newest().LinkActions(types.AccountLinkStatusEnumLinkingFailed); ok {
		t.Error("a failed link has a documented next step")
	}
}

// A line that hangs on several facts says what is missing of them.
func TestLinesOfSeveralFacts(t *testing.T) {
	iso := byol.Facts{Format: "ISO"}
	ltsc := byol.Windows{Product: "Windows 11", Release: "24H2", Edition: "Enterprise LTSC"}
	for name, tt := range map[string]struct {
		code rule.Code
		f    byol.Facts
		want byol.State
	}{
		"ISO of what":         {byol.LTSCFromISO, iso, byol.NotProvided},
		"LTSC from what":      {byol.LTSCFromISO, byol.Facts{Windows: &ltsc}, byol.NotProvided},
		"ISO of an edition":   {byol.LTSCFromISO, byol.Facts{Format: "ISO", Windows: &byol.Windows{Product: "Windows 11"}}, byol.NotProvided},
		"LTSC from ISO":       {byol.LTSCFromISO, byol.Facts{Format: "ISO", Windows: &ltsc}, byol.Broken},
		"LTSC from VMDK":      {byol.LTSCFromISO, byol.Facts{Format: "VMDK", Windows: &ltsc}, byol.NotApplicable},
		"60 and unknown":      {byol.CommitmentTooSmall, byol.Facts{Commitment: byol.Commitment{Workspaces: new(60)}}, byol.Met},
		"40 and unknown":      {byol.CommitmentTooSmall, byol.Facts{Commitment: byol.Commitment{Workspaces: new(40)}}, byol.NotProvided},
		"0 and unknown GPU":   {byol.CommitmentTooSmall, byol.Facts{Commitment: byol.Commitment{Workspaces: new(0), ApplicationUsers: new(0)}}, byol.NotProvided},
		"0 and no GPU":        {byol.CommitmentTooSmall, byol.Facts{Commitment: byol.Commitment{Workspaces: new(0), ApplicationUsers: new(0), GPUAlwaysOn: new(0), GPUAutoStop: new(0)}}, byol.Broken},
		"4 and unknown":       {byol.GPUCommitmentTooSmall, byol.Facts{Commitment: byol.Commitment{GPUAlwaysOn: new(4)}}, byol.Met},
		"3 and unknown":       {byol.GPUCommitmentTooSmall, byol.Facts{Commitment: byol.Commitment{GPUAlwaysOn: new(3)}}, byol.NotProvided},
		"3 and 1 linked":      {byol.GPUCommitmentTooSmall, byol.Facts{Commitment: byol.Commitment{GPUAlwaysOn: new(3), GPUAutoStop: new(0)}, Linked: []byol.Commitment{{GPUAlwaysOn: new(1)}}}, byol.Met},
		"GPU where":           {byol.GPUUnavailableInRegion, byol.Facts{Commitment: byol.Commitment{GPUAlwaysOn: new(4)}}, byol.NotProvided},
		"Cape Town, no GPU":   {byol.GPUUnavailableInRegion, byol.Facts{Region: "af-south-1", Commitment: byol.Commitment{GPUAlwaysOn: new(0), GPUAutoStop: new(0)}}, byol.NotApplicable},
		"Cape Town, perhaps":  {byol.GPUUnavailableInRegion, byol.Facts{Region: "af-south-1"}, byol.NotProvided},
		"bucket of an AMI":    {byol.BucketInOtherRegion, byol.Facts{Format: "AMI"}, byol.NotApplicable},
		"bucket of something": {byol.BucketInOtherRegion, byol.Facts{BucketInRegion: new(false)}, byol.NotProvided},
		"newer account state": {byol.AccountNotEnabled, byol.Facts{DedicatedTenancySupport: "PAUSED"}, byol.Undocumented},
		"newer tenancy":       {byol.DirectoryNotDedicated, byol.Facts{Directory: &byol.Directory{Tenancy: "HOST"}}, byol.Undocumented},
	} {
		list, err := byol.Newest().Checklist(&tt.f)
		if err != nil || state(list.Lines, tt.code) != tt.want {
			t.Errorf("%s: %s, %v, want %s", name, state(list.Lines, tt.code), err, tt.want)
		}
	}
}

// A missing member cites the operation that lacks it.
func TestMissingMembersCiteTheirOperation(t *testing.T) {
	rules := byol.Newest()
	for cited, ask := range map[[2]string]func() (rule.Answer, error){
		{"api-import-workspace-image", "Request Parameters"}:        func() (rule.Answer, error) { return rules.CheckImport(byol.Import{}, byol.Known{}) },
		{"api-import-custom-workspace-image", "Request Parameters"}: func() (rule.Answer, error) { return rules.CheckCustomImport(byol.CustomImport{}, byol.Known{}) },
		{"service-model", "UpdateWorkspaceImagePermissionRequest"}:  func() (rule.Answer, error) { return rules.CheckShare(byol.Share{}) },
		{"service-model", "CopyWorkspaceImageRequest"}:              func() (rule.Answer, error) { return rules.CheckCopy(byol.Copy{}) },
		{"service-model", "CreateAccountLinkInvitationRequest"}:     func() (rule.Answer, error) { return rules.CheckLink(byol.AccountLink{}) },
	} {
		a, err := ask()
		n := 0
		for _, v := range a.Violations {
			if v.Code == byol.MemberMissing && [2]string{v.Cite.Document, v.Cite.Section} == cited {
				n++
			}
		}
		if err != nil || n < 2 || n != len(a.Violations) || a.Verdict != rule.Denied {
			t.Errorf("%s: %d of %v, %v", cited, n, a.Violations, err)
		}
	}
}

func TestWhatIsNotAsked(t *testing.T) {
	c := goodCopy()
	c.Region = "" // of which the page of July 2020 has no rule
	if a, err := at(t, rule.MustParseEdition("2020-07-08")).CheckCopy(c); err != nil || a.Verdict != rule.Allowed || len(a.Open) > 0 {
		t.Errorf("a copy in July 2020: %+v, %v", a, err)
	}
	e := rule.MustParseEdition("2019-10-25")
	m := goodMachine(e)
	m.Caption, m.Version, m.AzureDomainJoined = new("Microsoft Windows 7 Enterprise"), new("6.1.7601"), new(true)
	// The checker exempts Windows 7 since 2.1.1.
	for _, tt := range []struct {
		date string
		want byol.State
	}{{"2019-10-25", byol.Broken}, {"2020-04-28", byol.Broken}, {"2020-04-29", byol.NotApplicable}, {"2024-05-01", byol.NotApplicable}} {
		list, err := at(t, rule.MustParseEdition(tt.date)).MachineChecklist(m)
		if err != nil || state(list.Lines, byol.AzureDomainJoined) != tt.want {
			t.Errorf("Windows 7 on %s: %s, %v", tt.date, state(list.Lines, byol.AzureDomainJoined), err)
		}
	}
	list, err := at(t, e).MachineChecklist(&byol.Machine{DefaultProfile: new(`D:\Default`)}) // which concerns Windows 10
	if err != nil || state(list.Lines, byol.DefaultProfileElsewhere) != byol.NotProvided {
		t.Errorf("a system that is not known: %s, %v", state(list.Lines, byol.DefaultProfileElsewhere), err)
	}
	c.Region, c.SourceRegion = "eu-west-1", ""
	if a, err := byol.Newest().CheckCopy(c); err != nil || a.Verdict != rule.Denied || len(a.Open) > 0 {
		t.Errorf("a copy from no Region: %+v, %v", a, err)
	}
}

// What no document names is advised against at most, and decides nothing.
func TestNeverNamed(t *testing.T) {
	rules := byol.Newest()
	a, err := rules.CheckDirectory(byol.Directory{Kind: "SimpleAD", Tenancy: types.TenancyDedicated}, byol.Placement{BYOL: new(true)})
	if err != nil || a.Verdict != rule.Undocumented || len(a.Violations) != 1 || a.Violations[0].Code != byol.DirectoryKindUnsupported || a.Violations[0].Level != rule.Should {
		t.Errorf("Simple AD: %+v, %v", a, err)
	}
	u := goodUpgrade()
	u.RunningMode, u.AutoStopMinutes = types.RunningModeManual, new(600)
	p, err := rules.PlanUpgrade(u)
	if err != nil || p.Verdict != rule.Undocumented || !slices.Equal(unknown(p.Answer), []rule.Path{"RunningMode"}) {
		t.Errorf("MANUAL: %+v, %v", p.Answer, err)
	}
}

// What is known of an AMI counts for ImportCustomWorkspaceImage if the source is one, and
// has its path there. No document of the call speaks of another account's AMI.
func TestAMIOfCustomImport(t *testing.T) {
	rules := byol.Newest()
	call := goodCustom(rules.Edition())
	task := call
	call.ImageSource = byol.ImageSource{Ec2ImageID: "ami-01234567"}
	task.ImageSource = byol.ImageSource{Ec2ImportTaskID: "import-ami-01234567"}
	for name, tt := range map[string]struct {
		in               customInput
		encrypted, owned bool
		want             rule.Verdict
		at               rule.Path
	}{
		"sound":     {call, false, true, rule.Allowed, ""},
		"encrypted": {call, true, true, rule.Denied, "ImageSource.Ec2ImageId"},
		"foreign":   {call, false, false, rule.Undocumented, ""},
		"task":      {task, true, false, rule.Allowed, ""},
	} {
		tt.in.Known.AMIEncrypted, tt.in.Known.AMIOwned = &tt.encrypted, &tt.owned
		a, err := rules.CheckCustomImport(tt.in.CustomImport, tt.in.Known)
		if err != nil || a.Verdict != tt.want {
			t.Errorf("%s: %+v, %v, want %s", name, a, err, tt.want)
		}
		if tt.at != "" && (len(a.Violations) != 1 || a.Violations[0].Code != byol.SourceAMIEncrypted || a.Violations[0].Path != tt.at) {
			t.Errorf("%s: %v, want a violation at %s", name, a.Violations, tt.at)
		}
	}
}

// From 2023-04-28 the API has Office 2019 alone for Windows 11, whatever the protocol; from 2024-08-06
// it speaks of DCV. From 2025-08-14 it has no PCoIP for Windows 11.
func TestOfficeOnWindows11WithPCoIP(t *testing.T) {
	for date, want := range map[string][]rule.Code{
		"2023-04-27": nil,
		"2023-04-28": {byol.OfficeOnWindows11},
		"2024-08-05": {byol.OfficeOnWindows11},
		"2024-08-06": nil,
		"2025-08-13": nil,
		"2025-08-14": {byol.ProtocolOSIncompatibility},
		"2025-10-20": {byol.ProtocolOSIncompatibility},
		"2025-10-21": {byol.ProtocolOSIncompatibility, byol.OfficeEnded},
	} {
		rules := at(t, rule.MustParseEdition(date))
		in := goodImport(rules.Edition())
		in.IngestionProcess, in.Applications = types.WorkspaceImageIngestionProcessByolRegular, []types.Application{types.ApplicationMicrosoftOffice2016}
		in.Known.Windows = byol.Windows{Product: "Windows 11", Release: "23H2", Edition: "Enterprise"}
		a, err := rules.CheckImport(in.Import, in.Known)
		if err != nil {
			t.Fatal(err)
		}
		var got []rule.Code
		for _, v := range a.Violations {
			if v.Code != byol.OSNotSupported {
				got = append(got, v.Code)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %s, want %s", date, got, want)
		}
	}
}

// A fact that is missing leaves the lines open that hang on it.
func TestLinesThatHangOnAnotherFact(t *testing.T) {
	rules := at(t, rule.MustParseEdition("2020-09-03"))
	for _, office := range []*bool{nil, new(true), new(false)} {
		m := goodMachine(rules.Edition())
		m.SubscribesOffice, m.OfficeInstalled, m.FreeBytes = office, new(true), new(int64(15*byol.GB))
		list, err := rules.MachineChecklist(m)
		if err != nil {
			t.Fatal(err)
		}
		want := byol.NotProvided
		if office != nil {
			want = map[bool]byol.State{true: byol.Broken, false: byol.NotApplicable}[*office]
		}
		for _, c := range []rule.Code{byol.OfficeBesideSubscription, byol.DiskFreeSpaceForOffice} {
			if got := state(list.Lines, c); got != want {
				t.Errorf("%s: %s, want %s", c, got, want)
			}
		}
	}
	for _, tt := range []struct {
		on, stop      *int
		enabled, many byol.State // GraphicsNotEnabled, of an account that is not, and GPUCommitmentTooSmall
	}{
		{nil, nil, byol.NotProvided, byol.NotProvided},
		{new(0), nil, byol.NotProvided, byol.NotProvided},
		{nil, new(0), byol.NotProvided, byol.NotProvided},
		{new(0), new(0), byol.NotApplicable, byol.NotApplicable},
		{new(1), new(0), byol.Broken, byol.Broken},
		{new(0), new(1), byol.Broken, byol.Broken},
		{new(1), new(1), byol.Broken, byol.Undocumented},
		{new(3), new(19), byol.Broken, byol.Undocumented},
		{new(4), nil, byol.Broken, byol.Met},
		{nil, new(20), byol.Broken, byol.Met},
	} {
		f := goodFacts(rules.Edition())
		f.Commitment.GPUAlwaysOn, f.Commitment.GPUAutoStop, f.GraphicsEnabled = tt.on, tt.stop, new(false)
		list, err := rules.Checklist(f)
		if err != nil {
			t.Fatal(err)
		}
		for c, want := range map[rule.Code]byol.State{byol.GraphicsNotEnabled: tt.enabled, byol.GPUCommitmentTooSmall: tt.many} {
			if got := state(list.Lines, c); got != want {
				t.Errorf("%s: %s, want %s", c, got, want)
			}
		}
	}
}

// Office came to the page on 2020-09-03, and its rule for g4dn does not bind other types.
func TestOfficeByEdition(t *testing.T) {
	for date, processes := range map[string]map[types.WorkspaceImageIngestionProcess]rule.Verdict{
		"2020-04-29": {"BYOL_REGULAR": rule.Undocumented, "BYOL_GRAPHICS": rule.Undocumented},
		"2020-09-03": {"BYOL_REGULAR": rule.Allowed, "BYOL_GRAPHICS": rule.Allowed},
		"2022-09-02": {"BYOL_REGULAR": rule.Allowed, "BYOL_GRAPHICS": rule.Allowed, "BYOL_GRAPHICS_G4DN": rule.Denied},
	} {
		rules := at(t, rule.MustParseEdition(date))
		for process, want := range processes {
			in := goodImport(rules.Edition())
			in.IngestionProcess, in.Applications = process, []types.Application{types.ApplicationMicrosoftOffice2016}
			if a, err := rules.CheckImport(in.Import, in.Known); err != nil || a.Verdict != want {
				t.Errorf("%s on %s: %+v, %v, want %s", process, date, a, err, want)
			}
			if in.Applications = nil; want == rule.Undocumented {
				if a, err := rules.CheckImport(in.Import, in.Known); err != nil || a.Verdict != rule.Allowed {
					t.Errorf("%s on %s without Office: %+v, %v", process, date, a, err)
				}
			}
		}
	}
}

// The name of a process of g4dn has Graphics.g4dn. The model and the guide said for a time that it is for GraphicsPro.g4dn, too.
func TestProcessesOfG4dn(t *testing.T) {
	for date, want := range map[string]rule.Verdict{"2022-04-11": rule.Allowed, "2022-06-14": rule.Allowed, "2022-06-15": rule.Undocumented, "2022-09-02": rule.Allowed, "2025-10-21": rule.Undocumented} {
		rules := at(t, rule.MustParseEdition(date))
		for c, want := range map[types.Compute]rule.Verdict{types.ComputeGraphicsG4dn: rule.Allowed, types.ComputeGraphicsproG4dn: want, types.ComputeGraphicspro: rule.Denied} {
			in := goodImport(rules.Edition())
			in.IngestionProcess, in.Known.Compute = types.WorkspaceImageIngestionProcessByolGraphicsG4dn, c
			if a, err := rules.CheckImport(in.Import, in.Known); err != nil || a.Verdict != want {
				t.Errorf("%s on %s: %+v, %v, want %s", c, date, a, err, want)
			}
		}
	}
}

// On some days the text of the member had values that end in _DCV, and the enumeration did not.
func TestProcessThatTheTextHas(t *testing.T) {
	for date, want := range map[string]rule.Cause{
		"2024-10-01": rule.ByDocuments, "2024-10-02": rule.ByContradiction, "2024-11-18": rule.ByContradiction, "2024-11-19": rule.ByDocuments,
		"2024-11-20": rule.ByContradiction, "2024-11-21": rule.ByContradiction, "2024-11-22": rule.ByDocuments,
	} {
		rules := at(t, rule.MustParseEdition(date))
		in := goodImport(rules.Edition())
		in.IngestionProcess = "BYOL_REGULAR_DCV"
		a, err := rules.CheckImport(in.Import, in.Known)
		if err != nil || a.Verdict != rule.Undocumented || len(a.Open) != 1 || a.Open[0].Path != "IngestionProcess" || a.Open[0].By != want {
			t.Errorf("%s: %+v, %v, want %s", date, a, err, want)
		}
	}
}
