package cfn

import (
	"strings"

	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/rule"
)

// keyAt is where a WorkSpace names its key.
const keyAt = "Properties.VolumeEncryptionKey"

// placeholder is the id of a key that the stack will make.
const placeholder = "00000000-0000-0000-0000-000000000000"

// A keyAnswer is what the template tells of the key of a WorkSpace.
type keyAnswer struct {
	violations             []rule.Violation
	notGiven, undocumented []string
	stands, is             string // the placeholder, and what it stands for
}

// named puts the resource in the place of the placeholder.
func (k keyAnswer) named(text string) string {
	if k.stands == "" {
		return text
	}
	return strings.ReplaceAll(text, k.stands, k.is)
}

// key follows the reference to a key of the template: its ARN, id or alias stands in the request for what
// the stack will make, and what the key is not fit for is told.
func (r *reader) key(rules encryption.Rules, request map[string]any) (keyAnswer, error) {
	const at = keyAt
	gap := r.gaps[at]
	if gap.to == nil {
		return keyAnswer{}, nil
	}
	target := r.Resources[gap.to.id]
	region := r.region
	if region == "" {
		region = "us-east-1" // it stands for the one Region of the stack
	}
	arn := facts.KeyToCome(region)
	k := keyAnswer{is: rule.Shorten(gap.to.id)}
	if gap.to.attribute != "" {
		k.is += "." + rule.Shorten(gap.to.attribute)
	}
	var key encryption.Key
	switch of := target.Type + "." + gap.to.attribute; of {
	case "AWS::KMS::Key.Arn", "AWS::KMS::ReplicaKey.Arn":
		k.stands = arn + "key/" + placeholder
	case "AWS::KMS::Key.", "AWS::KMS::Key.KeyId", "AWS::KMS::ReplicaKey.", "AWS::KMS::ReplicaKey.KeyId":
		k.stands = placeholder
	case "AWS::KMS::Alias.":
		k.stands = "alias/" + placeholder
	default:
		return keyAnswer{}, nil
	}
	id := gap.to.id
	if target.Type == "AWS::KMS::Alias" {
		m, _ := target.Properties.(map[string]any)
		if _, of := r.reduce(m["TargetKeyId"]); of != nil && of.to != nil {
			id, target = of.to.id, r.Resources[of.to.id]
		}
	}
	if target.Type == "AWS::KMS::Key" {
		key = encryption.Key{ARN: arn + "key/" + placeholder, Manager: "CUSTOMER", Spec: r.textOf(target, "KeySpec", "SYMMETRIC_DEFAULT"), State: "Enabled"}
		if r.textOf(target, "Enabled", "true") == "false" {
			key.State = "Disabled"
		}
	}
	request["VolumeEncryptionKey"] = k.stands
	delete(r.gaps, at)
	for i, path := range r.order {
		if path == at {
			r.order = append(r.order[:i:i], r.order[i+1:]...)
			break
		}
	}
	if key.ARN == "" {
		return k, nil
	}
	use := encryption.Use{Region: r.region, VolumeEncryptionKey: key.ARN, Root: true}
	a, err := rules.CheckKey(key, use)
	if err != nil {
		return k, err
	}
	r.keyPolicy(rules, id, &k)
	for _, v := range a.Violations {
		if v.Code == encryption.KeyNotEnabled || v.Code == encryption.KeyAsymmetric {
			v.Path = at
			k.violations = append(k.violations, v)
		}
	}
	return k, nil
}

// textOf returns a property of a resource as a text: missing if it is left out, and "" if it is not known.
func (r *reader) textOf(o object, name, missing string) string {
	m, _ := o.Properties.(map[string]any)
	v, ok := m[name]
	if !ok {
		return missing
	}
	v, _ = r.reduce(v)
	if v == (nothing{}) {
		return missing
	}
	text, _ := scalar(v)
	return text
}
