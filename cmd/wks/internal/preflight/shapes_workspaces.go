package preflight

type workspacesFile struct {
	Workspaces []workspace `need:"true"`
	NextToken  string
}

type workspace struct {
	element
	WorkspaceId                 string `need:"true"`
	DirectoryId                 string
	UserName                    string
	State                       string
	ErrorCode                   string
	ErrorMessage                string
	VolumeEncryptionKey         string
	RootVolumeEncryptionEnabled bool
	UserVolumeEncryptionEnabled bool
	WorkspaceProperties         describedProperties
	ModificationStates          []struct{ Resource, State string }
	RelatedWorkspaces           []struct {
		Type        string
		WorkspaceId unread
		Region      unread
		State       unread
	}
	BundleId                    string
	SubnetId                    string
	ComputerName                string
	DataReplicationSettings     unread
	IpAddress                   unread
	Ipv6Address                 unread
	StandbyWorkspacesProperties unread
	WorkspaceName               unread
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
	element       // where the list is
	TagList []tag `need:"true"`
}

// A resourcesFile is what get-resources of the Resource Groups Tagging API prints.
type resourcesFile struct {
	ResourceTagMappingList []struct {
		ResourceARN       string `need:"true"`
		Tags              []tag
		ComplianceDetails unread
	} `need:"true"`
	PaginationToken string
}
