package main

import (
	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// The codes of this program are about what Terraform does, on which no document of Amazon
// WorkSpaces has a rule.
const (
	// desktopDestroyed: a desktop is destroyed, with what is on both of its volumes.
	desktopDestroyed rule.Code = "tfplan.desktop-destroyed"
	// directoryReplaced: a directory is deregistered and registered again.
	directoryReplaced rule.Code = "tfplan.directory-replaced"
	// changesInOneApply: an apply makes changes that the documents want apart in time.
	changesInOneApply rule.Code = "tfplan.changes-in-one-apply"
	// timeoutShort: the provider gives up before the documents say that it is over.
	timeoutShort rule.Code = "tfplan.timeout-short"
	// valueInvalid: a value is none that a rule can be applied to.
	valueInvalid rule.Code = "tfplan.value-invalid"
)

const (
	planFormat = "terraform-json-format"
	provider   = "terraform-provider-aws"
)

var terraformDocuments = []rule.Document{
	{Key: planFormat, Title: "Terraform: JSON Output Format", URL: "https://developer.hashicorp.com/terraform/internals/json-format"},
	{Key: provider, Title: "Terraform provider for AWS: aws_workspaces_workspace", URL: "https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/workspaces/workspace.go"},
}

var (
	citeActions = rule.Citation{Document: planFormat, Section: "Change Representation"}
	citeSchema  = rule.Citation{Document: provider, Section: "Schema"}
)

// remedies say what to do instead, for codes of which one thing can be said.
var remedies = map[rule.Code]string{
	bundles.AutoStopMinutes:              "give a positive multiple of 60",
	bundles.AutoStopMinutesNotApplicable: "leave the minutes out, or set running_mode to AUTO_STOP",
	bundles.UserRepeated:                 "give each user one aws_workspaces_workspace in a directory",
	bundles.TagReserved:                  "rename the tag",
	encryption.KeyNotARN:                 "give the key's ARN, such as aws_kms_key.example.arn or data.aws_kms_alias.example.target_key_arn: with an alias every later plan replaces the desktop",
	encryption.KeyNotFound:               "give the ARN of the key, target_key_arn of data.aws_kms_alias with the name alias/aws/workspaces",
	encryption.KeyInOtherRegion:          "give a key of the WorkSpace's Region",
	network.ManagementRangesExhausted:    "keep the CIDRs and routes of the VPC clear of one management range of the Region, or register the directory in another VPC",
	network.IPGroupLockOut:               "give the group a rule, or the directory no group: then everybody may stream",
	network.SubnetsNotTwo:                "give two subnets in different Availability Zones",
	network.SubnetsInOneZone:             "give two subnets in different Availability Zones",
	network.SubnetZoneUnsupported:        "choose the subnet's availability_zone_id from those of the detail",
	network.IPGroupRulesOverQuota:        "spread the rules over several groups of the directory, or merge neighbouring ranges",
	bundles.VolumeShrinks:                "keep the size: volumes only grow",
	network.IPGroupsOfDirectoryOverQuota: "associate fewer groups",
	bundles.ComputeTypeFixed:             "launch a WorkSpace of the wanted type and destroy this one, or migrate it to another bundle",
	bundles.FamilyCrossed:                "launch a WorkSpace of the wanted type and destroy this one, or migrate it to another bundle",
	encryption.KeyWithoutVolume:          "set root_volume_encryption_enabled or user_volume_encryption_enabled, or leave the key out",
	encryption.VolumeWithoutKey:          "give volume_encryption_key",
	bundles.SwitchNeedsVolumes:           "grow the volumes in an apply before this one",
}
