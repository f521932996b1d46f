package byol_test

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/rule"
)

// May we? What is broken, and what is still to be found out.
func ExampleRules_Checklist() {
	list, err := byol.Newest().Checklist(&byol.Facts{
		Region:                      "eu-west-1",
		LicenseAllowsHosting:        new(true),
		VolumeLicensing:             new(true),
		OEMLicense:                  new(false),
		Windows:                     &byol.Windows{Product: "Windows 10", Release: "21H2", Edition: "Enterprise"},
		Commitment:                  byol.Commitment{Workspaces: new(30), ApplicationUsers: new(0), GPUAlwaysOn: new(0), GPUAutoStop: new(0)},
		Linked:                      []byol.Commitment{{Workspaces: new(25), ApplicationUsers: new(0), GPUAlwaysOn: new(0), GPUAutoStop: new(0)}},
		DedicatedTenancySupport:     types.DedicatedTenancySupportResultEnumEnabled,
		DedicatedTenancyAccountType: types.DedicatedTenancyAccountTypeTargetAccount,
		ManagementCIDRChosen:        new(false),
		Directory:                   &byol.Directory{Kind: "AD_CONNECTOR", Tenancy: types.TenancyShared},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(list.Verdict)
	n := map[byol.State]int{}
	for _, l := range list.Lines {
		if n[l.State]++; l.State == byol.Broken {
			fmt.Printf("%s %s: %s; want %s\n", l.Level, l.Path, l.Got, l.Want)
		}
	}
	fmt.Println(n[byol.Met], "met,", n[byol.NotApplicable], "not applicable,", n[byol.NotProvided], "not provided")
	// Output:
	// denied
	// must Windows: Windows 10 21H2 Enterprise; want a Windows release of the guide's list
	// must Directory.Tenancy: "SHARED"; want a directory registered with the tenancy DEDICATED
	// 9 met, 6 not applicable, 9 not provided
}

// What became of the size of the disk in half a year, and since.
func ExampleDescribe() {
	dates := []string{"2019-10-25", "2020-04-29", "2026-09-10"}
	for i := range dates[1:] {
		changes, err := byol.Describe(rule.MustParseEdition(dates[i]), rule.MustParseEdition(dates[i+1]))
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(dates[i], "to", dates[i+1])
		for _, c := range changes {
			if strings.HasPrefix(c.Subject, "byol.disk") {
				fmt.Printf("  %s\n    - %s\n    + %s\n", c.Subject, cmp.Or(c.Before.Text, "nothing"), cmp.Or(c.After.Text, "nothing"))
			}
		}
	}
	// Output:
	// 2019-10-25 to 2020-04-29
	//   byol.disk-encrypted
	//     - nothing
	//     + a disk that is not encrypted
	//   byol.disk-size-exceeded
	//     - a disk of less than 80 GB
	//     + a disk of at most 70 GB
	//   byol.disk-too-small
	//     - a disk of at least 10 GB
	//     + nothing
	// 2020-04-29 to 2026-09-10
	//   byol.disk-encrypted
	//     - a disk that is not encrypted
	//     + BitLocker off, and the disk fully decrypted
	//   byol.disk-free-space
	//     - at least 10 GB free on C:
	//     + more than 20 GB free on C:; the same page says 20 GB or more
	//   byol.disk-size-exceeded
	//     - a disk of at most 70 GB
	//     + a disk of less than 80 GB
}

// A machine of 75 GB: fine in 2019, too large in 2020, fine again now; the checker of 2020
// agreed with its guide.
func ExampleRules_CheckMachine() {
	m := &byol.Machine{DiskBytes: new(int64(75 * byol.GB)), PendingReboot: new(true)}
	for _, date := range []string{"2019-10-25", "2020-04-29", "2026-09-10"} {
		rules, err := byol.At(rule.MustParseEdition(date))
		if err != nil {
			fmt.Println(err)
			return
		}
		a, err := rules.CheckMachine(m)
		fmt.Println(date, a.Verdict, err)
		for _, v := range a.Violations {
			fmt.Printf("  %s, after an import %s\n", v, byol.ImageErrorOf(v.Code))
		}
	}
	// Output:
	// 2019-10-25 denied <nil>
	//   PendingReboot: PendingReboot is true; want no reboot pending (byol.pending-reboot), after an import PendingReboot
	// 2020-04-29 denied <nil>
	//   PendingReboot: PendingReboot is true; want no reboot pending (byol.pending-reboot), after an import PendingReboot
	//   DiskBytes: DiskBytes is 75 GB; want a disk of at most 70 GB (byol.disk-size-exceeded), after an import DiskSizeExceeded
	// 2026-09-10 denied <nil>
	//   PendingReboot: PendingReboot is true; want no reboot pending (byol.pending-reboot), after an import PendingReboot
}

// The guide supports 24H2, and the checker of 2024 does not know it.
func ExampleRules_RunChecker() {
	m := &byol.Machine{Caption: new("Microsoft Windows 11 Enterprise"), Version: new("10.0.26100"), ProductType: new(1), FreeBytes: new(int64(5 * byol.GB))}
	run, err := byol.Newest().RunChecker(m, byol.CheckerOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("BYOLChecker", run.Version)
	for _, t := range run.Tests {
		if t.Result == byol.Failed || t.Result == byol.Warning {
			fmt.Println(t.Result, t.Name, t.Got, t.ErrorCode)
		}
	}
	// Output:
	// BYOLChecker 2.13.25
	// WARNING FreeDiskSpace 5 GB DiskFreeSpace
	// FAILED OSRequirements "10.0.26100" OSNotSupported
}

// Pro is no edition of the list of 2025. Of what a page of 2024 lists and denies the answer is open, and so it is for what the API has and that page denies.
func ExampleRules_CheckWindows() {
	for _, date := range []string{"2024-12-31", "2026-09-10"} {
		rules, err := byol.At(rule.MustParseEdition(date))
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, edition := range []string{"Enterprise", "Pro"} {
			a, err := rules.CheckWindows(byol.Windows{Product: "Windows 11", Release: "23H2", Edition: edition}, types.ComputePower)
			fmt.Println(date, edition, a.Verdict, err)
		}
	}
	// Output:
	// 2024-12-31 Enterprise undocumented <nil>
	// 2024-12-31 Pro undocumented <nil>
	// 2026-09-10 Enterprise allowed <nil>
	// 2026-09-10 Pro denied <nil>
}

// How long to wait for an image before something must be wrong.
func ExampleRules_IngestionTime() {
	least, by, documented := byol.Newest().IngestionTime(false)
	fmt.Println(least, by.Document, by.Date, documented)
	// Output: 1h30m0s admin-guide-byol 2020-09-03 true
}

// The call does not say what is in the AMI; without it there is no answer.
func ExampleRules_CheckImport() {
	call := byol.Import{
		Ec2ImageID:       "ami-0123456789abcdef0",
		ImageName:        "Windows 11",
		ImageDescription: "Golden image",
		IngestionProcess: types.WorkspaceImageIngestionProcessByolRegular,
	}
	for _, known := range []byol.Known{{}, {Windows: byol.Windows{Build: 26100, Edition: "Enterprise"}}} {
		a, err := byol.Newest().CheckImport(call, known)
		fmt.Println(a.Verdict, err)
		for _, v := range a.Violations {
			fmt.Println(" ", v)
		}
		for _, o := range a.OpenBy(rule.ByInput) {
			fmt.Println("  not given:", o.Path)
		}
		call.ImageName = "windows-11"
	}
	// Output:
	// denied <nil>
	//   ImageName: "Windows 11"; want 1 to 64 letters, digits and _./()\-, without a space (byol.image-name-malformed)
	//   IngestionProcess: PCoIP ends on 2027-10-31; want a protocol whose last day no document gives (byol.protocol-ends)
	//   not given: Windows.Product
	//   not given: Windows.Release
	//   not given: Windows.Edition
	// denied <nil>
	//   IngestionProcess: PCoIP for Windows 11 24H2 Enterprise (build 26100); want a protocol other than PCoIP for Windows 11 (byol.protocol-os-incompatibility)
}

// What DescribeWorkspaceImages returned, and which check would have told.
func ExampleExplainImageErrors() {
	for _, e := range byol.ExplainImageErrors([]types.ErrorDetails{
		{ErrorCode: types.WorkspaceImageErrorDetailCodeIncompatibleProtocol},
		{ErrorCode: types.WorkspaceImageErrorDetailCodeSysprepFileMissing},
	}) {
		fmt.Println(e.ErrorCode, e.Codes, e.Remedy)
	}
	// Output:
	// ProtocolOSIncompatibility [byol.protocol-os-incompatibility] choose an ingestion process whose protocol the system supports: Windows 11 has no PCoIP
	// SysPrepFileMissing [] restore Sysprep's answer file, which must not be empty
}

// To an account of another organization, and in GovCloud.
func ExampleRules_CheckShare() {
	a, err := byol.Newest().CheckShare(byol.Share{
		ImageID: "wsi-0123456789", SharedAccountID: "222222222222", AllowCopyImage: new(true), Region: "us-gov-west-1",
		SharedWithMe: new(false), RecipientEnabled: new(true), SameOrganization: new(false), SamePayer: new(true),
	})
	fmt.Println(a.Verdict, err)
	for _, v := range a.Violations {
		fmt.Println(v.Path, v.Code)
	}
	// Output:
	// denied <nil>
	// SameOrganization byol.recipient-outside-organization
	// Region byol.share-in-govcloud
}

// A shared directory can be registered anew, while it is empty.
func ExampleRules_CheckDirectory() {
	d := byol.Directory{Kind: "MicrosoftAD", Tenancy: types.TenancyShared, Workspaces: new(3)}
	a, err := byol.Newest().CheckDirectory(d, byol.Placement{BYOL: new(true), Reregister: true})
	fmt.Println(a.Verdict, a.Violations, err)
	// Output: denied [WorkSpaces: 3 WorkSpaces; want no WorkSpaces in a directory that is to be deregistered (byol.directory-has-workspaces)] <nil>
}

// The permissions of an import, as a policy.
func ExampleRules_Policy() {
	policy, err := byol.Newest().Policy(byol.PolicyScope{Region: "eu-west-1", AMIID: "ami-0123456789abcdef0"}, byol.StepImport)
	fmt.Printf("%s%v\n", policy, err)
	// Output:
	// {
	//   "Version": "2012-10-17",
	//   "Statement": [
	//     {
	//       "Effect": "Allow",
	//       "Action": [
	//         "ec2:DescribeImages",
	//         "workspaces:DescribeWorkspaceImages",
	//         "workspaces:ImportWorkspaceImage"
	//       ],
	//       "Resource": [
	//         "*"
	//       ]
	//     },
	//     {
	//       "Effect": "Allow",
	//       "Action": [
	//         "ec2:ModifyImageAttribute"
	//       ],
	//       "Resource": [
	//         "arn:aws:ec2:eu-west-1::image/ami-0123456789abcdef0"
	//       ]
	//     }
	//   ]
	// }
	// <nil>
}

// What to set for an upgrade that brings the profile back to D:.
func ExampleRules_PlanUpgrade() {
	p, err := byol.Newest().PlanUpgrade(byol.Upgrade{
		From: "Windows 10", To: "Windows 10", ProfileOn: "D", RunningMode: types.RunningModeAlwaysOn,
		UpgradesDeferred: new(false), DefaultCustomized: new(false), Profiles: new(1),
	})
	fmt.Println(p.Verdict, err)
	for _, s := range p.Settings {
		fmt.Println(s.Name, s.Value, s.Effect)
	}
	p, _ = byol.Newest().PlanUpgrade(byol.Upgrade{From: "Windows 10", To: "Windows 11", ProfileOn: "D"})
	fmt.Println(p.Verdict, p.Violations[0].Code)
	// Output:
	// allowed <nil>
	// Enabled 1 the in-place upgrade is enabled
	// Enabled 1 the AWS PV drivers are updated
	// NoReboot 0 you control when a reboot occurs
	// PostUpgradeRestoreProfileOnD 1 the profile path is restored after the upgrade, to D:
	// UserShellFoldersRedirection 0 the user shell folders are not redirected
	// denied byol.upgrade-to-other-product
}

// An export of the registry in which somebody turned one knob too many.
func ExampleRules_CheckRegistry() {
	const exported = `Windows Registry Editor Version 5.00

[HKEY_LOCAL_MACHINE\SOFTWARE\Amazon\WorkSpacesConfig\enable-inplace-upgrade.ps1]
"Enabled"=dword:00000001
"PostUpgradeRestoreProfileOnD"=dword:00000001
"UserShellFoldersRedirection"=dword:00000001
`
	entries, err := byol.ParseRegistry([]byte(exported))
	if err != nil {
		fmt.Println(err)
		return
	}
	c, err := byol.Newest().CheckRegistry(entries)
	fmt.Printf("%s, profile on %q, %v\n", c.Verdict, c.ProfileOn, err)
	for _, v := range c.Violations {
		fmt.Println(v.Level, v.Code)
	}
	// Output:
	// denied, profile on "", <nil>
	// must byol.pv-drivers-not-enabled
	// should byol.profile-settings-undefined
}
