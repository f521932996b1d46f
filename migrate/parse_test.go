package migrate_test

import (
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/migrate"
)

var systems = map[string]types.OperatingSystemName{
	"7": types.OperatingSystemNameWindows7, "w10": types.OperatingSystemNameWindows10, "10": types.OperatingSystemNameWindows10,
	"11": types.OperatingSystemNameWindows11, "16": types.OperatingSystemNameWindowsServer2016, "19": types.OperatingSystemNameWindowsServer2019,
	"22": types.OperatingSystemNameWindowsServer2022, "25": types.OperatingSystemNameWindowsServer2025,
	"al2": types.OperatingSystemNameAmazonLinux2, "u18": types.OperatingSystemNameUbuntu1804, "u20": types.OperatingSystemNameUbuntu2004,
	"u22": types.OperatingSystemNameUbuntu2204, "u24": migrate.Ubuntu2404, "r8": types.OperatingSystemNameRhel8, "r9": migrate.RHEL9,
	"k8": types.OperatingSystemNameRocky8, "k9": migrate.Rocky9, "hal": "HAL_9000", "?": "",
}

// desktop reads a short word for a desktop, and fields after commas:
//
//	p16            a public bundle with Windows Server 2016, Standard, DCV, without Plus
//	b10-o,value    BYOL Windows 10 with its own protocol, Value
//	u22g           Ubuntu 22.04, public, with a GPU of G4dn
//	c19,pcoip,plus,lang=de,region=eu-west-1,id=wsb-12345678,entra
func desktop(text string) (migrate.Desktop, error) {
	words := strings.Split(text, ",")
	d := migrate.Desktop{License: migrate.Public, Protocol: types.ProtocolWsp, Compute: types.ComputeStandard, Plus: migrate.No}
	name := words[0]
	if rest, ok := strings.CutSuffix(name, "-o"); ok {
		name, d.Protocol = rest, migrate.BYOP
	}
	switch name {
	case "al2":
		d.Protocol = types.ProtocolPcoip
	case "al2d":
		name = "al2"
	case "u22g":
		name, d.Compute = "u22", types.ComputeGraphicsG4dn
	}
	os, ok := systems[name]
	if !ok {
		os, ok = systems[name[1:]]
		switch name[0] {
		case 'p':
		case 'c':
			d.License = migrate.Custom
		case 'b':
			d.License = migrate.BYOL
		case '?':
			d.License = ""
		default:
			ok = false
		}
	}
	if !ok {
		return d, fmt.Errorf("unknown desktop %q", text)
	}
	d.OS = os
	for _, w := range words[1:] {
		key, value, _ := strings.Cut(w, "=")
		switch key {
		case "pcoip":
			d.Protocol = types.ProtocolPcoip
		case "protocol":
			d.Protocol = types.Protocol(value)
		case "compute":
			d.Compute = types.Compute(value)
		case "plus":
			d.Plus = migrate.Yes
		case "plus?":
			d.Plus = migrate.Unknown
		case "lang":
			d.Language = value
		case "region":
			d.Region = value
		case "id":
			d.BundleID = value
		case "ad":
			d.Directory = migrate.ActiveDirectory
		case "entra":
			d.Directory = migrate.EntraID
		case "nested":
			d.NestedVirtualization = true
		default:
			return d, fmt.Errorf("unknown word %q in %q", w, text)
		}
	}
	return d, nil
}
