package encryption

import (
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// The codes of this package.
const (
	// KeyAsymmetric: the key is asymmetric, which WorkSpaces does not support. Remedy: use a
	// symmetric encryption key.
	KeyAsymmetric rule.Code = "encryption.key-asymmetric"
	// KeyNotEnabled: the key is not enabled, without which no WorkSpace is launched, restarted
	// or rebuilt. Remedy: enable the key, and cancel its deletion if that is pending.
	KeyNotEnabled rule.Code = "encryption.key-not-enabled"
	// KeyInOtherRegion: the key is not in the Region of the WorkSpace. Remedy: use a key in the
	// Region of the WorkSpace.
	KeyInOtherRegion rule.Code = "encryption.key-in-other-region"
	// KeyInOtherPartition: the ARN of the key has a partition that its Region is not in.
	// Remedy: correct the partition or the Region in the ARN of the key.
	KeyInOtherPartition rule.Code = "encryption.key-in-other-partition"
	// KeyNotARN: the key is not given by its ARN, by which alone keys compare. Remedy: give the
	// ARN of the key instead of its alias or ID.
	KeyNotARN rule.Code = "encryption.key-not-arn"
	// KeyNotFound: the name of an AWS managed key lacks alias/, so no key is found. Remedy:
	// write the name with its prefix, alias/aws/workspaces.
	KeyNotFound rule.Code = "encryption.key-not-found"
	// KeyOfOtherService: the key is the AWS managed key of another service. Remedy: use
	// alias/aws/workspaces or a customer managed key.
	KeyOfOtherService rule.Code = "encryption.key-of-other-service"
	// KeyNotCustomerManaged: a standby WorkSpace, or one that has one, needs a customer managed
	// key. Remedy: encrypt with a customer managed key, or give up the standby WorkSpace.
	KeyNotCustomerManaged rule.Code = "encryption.key-not-customer-managed"
	// KeyWithoutVolume: a key is given, and no volume is to be encrypted. Remedy: encrypt a
	// volume, or leave the key out.
	KeyWithoutVolume rule.Code = "encryption.key-without-volume"
	// VolumeWithoutKey: a volume is to be encrypted, and no key is given. Remedy: name the key,
	// such as alias/aws/workspaces.
	VolumeWithoutKey rule.Code = "encryption.volume-without-key"
	// EncryptionFinal: what is encrypted, and by which key, cannot be changed after launch.
	// Remedy: launch another WorkSpace with the encryption that is wanted.
	EncryptionFinal rule.Code = "encryption.encryption-final"

	// WorkSpacesOverLimit: more WorkSpaces use a key than a document of the edition lets.
	// Remedy: launch further WorkSpaces with another key; Shard tells how many keys are needed.
	WorkSpacesOverLimit rule.Code = "encryption.workspaces-over-limit"
	// WorkSpacesLimitDisputed: as many WorkSpaces use a key as one document lets, and more than
	// another does. Remedy: launch further WorkSpaces with another key to stay within the
	// smaller limit.
	WorkSpacesLimitDisputed rule.Code = "encryption.workspaces-limit-disputed"
	// GrantsOverLimit: a customer managed key has, or must have, more grants than KMS lets.
	// Remedy: use another key, or request an increase of the quota of grants.
	GrantsOverLimit rule.Code = "encryption.grants-over-limit"
	// GranteeOverLimit: a principal has more grants on a key than KMS lets. Remedy: use another
	// key for further WorkSpaces.
	GranteeOverLimit rule.Code = "encryption.grantee-over-limit"
	// KeyOverShardLimit: more WorkSpaces use a key than the limit that Shard was told. Remedy:
	// launch further WorkSpaces with another key, as Shard plans, or tell it a higher limit.
	KeyOverShardLimit rule.Code = "encryption.key-over-shard-limit"
)

var ruleRows = []rule.Row{
	{Code: KeyAsymmetric, Level: rule.Must, Span: tables.During("2020-04-29", ""), Cite: tables.Cite(guide, "Prerequisites", "2020-04-29")},

	// 2017: a WorkSpace whose key is disabled runs on, its restart fails, and works again
	// once the key is enabled. Since 2020: a restart leaves it unusable.
	{Code: KeyNotEnabled, Level: rule.Must, Span: tables.During(faqYear, "2020-04-29"), Cite: tables.Cite(faq, "What are the prerequisites for using KMS keys?", faqYear)},
	{Code: KeyNotEnabled, Level: rule.Must, Span: tables.During("2020-04-29", ""), Cite: tables.Cite(guide, "Prerequisites", "2020-04-29")},

	{Code: KeyInOtherRegion, Level: rule.Must, Span: tables.During(faqYear, ""), Cite: tables.Cite(faq, "Can I use the same KMS key in a different region?", faqYear)},
	{Code: KeyInOtherPartition, Level: rule.Must, Span: tables.During(lastReading, ""), Cite: tables.Cite(sdkARN, "ARN.Partition", lastReading)},

	// An alias is taken at launch, but DescribeWorkspaces returns the key's ARN, so the
	// two never compare equal.
	{Code: KeyNotARN, Level: rule.Should, Span: tables.During(faqYear, "2020-12-17"), Cite: tables.Cite(faq, "How can I encrypt a new Amazon WorkSpace?", faqYear)},
	{Code: KeyNotARN, Level: rule.Should, Span: tables.During("2020-12-17", ""), Cite: tables.Cite(aliasIssue, "Issue", "2020-12-17")},
	{Code: KeyNotFound, Level: rule.Must, Span: tables.During("2020-05-30", ""), Cite: tables.Cite(aliasRequest, "Description", "2020-05-30")},

	{Code: KeyOfOtherService, Level: rule.Must, Span: tables.During("2020-04-29", ""), Cite: tables.Cite(guide, "Prerequisites", "2020-04-29")},
	{Code: KeyNotCustomerManaged, Level: rule.Must, Span: tables.During(lastReading, ""), Cite: tables.Cite(standbyPage, "Prerequisites", lastReading)},

	// No document says what the service does with either; one choice comes with the other.
	{Code: KeyWithoutVolume, Level: rule.Should, Span: tables.During(faqYear, ""), Cite: tables.Cite(faq, "How can I encrypt a new Amazon WorkSpace?", faqYear)},
	{Code: VolumeWithoutKey, Level: rule.Should, Span: tables.During(faqYear, ""), Cite: tables.Cite(faq, "How can I encrypt a new Amazon WorkSpace?", faqYear)},

	{Code: EncryptionFinal, Level: rule.Must, Span: tables.During(faqYear, "2020-04-29"), Cite: tables.Cite(faq, "Can I enable encryption of volumes on a running Amazon WorkSpace?", faqYear)},
	{Code: EncryptionFinal, Level: rule.Must, Span: tables.During("2020-04-29", ""), Cite: tables.Cite(guide, "Limits", "2020-04-29")},

	// A violation of the next four cites the limit that decides.
	{Code: WorkSpacesOverLimit, Level: rule.Must, Span: tables.During(faqYear, "2021-04-07"), Cite: tables.Cite(faq, "Do I need to provide a new KMS key for each WorkSpace?", faqYear)},
	{Code: WorkSpacesLimitDisputed, Level: rule.Should, Span: tables.During(faqYear, "2020-03-31"), Cite: tables.Cite(faq, "Do I need to provide a new KMS key for each WorkSpace?", faqYear)},
	{Code: GrantsOverLimit, Level: rule.Must, Span: tables.During("2017-11-15", ""), Cite: tables.Cite(kmsQuotas, "Grants per CMK", "2017-11-15")},
	{Code: GranteeOverLimit, Level: rule.Must, Span: tables.During("2017-11-15", "2021-04-07"), Cite: tables.Cite(kmsQuotas, "Grants for a given principal per CMK", "2017-11-15")},

	// The documents ask for another key in good time; the number is the caller's.
	{Code: KeyOverShardLimit, Level: rule.Should, Span: tables.During(faqYear, "2020-03-31"), Cite: tables.Cite(faq, "What are the prerequisites for using KMS keys?", faqYear)},
	{Code: KeyOverShardLimit, Level: rule.Should, Span: tables.During("2020-03-31", "2021-04-03"), Cite: tables.Cite(encryptPage, "Prerequisites", "2020-03-31")},
	{Code: KeyOverShardLimit, Level: rule.Should, Span: tables.During("2021-04-03", ""), Cite: tables.Cite(kmsQuotas, "Grants per KMS key", "2021-04-07")},
}
