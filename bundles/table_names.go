package bundles

import (
	"fmt"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// A Name is a kind of name or description that a user chooses.
type Name string

// The kinds, by the API's member.
const (
	WorkspaceName     Name = "WorkspaceName"
	BundleName        Name = "BundleName"
	BundleDescription Name = "BundleDescription"
	ImageName         Name = "Name"        // of CreateWorkspaceImage and its like
	ImageDescription  Name = "Description" // of CreateWorkspaceImage and its like
)

// A nameRow is what a text may be: ASCII letters and digits, and some other characters.
type nameRow struct {
	kind       Name
	least      int // characters
	most       int
	others     string
	firstOther string // what the first character may be beside letters and digits; "" is others
	tables.Dated
}

func nameForm(kind Name, shape, since string, least, most int, others, firstOther string) nameRow {
	return nameRow{kind, least, most, others, firstOther, tables.Since(model, shape, since, "")}
}

// names. A name has no space, though public bundles have names with some.
var names = tables.Table[nameRow]{
	Name: "name",
	Key:  func(r nameRow) string { return string(r.kind) },
	Lists: func(r nameRow) []rule.Parameter {
		return append(parameter("characters of "+string(r.kind), fmt.Sprintf("%d to %d", r.least, r.most), NameLength),
			parameter("alphabet of "+string(r.kind), fmt.Sprintf("ASCII letters, digits and %q", r.others), NameAlphabet)...)
	},
	Rows: []nameRow{
		nameForm(WorkspaceName, "WorkspaceName", "2024-02-08", 2, 64, "_.()-", "_()"),
		nameForm(BundleName, "WorkspaceBundleName", "2021-03-12", 1, 64, `_./()\-`, ""),
		nameForm(BundleDescription, "WorkspaceBundleDescription", "2021-03-12", 1, 255, "_./() -", ""),
		nameForm(ImageName, "WorkspaceImageName", "2018-11-16", 1, 64, `_./()\-`, ""),
		nameForm(ImageDescription, "WorkspaceImageDescription", "2018-11-16", 1, 256, "_./() -", ""),
	},
}

// An ID is a kind of identifier.
type ID string

// The kinds, by the API's member.
const (
	WorkspaceID   ID = "WorkspaceId"
	BundleID      ID = "BundleId"
	ImageID       ID = "ImageId"
	DirectoryID   ID = "DirectoryId"
	IPGroupID     ID = "GroupId"
	PoolID        ID = "PoolId"
	AliasID       ID = "AliasId"
	ApplicationID ID = "ApplicationId"
)

// The alphabets of identifiers.
const (
	idLetter byte = 1 << iota // digits and lower-case letters
	idHex                     // hexadecimal digits, lower-case
)

// An idRow is a form of an identifier: a prefix, and digits and lower-case letters.
type idRow struct {
	kind     ID
	prefix   string
	least    int // characters after the prefix
	most     int
	alphabet byte // idLetter or idHex
	anchored bool // nothing may stand before the prefix; the model leaves that open for some
	tables.Dated
}

func idForm(kind ID, shape, since, prefix string, least, most int, alphabet byte, anchored bool) idRow {
	return idRow{kind, prefix, least, most, alphabet, anchored, tables.Since(model, shape, since, "")}
}

var ids = tables.Table[idRow]{
	Name: "id",
	Key:  func(r idRow) string { return string(r.kind) + " " + r.prefix },
	Lists: func(r idRow) []rule.Parameter {
		of := "digits and lower-case letters"
		if r.alphabet == idHex {
			of = "hexadecimal digits"
		}
		return parameter("form of "+string(r.kind), fmt.Sprintf("%s and %s %s", r.prefix, between(r.least, r.most), of), IDMalformed)
	},
	Rows: []idRow{
		idForm(WorkspaceID, "WorkspaceId", "2015-04-28", "ws-", 8, 63, idLetter, true),
		idForm(BundleID, "BundleId", "2015-04-28", "wsb-", 8, 63, idLetter, true),
		idForm(ImageID, "WorkspaceImageId", "2018-11-16", "wsi-", 9, 63, idLetter, false),
		idForm(DirectoryID, "DirectoryId", "2015-04-28", "d-", 8, 63, idHex, true),
		idForm(DirectoryID, "DirectoryId", "2024-06-27", "wsd-", 8, 63, idLetter, false), // the anchor of the model's pattern is in its first half
		idForm(IPGroupID, "IpGroupId", "2018-04-30", "wsipg-", 8, 63, idLetter, false),
		idForm(PoolID, "WorkspacesPoolId", "2024-06-27", "wspool-", 9, 9, idLetter, true),
		idForm(AliasID, "ConnectionAliasId", "2020-09-11", "wsca-", 8, 63, idLetter, true),
		idForm(ApplicationID, "WorkSpaceApplicationId", "2023-10-05", "wsa-", 8, 63, idLetter, true),
	},
}

// A decouplingRow is when the model names the user name that stands for no user.
type decouplingRow struct {
	named bool // such a WorkSpace needs a name, and one with a user has none
	tables.Dated
}

var decoupling = tables.Table[decouplingRow]{
	Name: "WorkSpaces without users",
	Rows: []decouplingRow{
		{false, tables.Since(model, "WorkspaceRequest", "2024-02-08", "2024-08-28")},
		{true, tables.Since(model, "WorkspaceRequest", "2024-08-28", "")},
	},
}

// caseless is when the model says that the case of letters does not tell users apart.
var caseless = tables.Table[tables.Dated]{
	Name: "user names in any case",
	Rows: []tables.Dated{tables.Since(model, "WorkspaceRequest", "2024-12-09", "")},
}

// bundleAPI is when the API makes bundles.
var bundleAPI = tables.Table[tables.Dated]{
	Name: "CreateWorkspaceBundle",
	Rows: []tables.Dated{tables.Since(model, "CreateWorkspaceBundleRequest", "2021-03-12", "")},
}

// linuxUserTitle is a heading of September 2018, which later versions word otherwise.
const linuxUserTitle = "I can't create an Amazon Linux WorkSpace because there are invalid characters in the user name"

// A linuxRow is what the name of a Linux user may be.
type linuxRow struct {
	most   int // characters
	others string
	tables.Dated
}

// linuxUsers. The newest reading still speaks of Amazon Linux.
var linuxUsers = tables.Table[linuxRow]{
	Name: "linux user",
	Lists: func(r linuxRow) []rule.Parameter {
		return parameter("user name with Linux", fmt.Sprintf("at most %d letters, digits, spaces and %q, no hyphen first", r.most, r.others), LinuxUserName)
	},
	Rows: []linuxRow{
		{20, "_.-#", tables.Since(troubleshooting, linuxUserTitle, "2018-09-20", "")},
	},
}
