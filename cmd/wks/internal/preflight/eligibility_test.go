package preflight

import (
	"strings"
	"testing"
)

// The questions about bringing licences, by the files of a Region.
func TestEligibility(t *testing.T) {
	const account = `{"DedicatedTenancySupport": "ENABLED", "DedicatedTenancyManagementCidrRange": "10.40.0.0/16", "DedicatedTenancyAccountType": "SOURCE_ACCOUNT"}`
	const windows = `"Windows": {"Product": "Windows 11", "Build": 26100, "Edition": "Enterprise"}`
	const plan = `"Import": {"Ec2ImageId": "ami-01234567", "ImageName": "golden", "ImageDescription": "d", "IngestionProcess": "BYOL_REGULAR_WSP", "AllowListed": true, "Compute": "POWER"}`
	const ami = `{"Images": [{"ImageId": "ami-01234567", "Architecture": "x86_64", "BootMode": "uefi", "RootDeviceName": "/dev/sda1", "BlockDeviceMappings": [{"DeviceName": "/dev/sda1", "Ebs": {"Encrypted": false, "VolumeSize": 60}}]}]}`
	files := func(replace ...string) map[string]string {
		m := map[string]string{vpcsName: vpcJSON("10.0.0.0/16"), routesName: routesJSON(routeJSON("10.0.0.0/16")), accountName: account, byolName: "{}"}
		for i := 0; i < len(replace); i += 2 {
			m[replace[i]] = replace[i+1]
		}
		return m
	}
	for _, tt := range []struct {
		name   string
		files  map[string]string
		args   []string
		status int
		want   []string
	}{
		{"nothing written", files(), nil, exitClean, []string{"checklist of BYOL\n    NOT GIVEN\n", "met             must    DedicatedTenancySupport", "met             must    ManagementCIDRChosen", "not provided    must    LicenseAllowsHosting"}},
		{"no file", map[string]string{vpcsName: vpcJSON("10.0.0.0/16"), routesName: routesJSON(routeJSON("10.0.0.0/16")), accountName: account}, nil, exitClean, []string{"whether the account meets the requirements of BYOL: no byol.json"}},
		{"not enabled", files(accountName, `{"DedicatedTenancySupport": "DISABLED"}`), nil, exitBroken, []string{"byol.account-not-enabled\n          describe-account.json: DedicatedTenancySupport", "byol.management-cidr-not-chosen\n          describe-account.json: DedicatedTenancyManagementCidrRange"}},
		{"range in use", files(routesName, routesJSON(routeJSON("10.40.1.0/24"))), nil, exitBroken, []string{"byol.management-cidr-conflicts"}},
		{"linked", files(accountName, `{"DedicatedTenancySupport": "ENABLED", "DedicatedTenancyAccountType": "TARGET_ACCOUNT"}`), nil, exitClean, []string{"not applicable  must    ManagementCIDRChosen: want a /16", "met             must    ManagementCIDRChosen: want no"}},
		{"broken facts", files(byolName, `{"Facts": {"LicenseAllowsHosting": false, "Commitment": {"WorkSpaces": 3, "ApplicationUsers": 0}}}`), nil, exitBroken, []string{
			"byol.license-forbids-hosting\n          byol.json: Facts.LicenseAllowsHosting", "should  byol.commitment-too-small\n          byol.json: Facts.Commitment"}},
		{"shared directory", files(directoriesName, `{"Directories": [{"DirectoryId": "d-1", "Tenancy": "SHARED", "DirectoryType": "AD_CONNECTOR"}]}`), nil, exitBroken, []string{"byol.directory-not-dedicated\n          describe-workspace-directories.json: Directories[0]"}},
		{"dedicated directory", files(directoriesName, `{"Directories": [{"DirectoryId": "d-1", "Tenancy": "SHARED"}, {"DirectoryId": "d-2", "Tenancy": "DEDICATED", "DirectoryType": "AD_CONNECTOR"}]}`), nil, exitUnanswered, []string{"met             must    Directory.Tenancy", "met             should  Directory.Kind"}},
		{"import", files(byolName, `{"Facts": {`+windows+`}, `+plan+`}`, amisName, ami, imagesName, `{"Images": []}`), nil, exitClean, []string{
			"import of ami-01234567\n    ALLOWED", "machine of the BYOL image\n    NOT GIVEN", "met             must    SourceAMIEncrypted", "WorkSpaces images\n    ALLOWED\n      0 images, 0 of them for BYOL"}},
		{"import without the rest", files(byolName, `{`+plan+`}`), nil, exitClean, []string{
			"import of ami-01234567\n    NOT GIVEN", "byol.json: Facts.Windows, and 2 more\n", "whether the AMI of the import is the account's own, and encrypted: no describe-images.json", "whether the name of the import is free: no describe-workspace-images.json"}},
		{"encrypted AMI, taken name", files(byolName, `{"Facts": {`+windows+`}, `+plan+`}`, amisName, strings.Replace(ami, "false", "true", 1), imagesName, `{"Images": [{"ImageId": "wsi-1", "Name": "golden"}]}`), nil, exitBroken, []string{
			"byol.image-name-taken\n          byol.json: Import.ImageName", "byol.source-ami-encrypted\n          byol.json: Import.Ec2ImageId", "byol.source-ami-encrypted\n          describe-images.json: Images[0]"}},
		{"another AMI", files(byolName, `{"Facts": {`+windows+`}, `+plan+`}`, amisName, `{"Images": []}`), nil, exitClean, []string{"ami-01234567 is not among the AMIs of describe-images.json"}},
		{"legacy AMI", files(byolName, `{"Facts": {`+windows+`}, `+plan+`}`, amisName, strings.Replace(strings.Replace(ami, `"uefi"`, `"legacy-bios"`, 1), "60", "90", 1)), nil, exitBroken, []string{"byol.uefi-required\n          describe-images.json: Images[0].BootMode", "byol.disk-size-exceeded\n          describe-images.json: Images[0].BlockDeviceMappings[0].Ebs.VolumeSize"}},
		{"AMI of another architecture", files(byolName, `{`+plan+`}`, amisName, strings.Replace(ami, "x86_64", "arm64", 1)), nil, exitBroken, []string{"byol.requires-64-bit-os\n          describe-images.json: Images[0].Architecture"}},
		{"unsupported system", files(byolName, `{"Facts": {`+strings.Replace(windows, "26100", "22000", 1)+`}, `+plan+`}`), nil, exitBroken, []string{
			"import of ami-01234567\n    DENIED\n      must    byol.os-not-supported\n          byol.json: Facts.Windows\n", "machine of the BYOL image\n    DENIED\n      38 requirements: 1 met, 1 broken, 34 not provided, 2 not applicable, 0 undocumented\n      must    byol.os-not-supported\n          byol.json: Facts.Windows\n"}},
		{"machine", files(byolName, `{"Machine": {"DomainJoined": true, "Drives": [{"ID": "C:", "Type": 3}]}}`), nil, exitBroken, []string{"byol.domain-joined\n          byol.json: Machine.DomainJoined"}},
		{"images with errors", files(imagesName, `{"Images": [{"ImageId": "wsi-1", "State": "ERROR", "ErrorDetails": [{"ErrorCode": "DiskFreeSpace"}, {"ErrorCode": "Newer", "ErrorMessage": "no idea"}]}]}`), nil, exitBroken, []string{
			"byol.disk-free-space\n          describe-workspace-images.json: Images[0].ErrorDetails[0].ErrorCode", "byol.image-rejected\n          describe-workspace-images.json: Images[0].ErrorDetails[1].ErrorCode"}},
		{"tasks", files(tasksName, `{"ImportImageTasks": [{"ImportTaskId": "import-ami-1", "Status": "active", "Encrypted": true}]}`), nil, exitClean, []string{"import-ami-1 active: the AMI will be encrypted"}},
		{"as of 2020", files(byolName, `{"Facts": {"Format": "OVA"}}`), []string{"--edition", "2020-04-29"}, exitBroken, []string{"Format: want an AMI; it is \"OVA\""}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status, out, errs := preflight(t, append([]string{"--region", "us-west-2", export(t, tt.files)}, tt.args...)...)
			if status != tt.status || errs != "" {
				t.Errorf("status %d, want %d; %s\n%s", status, tt.status, errs, out)
			}
			for _, want := range tt.want {
				if !strings.Contains(out, want) {
					t.Errorf("no %q in\n%s", want, out)
				}
			}
		})
	}
	for _, tt := range []struct{ file, text, want string }{
		{byolName, `{"Facts": {"LicenseAllowsHosting": "yes"}}`, "byol.json:1:36: Facts.LicenseAllowsHosting: is a string, want a boolean"},
		{byolName, `{"Facts": {"Commitment": {"WorkSpaces": "many"}}}`, "Facts.Commitment.WorkSpaces: is a string, want a whole number"},
		{byolName, `{"Facts": {"Windows": []}}`, "Facts.Windows: is not an object"},
		{imagesName, `{"Images": [], "NextToken": "x"}`, "NextToken: is set"},
		{amisName, `{"Images": [], "NextToken": "x"}`, "NextToken: is set"},
		{tasksName, `{"ImportImageTasks": [], "NextToken": "x"}`, "NextToken: is set"},
		{tasksName, `{"ImportImageTasks": [{}]}`, `has no member "ImportTaskId"`},
	} {
		status, out, errs := preflight(t, "--region", "us-west-2", export(t, files(tt.file, tt.text)))
		if status == exitClean || !strings.Contains(out, tt.want) || !strings.Contains(out, "cannot be used: ") {
			t.Errorf("%s: status %d, %s, want %q in\n%s", tt.text, status, errs, tt.want, out)
		}
	}
	if _, out, _ := preflight(t, "--region", "us-west-2", export(t, files(byolName, `{"Facts": {"Licens": true}}`))); !strings.Contains(out, `the member "Licens" is not known and is not read`) {
		t.Errorf("an unknown member is not noted:\n%s", out)
	}
}
