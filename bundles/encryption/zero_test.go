package encryption_test

import (
	"errors"
	"testing"

	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/rule"
)

// The zero Rules hold no edition, and answer nothing.
func TestZeroRules(t *testing.T) {
	var zero encryption.Rules
	for name, f := range map[string]func() error{
		"CheckKey": func() error {
			_, _, err := zero.CheckKey(encryption.Key{}, encryption.Use{Region: "eu-west-1"})
			return err
		},
		"CheckChange": func() error {
			_, _, err := zero.CheckChange(encryption.Use{Region: "eu-west-1"}, encryption.Use{Region: "eu-west-1"})
			return err
		},
		"CheckGrants": func() error { _, _, err := zero.CheckGrants(encryption.GrantCount{}, false); return err },
		"Shard":       func() error { _, err := zero.Shard(nil, nil, encryption.ShardOptions{}); return err },
		"KeyPolicy": func() error {
			_, err := zero.KeyPolicy("arn:aws:iam::111122223333:root", []string{alice}, []string{alice})
			return err
		},
		"IAMPolicy": func() error { _, err := zero.IAMPolicy([]string{keyA}, true); return err },
	} {
		var input *rule.InputError
		if err := f(); !errors.As(err, &input) || input.Path != "Edition" {
			t.Errorf("%s: error %v, want one about the edition", name, err)
		}
	}
	_, granted := zero.Grants(true, true)
	_, _, limited := zero.MaxWorkSpaces(true, true, false)
	if granted || limited || len(zero.Limits()) > 0 {
		t.Error("the zero Rules list something")
	}
}
