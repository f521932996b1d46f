package encryption

import (
	"strings"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// Codes of the rules about one key and its use. [Catalogue] explains them.
const (
	KeyAsymmetric         rule.Code = "encryption.key-asymmetric"
	KeyNotEnabled         rule.Code = "encryption.key-not-enabled"
	KeyInOtherRegion      rule.Code = "encryption.key-in-other-region"
	KeyInOtherPartition   rule.Code = "encryption.key-in-other-partition"
	KeyNotARN             rule.Code = "encryption.key-not-arn"
	KeyNotFound           rule.Code = "encryption.key-not-found"
	KeyOfOtherService     rule.Code = "encryption.key-of-other-service"
	KeyNotCustomerManaged rule.Code = "encryption.key-not-customer-managed"
	KeyWithoutVolume      rule.Code = "encryption.key-without-volume"
	VolumeWithoutKey      rule.Code = "encryption.volume-without-key"
	EncryptionFinal       rule.Code = "encryption.encryption-final"
)

var keyRules = []tables.Rule{
	{
		// KMS says it of all services first, and then of WorkSpaces.
		Code:   KeyAsymmetric,
		Title:  "The key is asymmetric, which WorkSpaces does not support.",
		Remedy: "Use a symmetric encryption key.",
		Revisions: []rule.Revision{
			tables.Must(kmsChoice, "How to Choose Your CMK Configuration", "2019-11-28", "2019-12-11"),
			tables.Must(kmsServices, servicesTitle, "2019-12-11", "2020-01-10"),
			tables.Must(encryptPage, "Prerequisites", "2020-01-10", ""),
		},
	},
	{
		// 2017: a WorkSpace whose key is disabled runs on, its restart fails, and it works again
		// once the key is enabled. Since 2018: a restart leaves it unusable.
		Code:   KeyNotEnabled,
		Title:  "The key is not enabled, without which no WorkSpace is launched, restarted or rebuilt.",
		Remedy: "Enable the key, and cancel its deletion if that is pending.",
		Revisions: []rule.Revision{
			tables.Must(faq, "What are the prerequisites for using KMS keys to encrypt Amazon WorkSpaces?", faqYear, "2018-02-03"),
			tables.Must(encryptPage, "Prerequisites", "2018-02-03", ""),
		},
	},
	{
		Code:      KeyInOtherRegion,
		Title:     "The key is not in the Region of the WorkSpace.",
		Remedy:    "Use a key in the Region of the WorkSpace.",
		Revisions: []rule.Revision{tables.Must(faq, "Will I be able to use the same KMS key to encrypt Amazon WorkSpaces in a different region?", faqYear, "")},
	},
	{
		Code:      KeyInOtherPartition,
		Title:     "The ARN of the key has a partition that its Region is not in.",
		Remedy:    "Correct the partition or the Region in the ARN of the key.",
		Revisions: []rule.Revision{tables.Must(sdkARN, "ARN.Partition", "2017-12-21", "")},
	},
	{
		// An alias is taken at launch, but DescribeWorkspaces returns the key's ARN, so the two
		// never compare equal.
		Code:   KeyNotARN,
		Title:  "The key is not given by its ARN, by which alone keys compare.",
		Remedy: "Give the ARN of the key instead of its alias or ID.",
		Revisions: []rule.Revision{
			tables.Should(faq, "How can I encrypt a new Amazon WorkSpace?", faqYear, "2020-12-17"),
			tables.Should(aliasIssue, "Issue", "2020-12-17", "2023-07-21"),
			tables.Should(serviceModel, "WorkspaceRequest", "2023-07-21", ""),
		},
	},
	{
		Code:      KeyNotFound,
		Title:     "The name of an AWS managed key lacks alias/, so no key is found.",
		Remedy:    "Write the name with its prefix, alias/aws/workspaces.",
		Revisions: []rule.Revision{tables.Must(aliasRequest, "Description", "2020-05-30", "")},
	},
	{
		// Two kinds of keys are named: the one that AWS manages for WorkSpaces, and those of the
		// customer. Since 2021-01-23 the key is "either" of the two. Until then the documents say that one can
		// choose the one or the other, and that others are refused is a reading.
		Code:   KeyOfOtherService,
		Title:  "The key is the AWS managed key of another service.",
		Remedy: "Use alias/aws/workspaces or a customer managed key.",
		Revisions: []rule.Revision{
			tables.Should(kmsServices, servicesTitle, "2017-11-15", "2018-02-03"),
			tables.Should(encryptPage, "Prerequisites", "2018-02-03", sinceEither),
			tables.Must(encryptPage, "Prerequisites", sinceEither, ""),
		},
	},
	{
		Code:      KeyNotCustomerManaged,
		Title:     "A standby WorkSpace, or one that has one, needs a customer managed key.",
		Remedy:    "Encrypt with a customer managed key, or give up the standby WorkSpace.",
		Revisions: []rule.Revision{tables.Must(standbyPage, "Prerequisites", autumn2025, "")},
	},
	// No document says what the service does with either; one choice comes with the other.
	{
		Code:      KeyWithoutVolume,
		Title:     "A key is given, and no volume is to be encrypted.",
		Remedy:    "Encrypt a volume, or leave the key out.",
		Revisions: []rule.Revision{tables.Should(faq, "How can I encrypt a new Amazon WorkSpace?", faqYear, "")},
	},
	{
		Code:      VolumeWithoutKey,
		Title:     "A volume is to be encrypted, and no key is given.",
		Remedy:    "Name the key, such as alias/aws/workspaces.",
		Revisions: []rule.Revision{tables.Should(faq, "How can I encrypt a new Amazon WorkSpace?", faqYear, "")},
	},
	{
		// The guide says since 2018-02-03 that encryption cannot be disabled, and since 2020-06-04
		// that an existing WorkSpace cannot be encrypted either.
		Code:   EncryptionFinal,
		Title:  "What is encrypted, and by which key, cannot be changed after launch.",
		Remedy: "Launch another WorkSpace with the encryption that is wanted.",
		Revisions: []rule.Revision{
			tables.Must(faq, "Can I enable encryption of volumes on a running Amazon WorkSpace?", faqYear, "2020-06-04"),
			tables.Must(encryptPage, "Limits", "2020-06-04", ""),
		},
	},
}

const (
	servicesTitle = "How Amazon WorkSpaces Uses AWS KMS"
	sinceEither   = "2021-01-23" // the guide lets a key be one of two kinds
)

var eitherKind = rule.MustParseEdition(sinceEither)

const keyPath rule.Path = "VolumeEncryptionKey"

// CheckUse checks what a use tells by itself, without a look at the key: that the key is in the
// Region and its partition, not that of another service, customer managed for a standby
// WorkSpace, given by its ARN, and given together with a volume to encrypt. It is for requests
// whose keys are not described; [Rules.CheckKey] asks for the key as well.
//
// Violations and open questions are in the order of the sentence above, at members of a
// WorkspaceRequest. No document says what the service does with a key without a volume, with a
// volume without a key, and with a key that is not given by its ARN. The error is a
// *rule.InputError for a malformed Region or key. Nothing is allocated for a sound use.
func (r Rules) CheckUse(u Use) (rule.Answer, error) {
	ref, err := r.reference(u)
	if err != nil {
		return rule.Answer{}, err
	}
	var a rule.Answer
	r.place(&a, ref.arn, u)
	r.manager(&a, Key{}, ref, u)
	r.form(&a, ref, u)
	return a.Concluded(), nil
}

// CheckKey checks a key for the WorkSpace that is to be launched, restarted or rebuilt
// with it: that it is symmetric and enabled, and what [Rules.CheckUse] checks. If the use gives
// an alias, k is the key behind the alias. Without key and volume there is nothing to check.
//
// What k leaves empty is open, and so is a word that is not known. Violations and open
// questions are at members of a WorkspaceRequest and of DescribeKey's KeyMetadata. The error is a
// *rule.InputError for a malformed Region, key or ARN, and for a k that is another key than
// the one given. Nothing is allocated for a sound key.
func (r Rules) CheckKey(k Key, u Use) (rule.Answer, error) {
	ref, err := r.reference(u)
	if err != nil {
		return rule.Answer{}, err
	}
	var a rule.Answer
	if ref.form == absent && !u.Root && !u.User {
		return a.Concluded(), nil
	}
	place := ref.arn
	if k.ARN != "" && (ref.form != keyARN || k.ARN != u.VolumeEncryptionKey) {
		if place, err = parseKey(k.ARN, "KeyMetadata.Arn"); err != nil {
			return rule.Answer{}, err
		}
		if ref.form == keyARN {
			return rule.Answer{}, &rule.InputError{Path: "KeyMetadata.Arn", Value: k.ARN, Reason: "is not the key of the WorkSpace, " + u.VolumeEncryptionKey}
		}
	}
	r.s.checkSpec(&a, "KeyMetadata.KeySpec", k.Spec)
	r.s.checkState(&a, "KeyMetadata.KeyState", k.State)
	if place.Region == "" {
		a.NotGiven(keyPath, "the Region of the key is not known")
	}
	if u.Region == "" {
		a.NotGiven("Region", "the Region of the WorkSpace is not known")
	}
	r.place(&a, place, u)
	r.manager(&a, k, ref, u)
	if k.Manager == "" && managedBy(k, ref) == "" {
		a.NotGiven("KeyMetadata.KeyManager", "who manages the key is not known")
	}
	r.form(&a, ref, u)
	return a.Concluded(), nil
}

// reference reads the key of a use.
func (r Rules) reference(u Use) (reference, error) {
	if err := r.known(); err != nil {
		return reference{}, err
	}
	return u.reference()
}

// checkSpec checks that a key is symmetric. The HMAC specs are in no document about WorkSpaces.
func (s *snapshot) checkSpec(a *rule.Answer, at rule.Path, spec string) {
	switch {
	case spec == "SYMMETRIC_DEFAULT":
	case spec == "":
		a.NotGiven(at, "the spec of the key is not known")
	case isAsymmetric(spec):
		s.rules.Break(a, KeyAsymmetric, at, "%s is asymmetric", spec)
	default:
		a.NotDocumented(at, "no document speaks of keys of the spec "+rule.Printable(rule.Shorten(spec)))
	}
}

func isAsymmetric(spec string) bool {
	for _, prefix := range [...]string{"RSA_", "ECC_", "SM2", "ML_DSA_"} {
		if strings.HasPrefix(spec, prefix) {
			return true
		}
	}
	return false
}

// checkState checks that a key is enabled.
func (s *snapshot) checkState(a *rule.Answer, at rule.Path, state string) {
	switch state {
	case "Enabled":
	case "":
		a.NotGiven(at, "the state of the key is not known")
	case "Creating", "Disabled", "PendingDeletion", "PendingImport", "PendingReplicaDeletion", "Unavailable", "Updating":
		s.rules.Break(a, KeyNotEnabled, at, "is %s, not Enabled", state)
	default:
		a.NotDocumented(at, "no document speaks of keys in the state "+rule.Printable(rule.Shorten(state)))
	}
}

// place checks where a key is. What is not known of it is not asked.
func (r Rules) place(a *rule.Answer, key facts.ARN, u Use) {
	if key.Region == "" {
		return
	}
	if u.Region != "" && key.Region != u.Region {
		r.s.rules.Break(a, KeyInOtherRegion, keyPath, "the key is in %s, the WorkSpace in %s", key.Region, u.Region)
	}
	switch p := facts.Partition(key.Region); p {
	case key.Partition:
	case "":
		a.NotDocumented(keyPath, "no document names the partition of "+key.Region)
	default:
		r.s.rules.Break(a, KeyInOtherPartition, keyPath, "%s is in partition %s, not %s", key.Region, p, key.Partition)
	}
}

// managedBy returns the alias of an AWS managed key, "AWS" for one whose alias is not known,
// and "" for another key.
func managedBy(k Key, ref reference) string {
	alias := k.Alias
	if ref.alias != "" {
		alias = ref.alias
	}
	switch {
	case strings.HasPrefix(alias, "alias/aws/"), alias != "" && k.Manager == "AWS":
		return alias
	case k.Manager == "AWS":
		return "AWS"
	}
	return ""
}

// manager checks who manages the key: the customer, or AWS for WorkSpaces. What is not known
// of it is not asked.
func (r Rules) manager(a *rule.Answer, k Key, ref reference, u Use) {
	switch by := managedBy(k, ref); {
	case by == "" && (k.Manager == "CUSTOMER" || k.Manager == ""):
		return
	case by == "":
		a.NotDocumented("KeyMetadata.KeyManager", "no document speaks of keys managed by "+rule.Printable(rule.Shorten(k.Manager)))
		return
	case by == "AWS":
		a.NotGiven("KeyMetadata", "the alias of the AWS managed key, which tells its service, is not known")
	case by != "alias/aws/workspaces":
		r.s.rules.Break(a, KeyOfOtherService, keyPath, "%s is the key of another service", by)
		if r.edition.Compare(eitherKind) < 0 {
			r.s.leaveOpen(a, KeyOfOtherService, "no document of the edition says what the service does with the key of another service")
		}
	}
	if u.Standby {
		r.s.rules.Break(a, KeyNotCustomerManaged, "KeyMetadata.KeyManager", "is AWS: a standby WorkSpace and its primary need a customer managed key")
	}
}

// form checks how the key is given, and that it goes with a volume.
func (r Rules) form(a *rule.Answer, ref reference, u Use) {
	volumes := u.Root || u.User
	switch ref.form {
	case absent:
		if volumes {
			r.s.rules.Break(a, VolumeWithoutKey, keyPath, "is missing: no document says what encrypts the volumes")
			r.s.leaveOpen(a, VolumeWithoutKey, "no document says what encrypts a volume without a key")
		}
		return
	case bareAlias:
		r.s.rules.Break(a, KeyNotFound, keyPath, "%s lacks alias/, so the service does not find the key", u.VolumeEncryptionKey)
	case aliasARN, aliasName, keyID:
		r.s.rules.Break(a, KeyNotARN, keyPath, "%s is not the ARN of the key, which DescribeWorkspaces returns", u.VolumeEncryptionKey)
		r.s.leaveOpen(a, KeyNotARN, "no document says what the service does with a key that is not given by its ARN")
	}
	if !volumes {
		r.s.rules.Break(a, KeyWithoutVolume, keyPath, "is given, and no volume is to be encrypted: no document says what happens")
		r.s.leaveOpen(a, KeyWithoutVolume, "no document says what the service does with a key without a volume")
	}
}

// leaveOpen adds the question that a violation of level Should stands beside. Break has left it
// open where the edition does not have the rule.
func (s *snapshot) leaveOpen(a *rule.Answer, c rule.Code, reason string) {
	if s.rules.Has(c) {
		a.NotDocumented(keyPath, reason)
	}
}

// CheckChange checks whether a WorkSpace that is encrypted in one way could become
// encrypted in another: it cannot, which a tool that replaces what it cannot change must
// know. Keys are compared by their ARNs. An alias or a key id does not tell whose it is, so
// that EncryptionFinal is not reported for it and the answer is open.
//
// The violations are those of RootVolumeEncryptionEnabled, UserVolumeEncryptionEnabled and
// VolumeEncryptionKey, in this order. The error is a *rule.InputError for a malformed Region
// or key, and for two Regions. Nothing is allocated if there is no violation.
func (r Rules) CheckChange(is, want Use) (rule.Answer, error) {
	one, err := r.reference(is)
	if err != nil {
		return rule.Answer{}, err
	}
	other, err := want.reference()
	if err != nil {
		return rule.Answer{}, err
	}
	if is.Region != want.Region {
		return rule.Answer{}, &rule.InputError{Path: "Region", Value: want.Region, Reason: "is not the Region of the WorkSpace, " + is.Region}
	}
	var a rule.Answer
	if is.Root != want.Root {
		r.s.rules.Break(&a, EncryptionFinal, "RootVolumeEncryptionEnabled", "is %t and cannot become %t", is.Root, want.Root)
	}
	if is.User != want.User {
		r.s.rules.Break(&a, EncryptionFinal, "UserVolumeEncryptionEnabled", "is %t and cannot become %t", is.User, want.User)
	}
	switch {
	case !one.comparable() || !other.comparable():
		a.NotGiven(keyPath, "an alias or the id of a key does not tell whether it is the same key")
	case is.VolumeEncryptionKey != want.VolumeEncryptionKey:
		r.s.rules.Break(&a, EncryptionFinal, keyPath, "is %q and cannot become %q", is.VolumeEncryptionKey, want.VolumeEncryptionKey)
	}
	return a.Concluded(), nil
}
