package preflight

import "github.com/wksgo/wks/byol"

const (
	byolName   = "byol.json"
	imagesName = "describe-workspace-images.json"
	amisName   = "describe-images.json"
	tasksName  = "describe-import-image-tasks.json"
)

// A byolFile is what no export tells of an account that is to bring its own licences; it
// is written by hand. Machine is what wks byol reads.
type byolFile struct {
	Facts   byol.Facts
	Machine byol.Machine
	Import  plannedImport

	importWrong *fileError // why a value of Import cannot be used, nil if all can
}

// A plannedImport is a call of ImportWorkspaceImage that is to be made.
type plannedImport struct {
	Ec2ImageId       string
	ImageName        string
	ImageDescription string
	IngestionProcess string
	Applications     []string
	Compute          string // that the image is to serve
	AllowListed      *bool  // the account is on the allow-list of the process
}

type workspaceImagesFile struct {
	Images    []workspaceImage `need:"true"`
	NextToken string
}

type workspaceImage struct {
	element
	ImageId      string `need:"true"`
	Name         string
	State        string
	ErrorCode    string
	ErrorMessage string
	ErrorDetails []struct {
		ErrorCode    string
		ErrorMessage string
	}
	RequiredTenancy string
	Created         unread
	Description     unread
	OperatingSystem unread
	OwnerAccountId  unread
	Updates         unread
}

type amisFile struct {
	Images    []ami `need:"true"`
	NextToken string
}

type ami struct {
	element
	ImageId                  string `need:"true"`
	Architecture             string
	BootMode                 string
	BlockDeviceMappings      []blockDevice
	CreationDate             unread
	DeprecationTime          unread
	DeregistrationProtection unread
	Description              unread
	EnaSupport               unread
	FreeTierEligible         unread
	Hypervisor               unread
	ImageAllowed             unread
	ImageLocation            unread
	ImageOwnerAlias          unread
	ImageType                unread
	ImdsSupport              unread
	KernelId                 unread
	LastLaunchedTime         unread
	Name                     unread
	OwnerId                  unread
	Platform                 unread
	PlatformDetails          unread
	ProductCodes             unread
	Public                   unread
	RamdiskId                unread
	RootDeviceName           string
	RootDeviceType           unread
	SourceImageId            unread
	SourceImageRegion        unread
	SourceInstanceId         unread
	SriovNetSupport          unread
	State                    unread
	StateReason              unread
	Tags                     unread
	TpmSupport               unread
	UefiData                 unread
	UsageOperation           unread
	VirtualizationType       unread
}

type blockDevice struct {
	DeviceName string
	Ebs        struct {
		Encrypted                *bool
		VolumeSize               *int
		AvailabilityZone         unread
		AvailabilityZoneId       unread
		DeleteOnTermination      unread
		Iops                     unread
		KmsKeyId                 unread
		OutpostArn               unread
		SnapshotId               unread
		Throughput               unread
		VolumeInitializationRate unread
		VolumeType               unread
	}
	NoDevice    unread
	VirtualName unread
}

type importTasksFile struct {
	ImportImageTasks []importTask `need:"true"`
	NextToken        string
}

type importTask struct {
	element
	ImportTaskId          string `need:"true"`
	ImageId               string
	Status                string
	StatusMessage         string
	Encrypted             bool
	Architecture          unread
	BootMode              unread
	Description           unread
	Hypervisor            unread
	KmsKeyId              unread
	LicenseSpecifications unread
	LicenseType           unread
	Platform              unread
	Progress              unread
	SnapshotDetails       unread
	Tags                  unread
	UsageOperation        unread
}
