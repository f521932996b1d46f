package devices

import (
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The rules for what can be restricted to trusted devices.
const (
	TrustUnsupported            rule.Code = "devices.trust-unsupported"
	TrustDirectoryUnsupported   rule.Code = "devices.trust-directory-unsupported"
	OtherDevicesNotBlocked      rule.Code = "devices.other-devices-not-blocked"
	trustTitle, trustTitleToday           = "Restrict WorkSpaces Access to Trusted Devices", "Restrict access to trusted devices for WorkSpaces Personal"
)

var trustRules = []tables.Rule{
	{
		Code:      TrustUnsupported,
		Title:     "Access is to be restricted to trusted devices of a platform that cannot be restricted so.",
		Remedy:    "Block the platform, or admit all devices of it.",
		Revisions: []rule.Revision{tables.Must(trustPage, trustTitle, "2020-03-31", "")},
	},
	{
		Code:      TrustDirectoryUnsupported,
		Title:     "A directory that AWS Directory Service does not manage cannot be restricted to trusted devices.",
		Remedy:    "Use a directory of Simple AD, AD Connector or AWS Managed Microsoft AD.",
		Revisions: []rule.Revision{tables.Must(trustPage, trustTitleToday, autumn2025, "")},
	},
	{
		Code:      OtherDevicesNotBlocked,
		Title:     "A directory restricts one platform to trusted devices, and admits all devices of another.",
		Remedy:    "Block the types of devices that nobody needs.",
		Revisions: []rule.Revision{tables.Should(trustPage, trustTitleToday, autumn2025, "")},
	},
}

// A Platform is what a client application runs on, or what takes its place.
type Platform string

const (
	Windows    Platform = "windows"
	MacOS      Platform = "macos"
	Linux      Platform = "linux"
	IOS        Platform = "ios" // iPad
	Android    Platform = "android"
	FireTablet Platform = "fire-tablet"
	ChromeOS   Platform = "chromeos"
	Web        Platform = "web" // a browser
	ZeroClient Platform = "zero-client"
	ThinClient Platform = "thin-client" // Amazon WorkSpaces Thin Client
)

var platforms = []Platform{Windows, MacOS, Linux, IOS, Android, FireTablet, ChromeOS, Web, ZeroClient, ThinClient}

// A trustRow says whether access of a platform can be restricted to trusted devices.
type trustRow struct {
	tables.Dated
	platform  Platform
	supported bool
	store     string // where the client looks for certificates, if the page says it
}

// onlyAndroid is the only kind of Chrome OS that the page names.
const onlyAndroid = "systems that are compatible with Android"

// trustTable is by platform. Until 2020-03-31 the page named the two that are supported, and said nothing of others; from then
// until 2021-09-03 it said that the restriction applies to these only. It does not speak of browsers since 2025-10-21, nor ever of
// Amazon WorkSpaces Thin Client; nor, since 2021-09-03, of Fire tablets and of Chrome OS that is not compatible with Android.
var trustTable = tables.Table[trustRow]{
	Name: "trusted devices",
	Key:  func(r trustRow) string { return string(r.platform) },
	Lists: func(r trustRow) []rule.Parameter {
		value := "supported"
		if !r.supported {
			value = "not supported"
		} else if r.platform == ChromeOS {
			value += " on " + onlyAndroid
		}
		if r.store != "" {
			value += "; certificates are looked for in " + r.store
		}
		return []rule.Parameter{{Rules: []rule.Code{TrustUnsupported}, Name: "trusted devices: " + string(r.platform), Value: value}}
	},
	Rows: []trustRow{
		{tables.Since(trustPage, "Step 2: Deploy Client Certificates to the Trusted Devices", "2018-02-03", ""), Windows, true, "the user and root certificate stores"},
		{tables.Since(trustPage, "Step 2: Deploy Client Certificates to the Trusted Devices", "2018-02-03", ""), MacOS, true, "the keychain"},
		{tables.Since(trustPage, trustTitle, "2020-03-31", "2021-09-03"), Android, false, ""},
		{tables.Since(trustPage, "Step 2: Deploy client certificates to the trusted devices", "2021-09-03", autumn2025), Android, true, "the keychain"},
		{tables.Since(trustPage, trustTitleToday, autumn2025, ""), Android, true, ""},
		{tables.Since(trustPage, trustTitle, "2020-03-31", "2021-09-03"), FireTablet, false, ""},
		{tables.Since(trustPage, trustTitle, "2020-03-31", "2021-09-03"), ChromeOS, false, ""},
		{tables.Since(trustPage, "Step 2: Deploy client certificates to the trusted devices", "2021-09-03", autumn2025), ChromeOS, true, "the keychain, for user certificates"},
		{tables.Since(trustPage, trustTitleToday, autumn2025, ""), ChromeOS, true, ""},
		{tables.Since(trustPage, trustTitle, "2020-03-31", ""), Linux, false, ""},
		{tables.Since(trustPage, trustTitle, "2020-03-31", ""), IOS, false, ""},
		{tables.Since(trustPage, trustTitle, "2020-03-31", autumn2025), Web, false, ""},
		{tables.Since(trustPage, trustTitle, "2020-03-31", ""), ZeroClient, false, ""},
	},
}

// trustable checks that access of a platform can be restricted to trusted devices. android tells whether Chrome OS
// is compatible with Android.
func (r Rules) trustable(a *rule.Answer, p Platform, android *bool, at rule.Path) {
	row, ok := r.s.trust[p]
	switch {
	case !ok:
		a.NotDocumented(at, "no document of the edition says whether access of "+string(p)+" can be restricted to trusted devices")
	case !row.supported:
		r.s.rules.BreakBy(a, row.Cite, TrustUnsupported, at, "access of %s cannot be restricted to trusted devices", p)
	case p != ChromeOS:
	case android == nil:
		a.NotGiven(at, "the document names "+onlyAndroid+", and it is not known whether "+string(p)+" is one")
	case !*android:
		a.NotDocumented(at, "no document of the edition says whether access of "+string(p)+" can be restricted to trusted devices where it is not compatible with Android")
	}
}

// trustingDirectory checks that a directory can be restricted to trusted devices.
func (r Rules) trustingDirectory(a *rule.Answer, kind string) {
	const at rule.Path = "DirectoryType"
	if !r.s.rules.Has(TrustDirectoryUnsupported) {
		return
	}
	switch kind {
	case "SIMPLE_AD", "AD_CONNECTOR":
	case "CUSTOMER_MANAGED", "AWS_IAM_IDENTITY_CENTER":
		r.s.rules.Break(a, TrustDirectoryUnsupported, at, "AWS Directory Service does not manage a directory of type %s", kind)
	case "":
		a.NotGiven(at, "the type of the directory is not given")
	default:
		a.NotDocumented(at, "no document says what a directory of type "+kind+" is managed by")
	}
}
