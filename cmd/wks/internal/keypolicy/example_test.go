package keypolicy_test

import (
	"fmt"

	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/cmd/wks/internal/keypolicy"
)

func Example() {
	actions, err := keypolicy.Actions(encryption.Newest())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, action := range []string{"kms:*", "kms:Describe*", "kms:CreateGrant"} {
		a, err := keypolicy.Check([]byte(`{"Statement": {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "`+action+`", "Resource": "*"}}`), actions)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s: %q, lacks %d actions of the sample\n", action, a.Denied, len(a.Lacks))
	}
	// Output:
	// kms:*: "", lacks 0 actions of the sample
	// kms:Describe*: "no statement allows kms:CreateGrant", lacks 0 actions of the sample
	// kms:CreateGrant: "", lacks 8 actions of the sample
}
