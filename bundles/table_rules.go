package bundles

import (
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The codes of this package.
const (
	// VolumeBelowMinimum: a volume is smaller than the compute type may be launched with.
	// Remedy: launch with volumes of at least the sizes that are named.
	VolumeBelowMinimum rule.Code = "bundles.volume-below-minimum"
	// VolumeOverCeiling: a volume is larger than any may be. Remedy: ask for a size up to the
	// ceiling.
	VolumeOverCeiling rule.Code = "bundles.volume-over-ceiling"
	// VolumePairNotInGroup: root and user volume are in none of the set groups. Remedy: choose
	// sizes of one group, and grow existing volumes in the steps that PlanResize gives.
	VolumePairNotInGroup rule.Code = "bundles.volume-pair-not-in-group"
	// VolumeShrinks: a volume is to become smaller. Remedy: leave the size as it is, or launch
	// another WorkSpace with a smaller volume.
	VolumeShrinks rule.Code = "bundles.volume-shrinks"
	// VolumesTogether: one request changes both volumes. Remedy: change one volume, and the
	// other in a later request.
	VolumesTogether rule.Code = "bundles.volumes-together"
	// VolumeWithComputeType: one request changes a volume and the compute type. Remedy: change
	// the compute type and the volume in two requests.
	VolumeWithComputeType rule.Code = "bundles.volume-with-compute-type"
	// ResizeSoonAfterLaunch: a volume is to grow too soon after the launch. Remedy: wait until
	// the time since the launch has passed.
	ResizeSoonAfterLaunch rule.Code = "bundles.resize-soon-after-launch"
	// VolumeCoolDown: a volume is to grow too soon after it grew. Remedy: wait until the time
	// since the last growth of the volume has passed.
	VolumeCoolDown rule.Code = "bundles.volume-cool-down"
	// ComputeTypeRetired: a compute type has ended. Remedy: choose a compute type that is
	// offered.
	ComputeTypeRetired rule.Code = "bundles.compute-type-retired"
	// ComputeTypeFixed: a compute type can become no other. Remedy: migrate the WorkSpace to a
	// bundle of the other compute type.
	ComputeTypeFixed rule.Code = "bundles.compute-type-fixed"
	// FamilyCrossed: a compute type with a GPU is to become one of another family. Remedy:
	// migrate the WorkSpace to a bundle of the other family.
	FamilyCrossed rule.Code = "bundles.family-crossed"
	// SwitchNeedsOperatingSystem: PowerPro becomes GeneralPurpose with some systems only.
	// Remedy: keep PowerPro unless the WorkSpace runs one of the systems that are named.
	SwitchNeedsOperatingSystem rule.Code = "bundles.switch-needs-operating-system"
	// SwitchNeedsVolumes: the volumes are too small for the new compute type. Remedy: grow the
	// volumes to at least 175 and 100 GiB first.
	SwitchNeedsVolumes rule.Code = "bundles.switch-needs-volumes"
	// LargerTooSoon: a larger compute type too soon after the launch, or after the last.
	// Remedy: wait until the time since the launch or the last larger compute type has passed.
	LargerTooSoon rule.Code = "bundles.larger-too-soon"
	// SmallerTooSoon: a smaller compute type too soon after the last. Remedy: wait until the
	// time since the last smaller compute type has passed.
	SmallerTooSoon rule.Code = "bundles.smaller-too-soon"
	// AutoStopMinutes: an AutoStop time is not a positive multiple of 60 minutes. Remedy: set
	// the AutoStop time to a positive multiple of 60 minutes.
	AutoStopMinutes rule.Code = "bundles.auto-stop-minutes"
	// AutoStopMinutesNotApplicable: an AutoStop time with another running mode. Remedy: leave
	// the AutoStop time out, or set the running mode to AUTO_STOP.
	AutoStopMinutesNotApplicable rule.Code = "bundles.auto-stop-minutes-not-applicable"
	// ProtocolValue: a protocol is not spelled as the service spells it. Remedy: write the
	// protocol as the service does, PCOIP or WSP.
	ProtocolValue rule.Code = "bundles.protocol-value"
	// ProtocolNeedsWindows: the protocol of a WorkSpace without Windows is to change. Remedy:
	// leave the protocol as it is, or launch another WorkSpace with the other one.
	ProtocolNeedsWindows rule.Code = "bundles.protocol-needs-windows"
	// ProtocolFixed: the protocol cannot change, with Windows 7 and some compute types. Remedy:
	// leave the protocol as it is, or launch another WorkSpace with the other one.
	ProtocolFixed rule.Code = "bundles.protocol-fixed"
	// StateRefuses: an operation is not permitted in a state. Remedy: bring the WorkSpace into
	// a state that is named, or wait until it is in one.
	StateRefuses rule.Code = "bundles.state-refuses"
	// ModeRefuses: an operation is not permitted in a running mode. Remedy: change the running
	// mode to one of those that are named, and ask again.
	ModeRefuses rule.Code = "bundles.mode-refuses"
	// ModificationInProgress: an operation must wait for a modification. Remedy: wait until the
	// modification has ended.
	ModificationInProgress rule.Code = "bundles.modification-in-progress"
	// SnapshotMissing: there is no snapshot to rebuild or restore from. Remedy: wait until
	// DescribeWorkspaceSnapshots lists a snapshot.
	SnapshotMissing rule.Code = "bundles.snapshot-missing"
	// StandbyRefuses: an operation is not permitted on a standby WorkSpace. Remedy: leave the
	// standby WorkSpace as it is.
	StandbyRefuses rule.Code = "bundles.standby-refuses"
	// ComputeTypeNotOffered: a compute type is not offered with an operating system. Remedy:
	// choose a compute type that is offered with the operating system, or another system.
	ComputeTypeNotOffered rule.Code = "bundles.compute-type-not-offered"
	// ProtocolNotOffered: a streaming protocol is not offered with an operating system. Remedy:
	// choose a protocol that is offered with the operating system, or another system.
	ProtocolNotOffered rule.Code = "bundles.protocol-not-offered"
	// OperatingSystemEnded: the life of an operating system is over. Remedy: choose an
	// operating system whose life is not over.
	OperatingSystemEnded rule.Code = "bundles.operating-system-ended"
	// MemberMissing: a request lacks a member that it must have. Remedy: add the member that is
	// named to the request.
	MemberMissing rule.Code = "bundles.member-missing"
	// IDMalformed: an identifier does not have the form of its kind. Remedy: give an identifier
	// of the kind that the member asks for.
	IDMalformed rule.Code = "bundles.id-malformed"
	// UserNameLength: a user name is empty or too long. Remedy: give a user name of 1 to 63
	// characters.
	UserNameLength rule.Code = "bundles.user-name-length"
	// LinuxUserName: Linux does not permit a user name. Remedy: give the user a name of at most
	// 20 letters, digits, spaces and _ . - # that does not start with a hyphen.
	LinuxUserName rule.Code = "bundles.linux-user-name"
	// UserRepeated: a batch asks for two WorkSpaces for one user of a directory. Remedy: ask
	// for one WorkSpace for each user of a directory.
	UserRepeated rule.Code = "bundles.user-repeated"
	// UserTaken: a user has a WorkSpace in the directory already. Remedy: launch for another
	// user or in another directory, or keep the WorkSpace that there is.
	UserTaken rule.Code = "bundles.user-taken"
	// WorkspaceNameNotApplicable: a WorkSpace for a user is given a name. Remedy: leave
	// WorkspaceName out, or launch with the user name [UNDEFINED].
	WorkspaceNameNotApplicable rule.Code = "bundles.workspace-name-not-applicable"
	// BatchSize: a batch has no request, or more than one call takes. Remedy: split the batch
	// into calls of 1 to 25 requests.
	BatchSize rule.Code = "bundles.batch-size"
	// TagsTooMany: a resource has more tags than it may. Remedy: leave out tags until there are
	// at most 50.
	TagsTooMany rule.Code = "bundles.tags-too-many"
	// TagLength: a key is empty, or a key or value is too long. Remedy: shorten the key to 1 to
	// 127 characters, or the value to at most 255.
	TagLength rule.Code = "bundles.tag-length"
	// TagAlphabet: a key or value has a character that it may not have, or a space at an end.
	// Remedy: use letters, digits, spaces and + - = . _ : / @ alone, with no space at either
	// end.
	TagAlphabet rule.Code = "bundles.tag-alphabet"
	// TagReserved: a key or value has a prefix that is kept for AWS. Remedy: choose a key and a
	// value that do not start with aws:.
	TagReserved rule.Code = "bundles.tag-reserved"
	// NameLength: a name or description is too short or too long. Remedy: give a name or
	// description of the length that is named.
	NameLength rule.Code = "bundles.name-length"
	// NameAlphabet: a name or description has a character that it may not have. Remedy: replace
	// the character that is named.
	NameAlphabet rule.Code = "bundles.name-alphabet"
	// ImageDescriptionHyphen: the description of an image has a hyphen. Remedy: write the
	// description without a hyphen.
	ImageDescriptionHyphen rule.Code = "bundles.image-description-hyphen"
	// VolumeBelowImage: a volume of a bundle is smaller than that of its image. Remedy: make
	// the volume of the bundle at least as large as that of the image.
	VolumeBelowImage rule.Code = "bundles.volume-below-image"
	// OrganizationName: the organisation name of a directory is not well-formed. Remedy: give a
	// name of at least four letters, digits and hyphens, with no hyphen at either end.
	OrganizationName rule.Code = "bundles.organization-name"
	// PasswordLength: a password is too short or too long. Remedy: choose a password of 8 to 64
	// characters.
	PasswordLength rule.Code = "bundles.password-length"
	// PasswordCategories: a password has characters of too few categories. Remedy: choose a
	// password with characters of as many categories as are named.
	PasswordCategories rule.Code = "bundles.password-categories"
	// RADIUSSettings: a setting of multi-factor authentication is missing or out of bounds.
	// Remedy: give at least one valid server, a port, the shared secret, a timeout of 1 to 20
	// whole seconds and 0 to 10 retries.
	RADIUSSettings rule.Code = "bundles.radius-settings"
	// OverQuota: a number is over a quota that cannot be raised. Remedy: use another Region or
	// account, or delete what is not needed.
	OverQuota rule.Code = "bundles.over-quota"
	// OverDefaultQuota: a number is over the default of a quota that can be raised. Remedy:
	// request an increase of the quota, or ignore the rule if the account has one.
	OverDefaultQuota rule.Code = "bundles.over-default-quota"
	// ImageOfEncrypted: an image is to be made of an encrypted WorkSpace. Remedy: make the
	// image of a WorkSpace without encrypted volumes.
	ImageOfEncrypted rule.Code = "bundles.image-of-encrypted"
	// ImageFreeSpace: there is too little space on drive C to make an image. Remedy: free space
	// on drive C.
	ImageFreeSpace rule.Code = "bundles.image-free-space"
	// ImageProfileSize: a user profile is too large to make an image. Remedy: make the user
	// profile smaller than 10 GB.
	ImageProfileSize rule.Code = "bundles.image-profile-size"
	// ImageRootFull: a root volume is too full to make an image. Remedy: free space on the root
	// volume until less than 97% of it are used.
	ImageRootFull rule.Code = "bundles.image-root-full"
	// SelfServiceCap: a user may not grow a volume to a size. Remedy: let an administrator grow
	// the volume.
	SelfServiceCap rule.Code = "bundles.self-service-cap"
	// SelfServiceTooSoon: a user must wait since the launch. Remedy: wait until the time since
	// the launch has passed, or let an administrator make the change.
	SelfServiceTooSoon rule.Code = "bundles.self-service-too-soon"
	// SelfServiceRefuses: an operation is not one of those that users can be given. Remedy: let
	// an administrator make the change.
	SelfServiceRefuses rule.Code = "bundles.self-service-refuses"
)

// row is a rule that a document's version of since states first.
func row(c rule.Code, l rule.Level, document, section, since, until string) rule.Row {
	return rule.Row{Code: c, Level: l, Span: tables.During(since, until), Cite: tables.Cite(document, section, since)}
}

// ruleRows, by topic and date. Where another table decides, a violation cites the row of that.
var ruleRows = []rule.Row{
	row(VolumeBelowMinimum, rule.Must, faq, "What are Amazon WorkSpaces Graphics bundles?", readFAQ, ""),
	row(VolumeOverCeiling, rule.Must, modifyPage, "Changing volume sizes", "2018-04-18", ""),
	row(VolumePairNotInGroup, rule.Must, modifyPage, "Changing volume sizes", "2020-03-31", ""),

	row(VolumeShrinks, rule.Must, modifyPage, "Changing volume sizes", "2018-04-18", ""),
	row(VolumesTogether, rule.Must, modifyPage, "Limitations for increasing volumes", "2020-03-31", ""),
	row(VolumeWithComputeType, rule.Must, modifyPage, "Modify a WorkSpace", "2020-06-04", ""),
	row(ResizeSoonAfterLaunch, rule.Must, modifyPage, "Limitations for increasing volumes", readGuide, ""),
	row(VolumeCoolDown, rule.Must, modifyPage, "Changing volume sizes", "2018-04-18", ""),

	{Code: ComputeTypeRetired, Level: rule.Must, Span: tables.During(endGraphicsPro, ""), Cite: tables.Cite(modifyPage, "Modify compute type", read2025)},
	row(ComputeTypeFixed, rule.Must, modifyPage, "Changing bundle types", "2021-01-31", ""),
	row(FamilyCrossed, rule.Must, modifyPage, "Changing bundle types", "2022-09-02", ""),
	row(SwitchNeedsOperatingSystem, rule.Must, modifyPage, "Modify compute type", read2025, ""),
	row(SwitchNeedsVolumes, rule.Must, modifyPage, "Modify compute type", read2025, ""),
	row(LargerTooSoon, rule.Must, modifyPage, "Changing bundle types", "2018-02-03", ""),
	row(SmallerTooSoon, rule.Must, modifyPage, "Changing bundle types", "2018-02-03", ""),

	// The guide sets the AutoStop time in hours, the SDK in intervals of 60 minutes. What the
	// service says of a time with AlwaysOn is known from users; no day of 2020 is.
	row(AutoStopMinutes, rule.Must, guide, "Manage the WorkSpace Running Mode", readGuide, readSDK),
	row(AutoStopMinutes, rule.Must, sdk, "WorkspaceProperties", readSDK, ""),
	row(AutoStopMinutesNotApplicable, rule.Must, terraform13776, "RunningModeAutoStopTimeoutInMinutes is not applicable", "2020-12-31", ""),

	row(ProtocolValue, rule.Should, modifyPage, "Modify protocols", lastReading, ""),
	row(ProtocolNeedsWindows, rule.Must, modifyPage, "Modify protocols", lastReading, ""),
	row(ProtocolFixed, rule.Must, sdk, "WorkspaceProperties", readSDK, ""),

	row(StateRefuses, rule.Must, guide, "Rebuild a WorkSpace", readGuide, ""),
	row(ModeRefuses, rule.Must, sdk, "StartWorkspaces", readSDK, ""),
	row(ModificationInProgress, rule.Must, guide, "Limitations for Increasing Volumes", readGuide, ""),
	row(SnapshotMissing, rule.Must, sdk, "RebuildWorkspaces", readSDK, ""),
	row(StandbyRefuses, rule.Must, standbyPage, "Limitations", lastReading, ""),

	row(ComputeTypeNotOffered, rule.Must, bundlesPage, "Bundles and images", lastReading, ""),
	row(ProtocolNotOffered, rule.Must, bundlesPage, "Bundles and images", lastReading, ""),
	row(OperatingSystemEnded, rule.Should, bundlesPage, "Bundles and images", lastReading, ""),

	row(MemberMissing, rule.Must, sdk, "WorkspaceRequest", readSDK, ""),
	row(IDMalformed, rule.Must, model, "WorkspaceRequest", readModel, ""),
	row(UserNameLength, rule.Must, model, "UserName", readModel, ""),
	row(LinuxUserName, rule.Must, guide, "I can't create an Amazon Linux WorkSpace because there are non-valid characters in the user name", readGuide, ""),
	// One WorkSpace for a user by the FAQ, one for a user in a directory since.
	row(UserRepeated, rule.Must, faq, "Can I provide more than one Amazon Workspace per user?", readFAQ, "2022-09-02"),
	row(UserRepeated, rule.Must, severalPage, "Create multiple WorkSpaces for a user", "2022-09-02", ""),
	row(UserTaken, rule.Must, faq, "Can I provide more than one Amazon Workspace per user?", readFAQ, "2022-09-02"),
	row(UserTaken, rule.Must, severalPage, "Create multiple WorkSpaces for a user", "2022-09-02", ""),
	row(WorkspaceNameNotApplicable, rule.Must, sdk, "WorkspaceRequest", readSDK, ""),
	row(BatchSize, rule.Must, model, "CreateWorkspaces", readModel, ""),

	row(TagsTooMany, rule.Must, faq, "Can I use tags to categorize my Amazon WorkSpaces?", readFAQ, readGuide),
	row(TagsTooMany, rule.Must, guide, "Tag Restrictions", readGuide, ""),
	row(TagLength, rule.Must, guide, "Tag Restrictions", readGuide, ""),
	row(TagAlphabet, rule.Must, guide, "Tag Restrictions", readGuide, ""),
	row(TagReserved, rule.Must, guide, "Tag Restrictions", readGuide, ""),

	row(NameLength, rule.Must, model, "WorkspaceName", readModel, ""),
	row(NameAlphabet, rule.Must, model, "WorkspaceName", readModel, ""),
	row(ImageDescriptionHyphen, rule.Should, imagePage, "Create a custom image and custom bundle", lastReading, ""),
	row(VolumeBelowImage, rule.Must, guide, "Step 2: Create a Custom Image and Custom Bundle", readGuide, lastReading),
	row(VolumeBelowImage, rule.Must, imagePage, "Create a custom image and custom bundle", lastReading, ""),

	row(OrganizationName, rule.Must, guide, "Step 1: Create an AWS Managed Microsoft AD Directory", readGuide, ""),
	row(PasswordLength, rule.Must, guide, "Connect to the WorkSpace", readGuide, ""),
	row(PasswordCategories, rule.Must, guide, "Connect to the WorkSpace", readGuide, ""),
	row(RADIUSSettings, rule.Must, guide, "Multi-factor Authentication (AD Connector)", readGuide, ""),

	row(OverQuota, rule.Must, limitsPage, "Quotas", lastReading, ""),
	row(OverDefaultQuota, rule.Should, faq, "How many WorkSpaces can I launch?", readFAQ, ""),

	row(ImageOfEncrypted, rule.Must, faq, "Can I create a custom image from a WorkSpace that has been encrypted?", readFAQ, readGuide),
	row(ImageOfEncrypted, rule.Must, guide, "Requirements to Create Windows Custom Images", readGuide, ""),
	row(ImageFreeSpace, rule.Must, guide, "Requirements to Create Windows Custom Images", readGuide, ""),
	row(ImageProfileSize, rule.Must, guide, "Requirements to Create Windows Custom Images", readGuide, ""),
	row(ImageRootFull, rule.Should, guide, "Requirements to Create Amazon Linux Custom Images", readGuide, ""),

	row(SelfServiceCap, rule.Must, guide, "Enable Self-Service WorkSpace Management", readGuide, ""),
	row(SelfServiceTooSoon, rule.Must, guide, "Enable Self-Service WorkSpace Management", readGuide, ""),
	row(SelfServiceRefuses, rule.Must, guide, "Enable Self-Service WorkSpace Management", readGuide, ""),
}
