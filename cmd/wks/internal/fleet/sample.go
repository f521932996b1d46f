package fleet

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/migrate"
)

//go:embed sample.txt
var sampleText string

// sampleTime is when the sample was exported, outside every maintenance window.
var sampleTime = time.Date(2026, 9, 9, 18, 0, 0, 0, time.UTC)

// A sampleBundle is a bundle of the sample fleet, and the name of the one to go to.
type sampleBundle struct {
	name     string
	os       types.OperatingSystemName
	license  migrate.License
	protocol types.Protocol
	compute  types.Compute
	to, via  string
}

var sampleBundles = []sampleBundle{
	{"pub16std", types.OperatingSystemNameWindowsServer2016, migrate.Public, types.ProtocolPcoip, types.ComputeStandard, "pub25wsp", ""},
	{"pub16val", types.OperatingSystemNameWindowsServer2016, migrate.Public, types.ProtocolPcoip, types.ComputeValue, "cus22std", ""},
	{"cus16pow", types.OperatingSystemNameWindowsServer2016, migrate.Custom, types.ProtocolPcoip, types.ComputePower, "pub22pow", ""},
	{"cus19gpu", types.OperatingSystemNameWindowsServer2019, migrate.Custom, types.ProtocolPcoip, types.ComputeGraphicsG4dn, "cus22gpu", ""},
	{"byol10std", types.OperatingSystemNameWindows10, migrate.BYOL, types.ProtocolPcoip, types.ComputeStandard, "byol11std", ""},
	{"byol10val", types.OperatingSystemNameWindows10, migrate.BYOL, types.ProtocolPcoip, types.ComputeValue, "byol11std", ""},
	{"byol7std", types.OperatingSystemNameWindows7, migrate.BYOL, types.ProtocolPcoip, types.ComputeStandard, "byol11std", "byol10std"},
	{"al2std", types.OperatingSystemNameAmazonLinux2, migrate.Public, types.ProtocolPcoip, types.ComputeStandard, "ubu22std", ""},
	{"rhel8std", types.OperatingSystemNameRhel8, migrate.Public, types.ProtocolWsp, types.ComputeStandard, "rock8std", ""},
	{"pub19std", types.OperatingSystemNameWindowsServer2019, migrate.Public, types.ProtocolWsp, types.ComputeStandard, "pub22std", ""},
	{"cus22std", types.OperatingSystemNameWindowsServer2022, migrate.Custom, types.ProtocolWsp, types.ComputeStandard, "byol11std", ""},
	{"pub22std", types.OperatingSystemNameWindowsServer2022, migrate.Public, types.ProtocolWsp, types.ComputeStandard, "pub25wsp", ""},
	{"pub25std", types.OperatingSystemNameWindowsServer2025, migrate.Public, types.ProtocolWsp, types.ComputeStandard, "", ""},

	{"pub25wsp", types.OperatingSystemNameWindowsServer2025, migrate.Public, types.ProtocolWsp, types.ComputeStandard, "", ""},
	{"pub22pow", types.OperatingSystemNameWindowsServer2022, migrate.Public, types.ProtocolWsp, types.ComputePower, "", ""},
	{"cus22gpu", types.OperatingSystemNameWindowsServer2022, migrate.Custom, types.ProtocolWsp, types.ComputeGraphicsG6Xlarge, "", ""},
	{"byol11std", types.OperatingSystemNameWindows11, migrate.BYOL, types.ProtocolWsp, types.ComputeStandard, "", ""},
	{"ubu22std", types.OperatingSystemNameUbuntu2204, migrate.Public, types.ProtocolWsp, types.ComputeStandard, "", ""},
	{"rock8std", types.OperatingSystemNameRocky8, migrate.Public, types.ProtocolWsp, types.ComputeStandard, "", ""},
}

func bundleID(name string) string { return "wsb-" + strings.Repeat("0", max(0, 9-len(name))) + name }

func (b *sampleBundle) desktop() migrate.Desktop {
	return migrate.Desktop{OS: b.os, License: b.license, Protocol: b.protocol, Compute: b.compute, BundleID: bundleID(b.name), Directory: migrate.ActiveDirectory}
}

// files are those of an export, by name.
type files map[string][]byte

func (f files) read(name string) ([]byte, error) {
	if data, ok := f[name]; ok {
		return data, nil
	}
	return nil, fs.ErrNotExist
}

// sampleFiles makes the export of the sample fleet.
func sampleFiles() files {
	more := targetFile{FreeGrants: map[string]int{"key-1": 60, "key-2": 14, "key-3": 30, "key-4": 48000}}
	var bundles []types.WorkspaceBundle
	var images []types.WorkspaceImage
	byName := map[string]*sampleBundle{}
	for i := range sampleBundles {
		b := &sampleBundles[i]
		byName[b.name] = b
		bundle := types.WorkspaceBundle{
			BundleId: aws.String(bundleID(b.name)), Name: &b.name, Owner: aws.String("AMAZON"),
			ComputeType: &types.ComputeType{Name: b.compute},
		}
		if b.license != migrate.Public {
			image := types.WorkspaceImage{ImageId: aws.String("wsi-" + b.name), RequiredTenancy: types.WorkspaceImageRequiredTenancyDefault}
			if b.license == migrate.BYOL {
				image.RequiredTenancy = types.WorkspaceImageRequiredTenancyDedicated
			}
			bundle.Owner, bundle.ImageId = aws.String("123456789012"), image.ImageId
			images = append(images, image)
		}
		bundles = append(bundles, bundle)
	}
	for i := range sampleBundles {
		b := &sampleBundles[i]
		if b.to != "" {
			t := targetRule{From: bundleID(b.name), To: goal{byName[b.to].desktop()}}
			if b.via != "" {
				t.Via = &goal{byName[b.via].desktop()}
			}
			more.Targets = append(more.Targets, t)
		}
	}
	doc := func(name string, v any) []byte { return indented(map[string]any{name: v}) }
	return files{
		workspacesName: doc("Workspaces", sampleWorkspaces(sampleText, byName)),
		bundlesName:    doc("Bundles", bundles),
		imagesName:     doc("Images", images),
		directoriesName: doc("Directories", []types.WorkspaceDirectory{
			{DirectoryId: aws.String("d-0123456789"), DirectoryType: types.WorkspaceDirectoryTypeAdConnector},
		}),
		subnetsName: doc("Subnets", []map[string]any{
			{"SubnetId": "subnet-a", "AvailableIpAddressCount": 9}, {"SubnetId": "subnet-b", "AvailableIpAddressCount": 200},
			{"SubnetId": "subnet-c", "AvailableIpAddressCount": 4}, {"SubnetId": "subnet-d", "AvailableIpAddressCount": 11},
		}),
		targetsName: indented(more),
	}
}

// indented writes a value of the sample as a file of an export has it. One that JSON has no form for is a mistake of the program.
func indented(v any) []byte {
	data, err := json.MarshalIndent(v, "", "    ")
	if err != nil {
		panic(err)
	}
	return data
}

// sampleWorkspaces makes the WorkSpaces of a text as that of the sample. One that cannot be read is a mistake of the program.
func sampleWorkspaces(text string, bundles map[string]*sampleBundle) (all []types.Workspace) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		var count, volumes int
		var name, subnet, key, state string
		if _, err := fmt.Sscan(line, &count, &name, &subnet, &key, &volumes, &state); err != nil {
			panic(err)
		}
		b := bundles[name]
		for range count {
			n := len(all) + 1
			w := types.Workspace{
				WorkspaceId: aws.String(fmt.Sprintf("ws-%09d", n*7919%100003)), DirectoryId: aws.String("d-0123456789"), UserName: aws.String(fmt.Sprintf("user%03d", n)),
				BundleId: aws.String(bundleID(name)), SubnetId: aws.String(subnet), State: types.WorkspaceState(state),
				WorkspaceProperties: &types.WorkspaceProperties{
					ComputeTypeName: b.compute, OperatingSystemName: b.os, Protocols: []types.Protocol{b.protocol}, RunningMode: types.RunningModeAutoStop,
				},
			}
			if key != "-" {
				w.VolumeEncryptionKey, w.UserVolumeEncryptionEnabled, w.RootVolumeEncryptionEnabled = aws.String(key), aws.Bool(true), aws.Bool(volumes == 2)
			}
			all = append(all, w)
		}
	}
	return all
}

// saveSample writes the export to a folder, which is made if need be.
func saveSample(dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	all := sampleFiles()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if err := os.WriteFile(filepath.Join(dir, name), append(all[name], '\n'), 0o666); err != nil {
			return err
		}
	}
	return nil
}
