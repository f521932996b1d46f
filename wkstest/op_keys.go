package wkstest

import (
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/wksgo/wks/bundles/encryption"
)

// asked is a key as package encryption asks about it, the zero Key for nil.
func (k *Key) asked() encryption.Key {
	if k == nil {
		return encryption.Key{}
	}
	a := encryption.Key{ARN: k.ARN, Alias: k.Alias, State: k.State, Spec: k.Spec, Manager: k.Manager}
	if a.State == "" {
		a.State = "Enabled"
	}
	if a.Spec == "" {
		a.Spec = "SYMMETRIC_DEFAULT"
	}
	if a.Manager == "" {
		a.Manager = "CUSTOMER"
		if strings.HasPrefix(k.Alias, "alias/aws/") {
			a.Manager = "AWS"
		}
	}
	return a
}

// awsManaged is the alias of the AWS managed key of WorkSpaces.
const awsManaged = "alias/aws/workspaces"

// keyARN returns the key's ARN, which is what DescribeWorkspaces gives even where the request had an
// alias.
func (k *call) keyARN(name *string, key *Key) *string {
	switch {
	case name == nil:
		return nil
	case key != nil:
		return &key.ARN
	case strings.HasSuffix(*name, awsManaged):
		return aws.String("arn:aws:kms:" + k.region.name + ":" + k.s.account + ":key/0a1b2c3d-0000-4000-8000-aaaaaaaaaaaa")
	}
	return name
}

// key returns the key that a request names, nil if it names none or the Region's keys are not told.
func (k *call) key(name *string) (*Key, *refusal) {
	key, known := k.region.key(aws.ToString(name))
	if name != nil && !known {
		return nil, refuse(encryption.KeyNotFound, "VolumeEncryptionKey", "there is no key %s", *name)
	}
	return key, nil
}

// keyRoom asks whether a key can take another WorkSpace.
func (k *call) keyRoom(arn string, key *Key, root, user bool) *refusal {
	others := 0 // grants
	managed := strings.HasSuffix(arn, ":key/0a1b2c3d-0000-4000-8000-aaaaaaaaaaaa")
	if key != nil {
		others = key.Grants
		managed = key.asked().Manager == "AWS"
	}
	return k.afresh(func() *refusal {
		var use keyUse
		if u := k.region.keyed[arn]; u != nil {
			use = *u
		}
		return k.s.rules.keyRoom(root, user, managed, use.workspaces, use.grants+others)
	})
}
