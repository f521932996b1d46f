package preflight

type workspacesFile struct {
	Workspaces *roster `need:"true"`
	NextToken  string
}

// A workspaceEntry is one WorkSpace of the file.
type workspaceEntry struct {
	WorkspaceId  string `need:"true"`
	UserName     string
	ComputerName string
	site
	build
	DataReplicationSettings     unread
	IpAddress                   unread
	Ipv6Address                 unread
	StandbyWorkspacesProperties unread
	WorkspaceName               unread
}

// A site is what a WorkSpace belongs to, as many others do.
type site struct {
	DirectoryId         string
	SubnetId            string
	BundleId            string
	VolumeEncryptionKey string
}

// A build is what a WorkSpace is made of and how it is, as many others are.
type build struct {
	State                       string
	ErrorCode                   string
	ErrorMessage                string
	RootVolumeEncryptionEnabled bool
	UserVolumeEncryptionEnabled bool
	WorkspaceProperties         describedProperties
	ModificationStates          []modification
	RelatedWorkspaces           []related
}

type modification struct{ Resource, State string }

type related struct {
	Type        string
	WorkspaceId unread
	Region      unread
	State       unread
}

// workspaceProperties are what describe-workspaces prints and create-workspaces takes.
type workspaceProperties struct {
	RunningMode                         string
	RunningModeAutoStopTimeoutInMinutes *int32
	RootVolumeSizeGib                   *int32
	UserVolumeSizeGib                   *int32
	ComputeTypeName                     string
	Protocols                           []string
	OperatingSystemName                 string
	GlobalAccelerator                   unread
}

// describedProperties are what describe-workspaces prints and create-workspaces does not take.
type describedProperties struct {
	workspaceProperties
	NestedVirtualizationEnabled bool
}

type bundlesFile struct {
	Bundles   []workspaceBundle `need:"true"`
	NextToken string
}

type workspaceBundle struct {
	element
	BundleId        string `need:"true"`
	Name            string
	Owner           string
	RootStorage     struct{ Capacity string }
	UserStorage     struct{ Capacity string }
	ComputeType     struct{ Name string }
	BundleType      unread
	CreationTime    unread
	Description     unread
	ImageId         unread
	LastUpdatedTime unread
	State           unread
}

// A tagsFile is what describe-tags prints of one resource.
type tagsFile struct {
	TagList []tag `need:"true"`
}

// A resourcesFile is what get-resources of the Resource Groups Tagging API prints.
type resourcesFile struct {
	ResourceTagMappingList *tagReader `need:"true"`
	PaginationToken        string
}

type taggedResource struct {
	ResourceARN       string `need:"true"`
	Tags              []tag
	ComplianceDetails unread
}
