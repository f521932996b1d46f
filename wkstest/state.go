package wkstest

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
)

// A State is what a [Server] holds: one account, in any number of Regions. Its document is
// JSON, in which resources look as the API describes them, so that what the AWS CLI prints of them
// fits in. A test writes the few members that matter to it.
type State struct {
	AccountID string             // twelve digits; "" is 123456789012
	Regions   map[string]*Region // by code, such as eu-west-1
}

// A Region is what an account has in one Region. The slices of what lies outside of WorkSpaces
// (Subnets, Keys, DirectoryServices, and the Users of a directory) have two meanings: nil is not known,
// so that every identifier of the right form is taken, and what is not nil is all that there is.
type Region struct {
	Account           Account
	Subnets           []Subnet
	Keys              []Key
	DirectoryServices []string // identifiers of the directories that can be registered
	Directories       []Directory
	Bundles           []Bundle // the account's own, and those that are shared with it
	AmazonBundles     []Bundle // of AMAZON, beside those of [PublicBundles]
	NoPublicBundles   bool     // those of PublicBundles are not there
	Images            []Image
	Workspaces        []Workspace
	IPGroups          []IPGroup
	Aliases           []Alias
	Pools             []Pool
	AccountLinks      []types.AccountLink
	AddIns            []types.ConnectClientAddIn
	Applications      []types.WorkSpaceApplication

	Issued uint64 // how many identifiers the server has given out here
}

// An Account is what DescribeAccount and DescribeAccountModifications tell.
type Account struct {
	DedicatedTenancySupport types.DedicatedTenancySupportResultEnum // "" is DISABLED
	ManagementCIDR          string                                  // of BYOL
	Modifications           []types.AccountModification
	Pending                 time.Time // when the last modification ends
}

// A Subnet is one of EC2's.
type Subnet struct {
	SubnetID string
	VPCID    string
	ZoneID   string // such as euw1-az1
	CIDR     string // IPv4, at most a /8; "" is not known
	// Available are the addresses that were free before the server gave out any; nil is not known.
	Available *int
}

// A Key is one of KMS's.
type Key struct {
	ARN     string
	Alias   string // such as alias/aws/workspaces
	State   string // Enabled, Disabled, PendingDeletion, …; "" is Enabled
	Spec    string // "" is SYMMETRIC_DEFAULT
	Manager string // CUSTOMER or AWS; "" is CUSTOMER, and AWS with an alias that starts with alias/aws/
	Grants  int    // that others than the server's WorkSpaces have on it
}

// A Directory is a directory that is registered, or on its way there or back.
type Directory struct {
	types.WorkspaceDirectory
	Tags             []types.Tag
	Users            []string // nil: every user exists
	ClientProperties *types.ClientProperties
	Branding         map[string]Branding // by device type
	Ready            time.Time           // when REGISTERING or DEREGISTERING ends
}

// A Branding is what users of one device type see.
type Branding struct {
	ForgotPasswordLink, SupportEmail, SupportLink string
	LoginMessage                                  map[string]string
	LogoURL, Logo2xURL, Logo3xURL                 string
}

// A Bundle is a bundle, and what no operation tells of it.
type Bundle struct {
	types.WorkspaceBundle
	Tags     []types.Tag
	System   types.OperatingSystemName // "" is not known
	Protocol types.Protocol            // "" is not known
	Ready    time.Time                 // when PENDING ends
}

// An Image is an image of the account, or shared with it.
type Image struct {
	types.WorkspaceImage
	Tags     []types.Tag
	System   types.OperatingSystemName
	Protocol types.Protocol
	Volumes  bundles.Volumes // of the WorkSpace that it was made of; zero is not known
	SharedTo []string        // accounts
	Ready    time.Time       // when PENDING ends
	Fails    types.WorkspaceImageErrorDetailCode
	Import   *CustomImport
}

// A CustomImport is what DescribeCustomWorkspaceImageImport tells.
type CustomImport struct {
	Source         types.ImageSourceIdentifier
	Infrastructure string
	Until          time.Time
}

// A Workspace is a WorkSpace, and what no operation tells of it, or another one.
type Workspace struct {
	types.Workspace
	Tags    []types.Tag
	History bundles.History
	// Visible is when it is described for the first time; zero is at once.
	Visible time.Time
	// Ready is when the state that it is in ends, and Next the one that follows. A zero
	// Ready is a state that lasts.
	Ready time.Time
	Next  types.WorkspaceState
	// Idle is since when nobody is connected, from which AutoStop counts.
	Idle       time.Time
	Change     *Change
	Connection types.WorkspaceConnectionStatus
	// NoSnapshots tells that there are none, though the time of one has passed.
	NoSnapshots bool
	System      types.OperatingSystemName // of the bundle, if WorkspaceProperties does not tell
	Migration   *Migration                // that it is the source or the target of
	// Blinked is the migration that it came of, if its fault is Blink: the looks at it go on being counted.
	Blinked *Migration
}

// A Migration is one that is under way. Source and target have the same one.
type Migration struct {
	SourceID, TargetID string
	BundleID           string // of the target
	Started            time.Time
	Visible            time.Time // when the target is described for the first time
	Until              time.Time
	Fault              FaultKind // one of those of migrations, or ""
	Looks              int       // how often one of the pair was looked for
}

// A Change is a modification that is under way.
type Change struct {
	Resources  []types.ModificationResourceEnum
	Properties types.WorkspaceProperties // the new values
	Before     types.WorkspaceState      // to which the WorkSpace returns from UPDATING
	Until      time.Time
	Fails      bool
}

// An IPGroup is an IP access control group.
type IPGroup struct {
	types.WorkspacesIpGroup
	Tags []types.Tag
}

// An Alias is a connection alias.
type Alias struct {
	types.ConnectionAlias
	Tags        []types.Tag
	Permissions []types.ConnectionAliasPermission
	Ready       time.Time // when CREATING or DELETING ends
}

// A Pool is a pool of WorkSpaces.
type Pool struct {
	types.WorkspacesPool
	Tags     []types.Tag
	Sessions []types.WorkspacesPoolSession
	Ready    time.Time // when the state that it is in ends
	Next     types.WorkspacesPoolState
}

// Save writes the state as JSON, in one piece.
func (s *State) Save(w io.Writer) error {
	if w == nil {
		return errors.New("wkstest: there is nothing to write the state to")
	}
	_, err := w.Write(append(appendJSON(nil, reflect.ValueOf(s)), '\n'))
	return err
}

// mostState and mostExport are how many bytes are read of a state, and of a file of an export: 100,000 WorkSpaces have
// some 100 MiB. Tests set them.
var mostState, mostExport int64 = 1 << 30, 256 << 20

// Load reads a state that Save wrote, or somebody by hand. Members that it does not know are
// passed over. A state of more than 1 GiB is an error.
func Load(r io.Reader) (*State, error) {
	data, err := readUpTo(r, mostState)
	if err != nil {
		return nil, fmt.Errorf("wkstest: Load: %w", err)
	}
	s := &State{}
	if err := decodeJSON(data, s); err != nil {
		return nil, fmt.Errorf("wkstest: Load: %w", err)
	}
	return s, nil
}

// readUpTo reads all, up to a number of bytes.
func readUpTo(r io.Reader, most int64) ([]byte, error) {
	if r == nil {
		return nil, errors.New("there is nothing to read")
	}
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	if err == nil && int64(len(data)) > most {
		err = fmt.Errorf("it is longer than the %d MiB that are read", most>>20)
	}
	return data, err
}
