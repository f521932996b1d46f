package byol

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// Steps of bringing a licence, in the order of the newest guide.
const (
	StepEnable    = "enable"    // the account for BYOL, in the Region
	StepImport    = "import"    // an image
	StepRange     = "range"     // of the management interface
	StepLink      = "link"      // to an account that has a range, in place of choosing one
	StepBundle    = "bundle"    // from the image
	StepDirectory = "directory" // registered as dedicated
	StepLaunch    = "launch"    // WorkSpaces
	StepCopy      = "copy"      // the image to another Region
	StepShare     = "share"     // the image with another account
)

// Resource types of IAM policies, as the Service Authorization Reference calls them.
const (
	imageResource     = "workspaceimage"
	bundleResource    = "workspacebundle"
	directoryResource = "directoryid"
	workspaceResource = "workspaceid"
	amiResource       = "ec2 image"
)

// A stepRow is a step at its place in the order, with the actions that the page gives.
type stepRow struct {
	tables.Dated
	step    string
	order   int // beside for a step that no document places
	actions []Action
	note    string // on how the page prints an action
}

// importActions are those of the pages of 2019 to 2022.
var importActions = []Action{action("workspaces:ImportWorkspaceImage"), action("ec2:DescribeImages"), action("ec2:ModifyImageAttribute", amiResource)}

const beside = math.MaxInt

func action(name string, resources ...string) Action { return Action{Name: name, Resources: resources} }

func optional(a Action, note string) Action { a.Optional = note; return a }

// steps have two orders: that of 2019 to 2022, when the range was chosen while the account was enabled, in one
// step of the page, and that of the pages since 2025. Copying and sharing an image have pages of their own, which place them in
// neither. The older pages name the actions of the import and, from
// 2020-10-01, of a copy; those of 2025 name the latter alone.
var steps = tables.Table[stepRow]{
	Name: "steps",
	Key:  func(s stepRow) string { return s.step },
	Lists: func(s stepRow) []rule.Parameter {
		text := "place " + strconv.Itoa(s.order)
		if s.order == beside {
			text = "no place in the order"
		}
		if len(s.actions) > 0 {
			text += ", by " + named(s.actions)
		}
		if s.note != "" {
			text += "; " + s.note
		}
		return []rule.Parameter{{Name: "step " + s.step, Value: text}}
	},
	Rows: []stepRow{
		{tables.Since(byolPage, enableStep, "2019-01-08", autumn2025), StepEnable, 1, nil, ""},
		{tables.Since(byolPage, enableStep, "2019-01-08", autumn2025), StepRange, 1, nil, ""},
		{tables.Since(byolPage, createStep, "2019-01-08", "2019-03-25"), StepImport, 2, importActions, "the page prints ModifyImageAttributes"},
		{tables.Since(byolPage, createStep, "2019-03-25", autumn2025), StepImport, 2, importActions, ""},
		{tables.Since(byolPage, "Step 6: Create a Custom Bundle From the BYOL Image", "2019-01-08", autumn2025), StepBundle, 3, nil, ""},
		{tables.Since(byolPage, dedicateStep, "2019-01-08", autumn2025), StepDirectory, 4, nil, ""},
		{tables.Since(byolPage, "Step 8: Launch Your BYOL WorkSpaces", "2019-01-08", autumn2025), StepLaunch, 5, nil, ""},
		{tables.Since(copyPage, copyPage2020, "2020-07-08", "2020-10-01"), StepCopy, beside, nil, ""},
		{tables.Since(copyPage, "IAM Permissions for Copying an Image", "2020-10-01", ""), StepCopy, beside, []Action{action("workspaces:DescribeWorkspaceImages"), action("workspaces:CopyWorkspaceImage", imageResource)}, ""},
		{tables.Since(sharePage, shareSection, shareSince, ""), StepShare, beside, nil, ""},

		{tables.Since(byolPage, processOf2025, autumn2025, ""), StepEnable, 1, nil, ""},
		{tables.Since(byolPage, processOf2025, autumn2025, ""), StepImport, 2, nil, ""},
		{tables.Since(byolPage, processOf2025, autumn2025, ""), StepRange, 3, nil, ""},
		{tables.Since(byolPage, linkSection, autumn2025, ""), StepLink, 3, nil, ""},
		{tables.Since(byolPage, processOf2025, autumn2025, ""), StepBundle, 4, nil, ""},
		{tables.Since(byolPage, processOf2025, autumn2025, ""), StepDirectory, 5, nil, ""},
		{tables.Since(byolPage, "Launch your BYOL WorkSpaces Personal", autumn2025, ""), StepLaunch, 6, nil, ""},
	},
}

// A permitRow is what a step takes by the Service Authorization Reference.
type permitRow struct {
	tables.Dated
	step    string
	actions []Action
}

// stepPermits has two readings. The newer one no longer names the resources that are made, and has a table of the actions of each
// operation, by which making WorkSpaces and registering a directory take tags, too. It has no column for the actions that others
// depend on, in which the older one had the two of EC2 for an import: it does not say that these are no longer needed, so they stand.
var stepPermits = tables.Table[permitRow]{
	Name: "actions of steps",
	Key:  func(p permitRow) string { return p.step },
	Lists: func(p permitRow) []rule.Parameter {
		return []rule.Parameter{{Name: "actions of step " + p.step, Value: named(p.actions)}}
	},
	Rows: []permitRow{
		authorized(StepEnable, autumn2025, "",
			action("workspaces:DescribeAccount"), action("workspaces:DescribeAccountModifications"), action("workspaces:ModifyAccount"),
			optional(action("workspaces:DescribeConsent"), "in the console"), optional(action("workspaces:UpdateConsent"), "in the console")),
		authorized(StepImport, autumn2025, "",
			action("workspaces:ImportWorkspaceImage"), action("ec2:DescribeImages"), action("ec2:ModifyImageAttribute", amiResource),
			optional(action("workspaces:ImportCustomWorkspaceImage"), "in place of ImportWorkspaceImage"),
			optional(action("workspaces:DescribeCustomWorkspaceImageImport"), "to follow ImportCustomWorkspaceImage"),
			action("workspaces:DescribeWorkspaceImages"), optional(action("workspaces:CreateTags"), "with tags")),
		authorized(StepRange, autumn2025, "",
			action("workspaces:ListAvailableManagementCidrRanges"), action("workspaces:ModifyAccount"), action("workspaces:DescribeAccountModifications")),
		authorized(StepLink, autumn2025, "",
			action("workspaces:CreateAccountLinkInvitation"), action("workspaces:AcceptAccountLinkInvitation"),
			optional(action("workspaces:RejectAccountLinkInvitation"), "to refuse"), optional(action("workspaces:DeleteAccountLinkInvitation"), "to withdraw"),
			action("workspaces:GetAccountLink"), action("workspaces:ListAccountLinks")),
		authorized(StepBundle, autumn2025, facts.ReadEnds,
			action("workspaces:CreateWorkspaceBundle", bundleResource, imageResource), action("workspaces:CreateTags"), action("workspaces:DescribeWorkspaceBundles")),
		authorized(StepBundle, facts.ReadEnds, "",
			action("workspaces:CreateWorkspaceBundle", imageResource), action("workspaces:CreateTags"), action("workspaces:DescribeWorkspaceBundles")),
		authorized(StepDirectory, autumn2025, facts.ReadEnds,
			action("workspaces:RegisterWorkspaceDirectory", directoryResource), action("workspaces:DescribeWorkspaceDirectories"),
			optional(action("workspaces:DeregisterWorkspaceDirectory", directoryResource), "to register a directory anew")),
		authorized(StepDirectory, facts.ReadEnds, "",
			action("workspaces:RegisterWorkspaceDirectory", directoryResource), action("workspaces:DescribeWorkspaceDirectories"),
			optional(action("workspaces:DeregisterWorkspaceDirectory", directoryResource), "to register a directory anew"),
			optional(action("workspaces:CreateTags"), "with tags")).asOperations(),
		authorized(StepLaunch, autumn2025, facts.ReadEnds,
			action("workspaces:CreateWorkspaces", directoryResource, bundleResource, workspaceResource), action("workspaces:DescribeWorkspaces")),
		authorized(StepLaunch, facts.ReadEnds, "",
			action("workspaces:CreateWorkspaces", directoryResource, bundleResource), action("workspaces:DescribeWorkspaces"),
			optional(action("workspaces:CreateTags"), "with tags")).asOperations(),
		authorized(StepCopy, autumn2025, "",
			action("workspaces:DescribeWorkspaceImages"), action("workspaces:CopyWorkspaceImage", imageResource), optional(action("workspaces:CreateTags"), "with tags")),
		authorized(StepShare, autumn2025, "",
			action("workspaces:UpdateWorkspaceImagePermission", imageResource), action("workspaces:DescribeWorkspaceImagePermissions", imageResource)),
	},
}

// named returns the names of actions, in their order.
func named(actions []Action) string {
	names := make([]string, len(actions))
	for i, a := range actions {
		names[i] = a.Name
	}
	return strings.Join(names, " ")
}

// inOrder sorts steps by their places, those without one last. Alternatives keep their order.
func inOrder(list []stepRow) []stepRow {
	slices.SortStableFunc(list, func(a, b stepRow) int { return cmp.Compare(a.order, b.order) })
	return list
}

// authorized returns what a step takes by the Service Authorization Reference.
func authorized(step, since, until string, actions ...Action) permitRow {
	return permitRow{tables.Since(authorization, "Actions defined by Amazon WorkSpaces", since, until), step, actions}
}

// asOperations is for what stands in the table of operations, which the newer reading has, and not in that of actions.
func (p permitRow) asOperations() permitRow {
	p.Cite.Section = "API operations defined by Amazon WorkSpaces"
	return p
}
