package encryption

import (
	"fmt"
	"strings"

	"github.com/wksgo/wks/rule"
)

// CheckKey checks a key for the WorkSpace that is to be launched, restarted or rebuilt
// with it: that it is symmetric, enabled, in the Region and its partition, customer
// managed or that of WorkSpaces itself, given by its ARN, and given together with a
// volume to encrypt. Of a key given by an alias, k is the key behind the alias.
//
// The verdict is Denied if a rule is broken that must not be. It is Undocumented if k
// does not tell what is needed, for a word that is not known, and where no document says
// what the service does: a key without a volume, a volume without a key, a key that is not
// given by its ARN. Without key and volume there is nothing to check.
//
// The violations are in the order of the sentence above. Their paths are members of a
// WorkspaceRequest and of DescribeKey's KeyMetadata. The error is a *rule.InputError for a
// malformed Region, key or ARN, and for a k that is another key than the one given.
// Nothing is allocated if there is no violation.
func (r Rules) CheckKey(k Key, u Use) (rule.Verdict, rule.Violations, error) {
	if err := r.known(); err != nil {
		return rule.Undocumented, nil, err
	}
	ref, err := u.reference()
	if err != nil {
		return rule.Undocumented, nil, err
	}
	if ref.form == absent && !u.Root && !u.User {
		return rule.Allowed, nil, nil
	}
	var vs rule.Violations
	verdict := rule.Allowed
	add := func(c rule.Code, at rule.Path, detail string) {
		verdict = rule.Undocumented
		vs = r.appendTo(vs, c, at, detail)
	}
	place := ref.arn
	if k.ARN != "" {
		if place, err = parseKey(k.ARN, "KeyMetadata.Arn"); err != nil {
			return rule.Undocumented, nil, err
		}
		if ref.form == keyARN && k.ARN != u.VolumeEncryptionKey {
			return rule.Undocumented, nil, &rule.InputError{Path: "KeyMetadata.Arn", Value: k.ARN, Reason: "is not the key of the WorkSpace, " + u.VolumeEncryptionKey}
		}
	}

	switch symmetric(k.Spec) {
	case rule.Undocumented:
		verdict = rule.Undocumented
	case rule.Denied:
		add(KeyAsymmetric, "KeyMetadata.KeySpec", k.Spec+" is asymmetric")
	}
	switch k.State {
	case "Enabled":
	case "Creating", "Disabled", "PendingDeletion", "PendingImport", "PendingReplicaDeletion", "Unavailable", "Updating":
		add(KeyNotEnabled, "KeyMetadata.KeyState", "is "+k.State+", not Enabled")
	default:
		verdict = rule.Undocumented
	}
	if place.region != "" && u.Region != "" && place.region != u.Region {
		add(KeyInOtherRegion, "VolumeEncryptionKey", fmt.Sprintf("the key is in %s, the WorkSpace in %s", place.region, u.Region))
	}
	if p := partitionOf(place.region); p != "" && place.partition != p {
		add(KeyInOtherPartition, "VolumeEncryptionKey", fmt.Sprintf("%s is in partition %s, not %s", place.region, p, place.partition))
	}
	if place.region == "" || u.Region == "" || partitionOf(place.region) == "" {
		verdict = rule.Undocumented
	}
	verdict, vs = r.checkManager(verdict, vs, k, ref, u)
	switch ref.form {
	case absent:
		add(VolumeWithoutKey, "VolumeEncryptionKey", "is missing: no document says what encrypts the volumes")
	case bareAlias:
		add(KeyNotFound, "VolumeEncryptionKey", u.VolumeEncryptionKey+" lacks alias/, so the service does not find the key")
	case aliasARN, aliasName, keyID:
		add(KeyNotARN, "VolumeEncryptionKey", u.VolumeEncryptionKey+" is not the ARN of the key, which DescribeWorkspaces returns")
	}
	if ref.form != absent && !u.Root && !u.User {
		add(KeyWithoutVolume, "VolumeEncryptionKey", "is given, and no volume is to be encrypted: no document says what happens")
	}
	if vs.Err() != nil {
		verdict = rule.Denied
	}
	return verdict, vs, nil
}

// checkManager checks who manages the key: the customer, or AWS for WorkSpaces.
func (r Rules) checkManager(verdict rule.Verdict, vs rule.Violations, k Key, ref reference, u Use) (rule.Verdict, rule.Violations) {
	alias := k.Alias
	if ref.alias != "" {
		alias = ref.alias
	}
	aws := k.Manager == "AWS" || strings.HasPrefix(alias, "alias/aws/")
	switch {
	case aws && alias == "":
		verdict = rule.Undocumented
	case aws && alias != "alias/aws/workspaces":
		verdict = rule.Undocumented
		vs = r.appendTo(vs, KeyOfOtherService, "VolumeEncryptionKey", alias+" is the key of another service")
	case !aws && k.Manager != "CUSTOMER":
		verdict = rule.Undocumented
	}
	if aws && u.Standby {
		verdict = rule.Undocumented
		vs = r.appendTo(vs, KeyNotCustomerManaged, "KeyMetadata.KeyManager", "is AWS: a standby WorkSpace and its primary need a customer managed key")
	}
	return verdict, vs
}

// symmetric is Undocumented for a spec that is not known, and for the HMAC specs, of which
// no document speaks.
func symmetric(spec string) rule.Verdict {
	if spec == "SYMMETRIC_DEFAULT" {
		return rule.Allowed
	}
	for _, prefix := range [...]string{"RSA_", "ECC_", "SM2", "ML_DSA_"} {
		if strings.HasPrefix(spec, prefix) {
			return rule.Denied
		}
	}
	return rule.Undocumented
}

// CheckChange checks whether a WorkSpace that is encrypted in one way could become
// encrypted in another: it cannot, which a tool that replaces what it cannot change must
// know. Keys are compared by their ARNs. Of an alias or a key id it is not known whose
// it is, so the verdict is Undocumented unless something else differs, and EncryptionFinal
// is not reported for it.
//
// The violations are those of RootVolumeEncryptionEnabled, UserVolumeEncryptionEnabled and
// VolumeEncryptionKey, in this order. The error is a *rule.InputError for a malformed Region
// or key, and for two Regions. Nothing is allocated if there is no violation.
func (r Rules) CheckChange(is, want Use) (rule.Verdict, rule.Violations, error) {
	if err := r.known(); err != nil {
		return rule.Undocumented, nil, err
	}
	a, err := is.reference()
	if err != nil {
		return rule.Undocumented, nil, err
	}
	b, err := want.reference()
	if err != nil {
		return rule.Undocumented, nil, err
	}
	if is.Region != want.Region {
		return rule.Undocumented, nil, &rule.InputError{Path: "Region", Value: want.Region, Reason: "is not the Region of the WorkSpace, " + is.Region}
	}
	var vs rule.Violations
	if is.Root != want.Root {
		vs = r.appendTo(vs, EncryptionFinal, "RootVolumeEncryptionEnabled", fmt.Sprintf("is %t and cannot become %t", is.Root, want.Root))
	}
	if is.User != want.User {
		vs = r.appendTo(vs, EncryptionFinal, "UserVolumeEncryptionEnabled", fmt.Sprintf("is %t and cannot become %t", is.User, want.User))
	}
	verdict := rule.Allowed
	switch {
	case a.comparable() && b.comparable():
		if is.VolumeEncryptionKey != want.VolumeEncryptionKey {
			vs = r.appendTo(vs, EncryptionFinal, "VolumeEncryptionKey", fmt.Sprintf("is %q and cannot become %q", is.VolumeEncryptionKey, want.VolumeEncryptionKey))
		}
	default:
		verdict = rule.Undocumented
	}
	if vs.Err() != nil {
		verdict = rule.Denied
	}
	return verdict, vs, nil
}
