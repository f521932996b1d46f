package encryption

import (
	"encoding/json"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
)

// A Key is what is known about a KMS key, most of it from DescribeKey. What is not known
// is left empty; it makes no answer better than Undocumented.
type Key struct {
	ARN     string `json:"Arn"`
	Manager string `json:"KeyManager"` // CUSTOMER, or AWS for an AWS managed key
	Spec    string `json:"KeySpec"`    // SYMMETRIC_DEFAULT, RSA_2048, …
	State   string `json:"KeyState"`   // Enabled, Disabled, PendingDeletion, …
	// Alias tells the AWS managed key of WorkSpaces, alias/aws/workspaces, from that of
	// another service. DescribeKey does not return it, ListAliases does.
	Alias string `json:"-"`
}

// ParseKey reads what aws kms describe-key prints. The error is for malformed JSON, and
// for a key without a valid ARN.
func ParseKey(data []byte) (Key, error) {
	var out struct {
		KeyMetadata struct {
			Key
			OldSpec string `json:"CustomerMasterKeySpec"` // before KeySpec, and beside it since
		}
	}
	if err := json.Unmarshal(data, &out); err != nil {
		return Key{}, fmt.Errorf("encryption: describe-key: %w", err)
	}
	k := out.KeyMetadata.Key
	if k.Spec == "" {
		k.Spec = out.KeyMetadata.OldSpec
	}
	if _, err := parseKey(k.ARN, "KeyMetadata.Arn"); err != nil {
		return Key{}, err
	}
	return k, nil
}

// A Use is how a WorkSpace in a Region is, or is to be, encrypted.
type Use struct {
	Region              string // "" if it is not known
	VolumeEncryptionKey string // as in the request; "" is none
	Root, User          bool   // which volumes are encrypted
	Standby             bool   // it is a standby WorkSpace, or has one
}

// RequestedUse returns the use that a request to CreateWorkspaces in a Region asks for.
func RequestedUse(region string, w types.WorkspaceRequest) Use {
	return use(region, w.VolumeEncryptionKey, w.RootVolumeEncryptionEnabled, w.UserVolumeEncryptionEnabled)
}

// UseOf returns the use of a WorkSpace that DescribeWorkspaces returned in a Region.
func UseOf(region string, w types.Workspace) Use {
	u := use(region, w.VolumeEncryptionKey, w.RootVolumeEncryptionEnabled, w.UserVolumeEncryptionEnabled)
	u.Standby = len(w.StandbyWorkspacesProperties)+len(w.RelatedWorkspaces) > 0
	return u
}

func use(region string, key *string, root, user *bool) Use {
	u := Use{Region: region, Root: root != nil && *root, User: user != nil && *user}
	if key != nil {
		u.VolumeEncryptionKey = *key
	}
	return u
}
