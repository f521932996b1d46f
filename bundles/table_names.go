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

func nameForm(kind Name, least, most int, others, firstOther string) nameRow {
	return nameRow{kind, least, most, others, firstOther, tables.Since(model, string(kind), readModel, "")}
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
		nameForm(WorkspaceName, 2, 64, "_.()-", "_()"),
		nameForm(BundleName, 1, 64, `_./()\-`, ""),
		nameForm(BundleDescription, 1, 255, "_./() -", ""),
		nameForm(ImageName, 1, 64, `_./()\-`, ""),
		nameForm(ImageDescription, 1, 256, "_./() -", ""),
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

func idForm(kind ID, prefix string, least, most int, alphabet byte, anchored bool) idRow {
	return idRow{kind, prefix, least, most, alphabet, anchored, tables.Since(model, string(kind), readModel, "")}
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
		idForm(WorkspaceID, "ws-", 8, 63, idLetter, true),
		idForm(BundleID, "wsb-", 8, 63, idLetter, true),
		idForm(ImageID, "wsi-", 9, 63, idLetter, false),
		idForm(DirectoryID, "d-", 8, 63, idHex, true),
		idForm(DirectoryID, "wsd-", 8, 63, idLetter, false), // the anchor of the model's pattern is in its first half
		idForm(IPGroupID, "wsipg-", 8, 63, idLetter, false),
		idForm(PoolID, "wspool-", 9, 9, idLetter, true),
		idForm(AliasID, "wsca-", 8, 63, idLetter, true),
		idForm(ApplicationID, "wsa-", 8, 63, idLetter, true),
	},
}

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
		{20, "_.-#", tables.Since(guide, "I can't create an Amazon Linux WorkSpace because there are non-valid characters in the user name", readGuide, "")},
	},
}
