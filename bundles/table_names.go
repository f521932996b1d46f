package bundles

import (
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
	span       rule.Span
	cite       rule.Citation
}

func name(kind Name, least, most int, others, firstOther string) nameRow {
	return nameRow{kind, least, most, others, firstOther, tables.During(readModel, ""), tables.Cite(model, string(kind), readModel)}
}

// nameRows. A name has no space, though public bundles have names with some.
var nameRows = []nameRow{
	name(WorkspaceName, 2, 64, "_.()-", "_()"),
	name(BundleName, 1, 64, `_./()\-`, ""),
	name(BundleDescription, 1, 255, "_./() -", ""),
	name(ImageName, 1, 64, `_./()\-`, ""),
	name(ImageDescription, 1, 256, "_./() -", ""),
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

// An idRow is a form of an identifier: a prefix, and digits and lower-case letters.
type idRow struct {
	kind     ID
	prefix   string
	least    int // characters after the prefix
	most     int
	hex      bool // hexadecimal digits only
	anchored bool // nothing may stand before the prefix; the model leaves that open for some
	span     rule.Span
	cite     rule.Citation
}

func id(kind ID, prefix string, least, most int, hex, anchored bool) idRow {
	return idRow{kind, prefix, least, most, hex, anchored, tables.During(readModel, ""), tables.Cite(model, string(kind), readModel)}
}

var idRows = []idRow{
	id(WorkspaceID, "ws-", 8, 63, false, true),
	id(BundleID, "wsb-", 8, 63, false, true),
	id(ImageID, "wsi-", 9, 63, false, false),
	id(DirectoryID, "d-", 8, 63, true, true),
	id(DirectoryID, "wsd-", 8, 63, false, false), // the anchor of the model's pattern is in its first half
	id(IPGroupID, "wsipg-", 8, 63, false, false),
	id(PoolID, "wspool-", 9, 9, false, true),
	id(AliasID, "wsca-", 8, 63, false, true),
	id(ApplicationID, "wsa-", 8, 63, false, true),
}

// A linuxRow is what the name of a Linux user may be.
type linuxRow struct {
	most   int // characters
	others string
	span   rule.Span
	cite   rule.Citation
}

// linuxRows. The newest reading still speaks of Amazon Linux.
var linuxRows = []linuxRow{
	{20, "_.-#", tables.During(readGuide, ""), tables.Cite(guide, "I can't create an Amazon Linux WorkSpace because there are non-valid characters in the user name", readGuide)},
}
