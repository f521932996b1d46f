package bundles

import (
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The codes of this package.
const (
	// VolumeBelowMinimum: a volume is smaller than the compute type may be launched with.
	VolumeBelowMinimum rule.Code = "bundles.volume-below-minimum"
	// VolumeOverCeiling: a volume is larger than any may be.
	VolumeOverCeiling rule.Code = "bundles.volume-over-ceiling"
	// VolumePairNotInGroup: root and user volume are in none of the set groups.
	VolumePairNotInGroup rule.Code = "bundles.volume-pair-not-in-group"
	// VolumeShrinks: a volume is to become smaller.
	VolumeShrinks rule.Code = "bundles.volume-shrinks"
	// VolumesTogether: one request changes both volumes.
	VolumesTogether rule.Code = "bundles.volumes-together"
	// VolumeWithComputeType: one request changes a volume and the compute type.
	VolumeWithComputeType rule.Code = "bundles.volume-with-compute-type"
	// ResizeSoonAfterLaunch: a volume is to grow too soon after the launch.
	ResizeSoonAfterLaunch rule.Code = "bundles.resize-soon-after-launch"
	// VolumeCoolDown: a volume is to grow too soon after it grew.
	VolumeCoolDown rule.Code = "bundles.volume-cool-down"
	// ComputeTypeRetired: a compute type has ended.
	ComputeTypeRetired rule.Code = "bundles.compute-type-retired"
	// ComputeTypeFixed: a compute type can become no other.
	ComputeTypeFixed rule.Code = "bundles.compute-type-fixed"
	// FamilyCrossed: a compute type with a GPU is to become one of another family.
	FamilyCrossed rule.Code = "bundles.family-crossed"
	// SwitchNeedsOperatingSystem: PowerPro becomes GeneralPurpose with some systems only.
	SwitchNeedsOperatingSystem rule.Code = "bundles.switch-needs-operating-system"
	// SwitchNeedsVolumes: the volumes are too small for the new compute type.
	SwitchNeedsVolumes rule.Code = "bundles.switch-needs-volumes"
	// LargerTooSoon: a larger compute type too soon after the launch, or after the last.
	LargerTooSoon rule.Code = "bundles.larger-too-soon"
	// SmallerTooSoon: a smaller compute type too soon after the last.
	SmallerTooSoon rule.Code = "bundles.smaller-too-soon"
	// AutoStopMinutes: an AutoStop time is not a positive multiple of 60 minutes.
	AutoStopMinutes rule.Code = "bundles.auto-stop-minutes"
	// AutoStopMinutesNotApplicable: an AutoStop time with another running mode.
	AutoStopMinutesNotApplicable rule.Code = "bundles.auto-stop-minutes-not-applicable"
	// ProtocolValue: a protocol is not spelled as the service spells it.
	ProtocolValue rule.Code = "bundles.protocol-value"
	// ProtocolNeedsWindows: the protocol of a WorkSpace without Windows is to change.
	ProtocolNeedsWindows rule.Code = "bundles.protocol-needs-windows"
	// ProtocolFixed: the protocol cannot change, with Windows 7 and some compute types.
	ProtocolFixed rule.Code = "bundles.protocol-fixed"
	// StateRefuses: an operation is not permitted in a state.
	StateRefuses rule.Code = "bundles.state-refuses"
	// ModeRefuses: an operation is not permitted in a running mode.
	ModeRefuses rule.Code = "bundles.mode-refuses"
	// ModificationInProgress: an operation must wait for a modification.
	ModificationInProgress rule.Code = "bundles.modification-in-progress"
	// SnapshotMissing: there is no snapshot to rebuild or restore from.
	SnapshotMissing rule.Code = "bundles.snapshot-missing"
	// StandbyRefuses: an operation is not permitted on a standby WorkSpace.
	StandbyRefuses rule.Code = "bundles.standby-refuses"
	// ComputeTypeNotOffered: a compute type is not offered with an operating system.
	ComputeTypeNotOffered rule.Code = "bundles.compute-type-not-offered"
	// ProtocolNotOffered: a streaming protocol is not offered with an operating system.
	ProtocolNotOffered rule.Code = "bundles.protocol-not-offered"
	// OperatingSystemEnded: the life of an operating system is over.
	OperatingSystemEnded rule.Code = "bundles.operating-system-ended"
	// MemberMissing: a request lacks a member that it must have.
	MemberMissing rule.Code = "bundles.member-missing"
	// IDMalformed: an identifier does not have the form of its kind.
	IDMalformed rule.Code = "bundles.id-malformed"
	// UserNameLength: a user name is empty or too long.
	UserNameLength rule.Code = "bundles.user-name-length"
	// LinuxUserName: Linux does not permit a user name.
	LinuxUserName rule.Code = "bundles.linux-user-name"
	// UserRepeated: a batch asks for two WorkSpaces for one user of a directory.
	UserRepeated rule.Code = "bundles.user-repeated"
	// UserTaken: a user has a WorkSpace in the directory already.
	UserTaken rule.Code = "bundles.user-taken"
	// WorkspaceNameNotApplicable: a WorkSpace for a user is given a name.
	WorkspaceNameNotApplicable rule.Code = "bundles.workspace-name-not-applicable"
	// BatchSize: a batch has no request, or more than one call takes.
	BatchSize rule.Code = "bundles.batch-size"
	// TagsTooMany: a resource has more tags than it may.
	TagsTooMany rule.Code = "bundles.tags-too-many"
	// TagLength: a key is empty, or a key or value is too long.
	TagLength rule.Code = "bundles.tag-length"
	// TagAlphabet: a key or value has a character that it may not have, or a space at an end.
	TagAlphabet rule.Code = "bundles.tag-alphabet"
	// TagReserved: a key or value has a prefix that is kept for AWS.
	TagReserved rule.Code = "bundles.tag-reserved"
	// NameLength: a name or description is too short or too long.
	NameLength rule.Code = "bundles.name-length"
	// NameAlphabet: a name or description has a character that it may not have.
	NameAlphabet rule.Code = "bundles.name-alphabet"
	// ImageDescriptionHyphen: the description of an image has a hyphen.
	ImageDescriptionHyphen rule.Code = "bundles.image-description-hyphen"
	// VolumeBelowImage: a volume of a bundle is smaller than that of its image.
	VolumeBelowImage rule.Code = "bundles.volume-below-image"
	// OrganizationName: the organisation name of a directory is not well-formed.
	OrganizationName rule.Code = "bundles.organization-name"
	// PasswordLength: a password is too short or too long.
	PasswordLength rule.Code = "bundles.password-length"
	// PasswordCategories: a password has characters of too few categories.
	PasswordCategories rule.Code = "bundles.password-categories"
	// RADIUSSettings: a setting of multi-factor authentication is missing or out of bounds.
	RADIUSSettings rule.Code = "bundles.radius-settings"
	// OverQuota: a number is over a quota that cannot be raised.
	OverQuota rule.Code = "bundles.over-quota"
	// OverDefaultQuota: a number is over the default of a quota that can be raised.
	OverDefaultQuota rule.Code = "bundles.over-default-quota"
	// ImageOfEncrypted: an image is to be made of an encrypted WorkSpace.
	ImageOfEncrypted rule.Code = "bundles.image-of-encrypted"
	// ImageFreeSpace: there is too little space on drive C to make an image.
	ImageFreeSpace rule.Code = "bundles.image-free-space"
	// ImageProfileSize: a user profile is too large to make an image.
	ImageProfileSize rule.Code = "bundles.image-profile-size"
	// ImageRootFull: a root volume is too full to make an image.
	ImageRootFull rule.Code = "bundles.image-root-full"
	// SelfServiceCap: a user may not grow a volume to a size.
	SelfServiceCap rule.Code = "bundles.self-service-cap"
	// SelfServiceTooSoon: a user must wait since the launch.
	SelfServiceTooSoon rule.Code = "bundles.self-service-too-soon"
	// SelfServiceRefuses: an operation is not one of those that users can be given.
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
