package encryption_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/rule"
)

const (
	keyID = "1234abcd-12ab-34cd-56ef-1234567890ab"
	keyA  = "arn:aws:kms:eu-west-1:111122223333:key/" + keyID
	keyB  = "arn:aws:kms:eu-west-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab"
	keyUS = "arn:aws:kms:us-east-1:111122223333:key/" + keyID
	alice = "arn:aws:iam::111122223333:user/Alice"
)

// sound is a key with which a WorkSpace in eu-west-1 can be launched.
var sound = encryption.Key{ARN: keyA, Manager: "CUSTOMER", Spec: "SYMMETRIC_DEFAULT", State: "Enabled"}

func at(t testing.TB, date string) encryption.Rules {
	t.Helper()
	r, err := encryption.At(rule.MustParseEdition(date))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func codes(vs rule.Violations) string {
	var words []string
	for _, v := range vs {
		_, name, _ := strings.Cut(string(v.Code), ".")
		words = append(words, name+"@"+string(v.Path))
	}
	return strings.Join(words, " ")
}

// inputError returns the path of a *rule.InputError, and "" for nil.
func inputError(t testing.TB, err error) string {
	t.Helper()
	var input *rule.InputError
	if err != nil && !errors.As(err, &input) {
		t.Fatalf("%v is not an InputError", err)
	}
	if err == nil {
		return ""
	}
	return string(input.Path)
}

// use reads a use from words: a Region or -, the volumes r and u or -, perhaps standby, and the
// key or nothing. A, B and US stand for keys.
func use(s string) encryption.Use {
	words := strings.Fields(s)
	u := encryption.Use{Region: strings.Trim(words[0], "-"), Root: strings.Contains(words[1], "r"), User: strings.Contains(words[1], "u")}
	for _, w := range words[2:] {
		switch w {
		case "standby":
			u.Standby = true
		case "A":
			u.VolumeEncryptionKey = keyA
		case "B":
			u.VolumeEncryptionKey = keyB
		case "US":
			u.VolumeEncryptionKey = keyUS
		default:
			u.VolumeEncryptionKey = w
		}
	}
	return u
}

// key returns a sound key with members changed: spec=, state=, manager=, alias=, arn=.
func key(t testing.TB, s string) encryption.Key {
	t.Helper()
	k := sound
	for _, w := range strings.Fields(s) {
		name, value, _ := strings.Cut(w, "=")
		member, ok := map[string]*string{"spec": &k.Spec, "state": &k.State, "manager": &k.Manager, "alias": &k.Alias, "arn": &k.ARN}[name]
		if !ok {
			t.Fatalf("no member %q", name)
		}
		*member = value
	}
	return k
}

func TestCheckKey(t *testing.T) {
	const newest = "2026-09-10"
	for _, tt := range []struct {
		name, date, key, use string
		verdict              rule.Verdict
		codes                string
		err                  string // the path
	}{
		{"sound", newest, "", "eu-west-1 ru A", rule.Allowed, "", ""},
		{"one volume", newest, "", "eu-west-1 u A", rule.Allowed, "", ""},
		{"multi-Region key", newest, "arn=" + keyB, "eu-west-1 r B", rule.Allowed, "", ""},
		{"not encrypted", newest, "state=Disabled", "eu-west-1 -", rule.Allowed, "", ""},
		{"asymmetric", newest, "spec=RSA_2048", "eu-west-1 ru A", rule.Denied, "key-asymmetric@KeyMetadata.KeySpec", ""},
		{"elliptic", newest, "spec=ECC_NIST_P256", "eu-west-1 ru A", rule.Denied, "key-asymmetric@KeyMetadata.KeySpec", ""},
		{"SM2", newest, "spec=SM2", "eu-west-1 ru A", rule.Denied, "key-asymmetric@KeyMetadata.KeySpec", ""},
		{"ML-DSA", newest, "spec=ML_DSA_44", "eu-west-1 ru A", rule.Denied, "key-asymmetric@KeyMetadata.KeySpec", ""},
		{"before asymmetric keys", "2017-11-15", "spec=RSA_2048", "eu-west-1 ru A", rule.Undocumented, "", ""},
		{"asymmetric, the day before KMS says it", "2019-11-27", "spec=RSA_2048", "eu-west-1 ru A", rule.Undocumented, "", ""},
		{"asymmetric, when KMS says it of all services", "2019-11-28", "spec=RSA_2048", "eu-west-1 ru A", rule.Denied, "key-asymmetric@KeyMetadata.KeySpec", ""},
		{"HMAC", newest, "spec=HMAC_256", "eu-west-1 ru A", rule.Undocumented, "", ""},
		{"unknown spec", newest, "spec=KYBER", "eu-west-1 ru A", rule.Undocumented, "", ""},
		{"no spec", newest, "spec=", "eu-west-1 ru A", rule.Undocumented, "", ""},
		{"disabled", newest, "state=Disabled", "eu-west-1 ru A", rule.Denied, "key-not-enabled@KeyMetadata.KeyState", ""},
		{"unknown state", newest, "state=Sleeping", "eu-west-1 ru A", rule.Undocumented, "", ""},
		{"no state", newest, "state=", "eu-west-1 ru A", rule.Undocumented, "", ""},
		{"other Region", newest, "arn=" + keyUS, "eu-west-1 ru US", rule.Denied, "key-in-other-region@VolumeEncryptionKey", ""},
		{"other Region behind an alias", newest, "arn=" + keyUS, "eu-west-1 ru alias/mine", rule.Denied,
			"key-in-other-region@VolumeEncryptionKey key-not-arn@VolumeEncryptionKey", ""},
		{"other Region, k not known", newest, "arn=", "eu-west-1 ru US", rule.Denied, "key-in-other-region@VolumeEncryptionKey", ""},
		{"China", newest, "arn=", "cn-north-1 ru arn:aws-cn:kms:cn-north-1:111122223333:key/" + keyID, rule.Allowed, "", ""},
		{"China in the wrong partition", newest, "arn=", "cn-north-1 ru arn:aws:kms:cn-north-1:111122223333:key/" + keyID, rule.Denied, "key-in-other-partition@VolumeEncryptionKey", ""},
		{"GovCloud", newest, "arn=", "us-gov-west-1 ru arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/" + keyID, rule.Allowed, "", ""},
		{"GovCloud in the wrong partition", newest, "arn=", "us-gov-west-1 ru arn:aws:kms:us-gov-west-1:111122223333:key/" + keyID, rule.Denied, "key-in-other-partition@VolumeEncryptionKey", ""},
		{"partition of China elsewhere", newest, "arn=", "eu-west-1 ru arn:aws-cn:kms:eu-west-1:111122223333:key/" + keyID, rule.Denied, "key-in-other-partition@VolumeEncryptionKey", ""},
		{"partition of which nothing is known", newest, "arn=", "us-iso-east-1 ru arn:aws-iso:kms:us-iso-east-1:111122223333:key/" + keyID, rule.Undocumented, "", ""},
		{"AWS managed", newest, "manager=AWS alias=alias/aws/workspaces", "eu-west-1 ru A", rule.Allowed, "", ""},
		{"AWS managed, whose is not told", newest, "manager=AWS", "eu-west-1 ru A", rule.Undocumented, "", ""},
		{"AWS managed of EBS", newest, "manager=AWS alias=alias/aws/ebs", "eu-west-1 ru A", rule.Denied, "key-of-other-service@VolumeEncryptionKey", ""},
		{"AWS managed of EBS, before the guide has either of two kinds", "2021-01-22", "manager=AWS alias=alias/aws/ebs", "eu-west-1 ru A", rule.Undocumented, "key-of-other-service@VolumeEncryptionKey", ""},
		{"AWS managed of EBS, since it has them", "2021-01-23", "manager=AWS alias=alias/aws/ebs", "eu-west-1 ru A", rule.Denied, "key-of-other-service@VolumeEncryptionKey", ""},
		{"AWS managed of EBS by alias", newest, "arn= manager= spec= state=", "eu-west-1 ru alias/aws/ebs", rule.Denied,
			"key-of-other-service@VolumeEncryptionKey key-not-arn@VolumeEncryptionKey", ""},
		{"alias of the request before that of k", newest, "alias=alias/mine", "eu-west-1 ru alias/aws/ebs", rule.Denied,
			"key-of-other-service@VolumeEncryptionKey key-not-arn@VolumeEncryptionKey", ""},
		{"manager not told", newest, "manager=", "eu-west-1 ru A", rule.Undocumented, "", ""},
		{"alias with the AWS word in it", newest, "alias=alias/awsome", "eu-west-1 ru A", rule.Allowed, "", ""},
		{"standby", newest, "", "eu-west-1 ru A standby", rule.Allowed, "", ""},
		{"standby, AWS managed", newest, "manager=AWS alias=alias/aws/workspaces", "eu-west-1 ru A standby", rule.Denied, "key-not-customer-managed@KeyMetadata.KeyManager", ""},
		{"standby before it was documented", "2022-01-01", "manager=AWS alias=alias/aws/workspaces", "eu-west-1 ru A standby", rule.Undocumented, "", ""},
		{"alias name", newest, "", "eu-west-1 ru alias/mine", rule.Undocumented, "key-not-arn@VolumeEncryptionKey", ""},
		{"alias of WorkSpaces", newest, "manager=AWS", "eu-west-1 ru alias/aws/workspaces", rule.Undocumented, "key-not-arn@VolumeEncryptionKey", ""},
		{"alias ARN", newest, "", "eu-west-1 ru arn:aws:kms:eu-west-1:111122223333:alias/mine", rule.Undocumented, "key-not-arn@VolumeEncryptionKey", ""},
		{"alias ARN in another Region", newest, "arn=", "eu-west-1 ru arn:aws:kms:us-east-1:111122223333:alias/mine", rule.Denied,
			"key-in-other-region@VolumeEncryptionKey key-not-arn@VolumeEncryptionKey", ""},
		{"key id", newest, "", "eu-west-1 ru " + keyID, rule.Undocumented, "key-not-arn@VolumeEncryptionKey", ""},
		{"multi-Region key id", newest, "", "eu-west-1 ru mrk-1234abcd12ab34cd56ef1234567890ab", rule.Undocumented, "key-not-arn@VolumeEncryptionKey", ""},
		{"bare alias", newest, "", "eu-west-1 ru aws/workspaces", rule.Denied, "key-not-found@VolumeEncryptionKey", ""},
		{"bare alias before it was reported", "2020-05-29", "", "eu-west-1 ru aws/workspaces", rule.Undocumented, "", ""},
		{"volume without key", newest, "", "eu-west-1 r", rule.Undocumented, "volume-without-key@VolumeEncryptionKey", ""},
		{"key without volume", newest, "", "eu-west-1 - A", rule.Undocumented, "key-without-volume@VolumeEncryptionKey", ""},
		{"all at once", newest, "arn=arn:aws-cn:kms:us-east-1:111122223333:key/x spec=RSA_2048 state=Disabled manager=AWS alias=alias/aws/ebs", "eu-west-1 - alias/aws/ebs standby", rule.Denied,
			"key-asymmetric@KeyMetadata.KeySpec key-not-enabled@KeyMetadata.KeyState key-in-other-region@VolumeEncryptionKey key-in-other-partition@VolumeEncryptionKey " +
				"key-of-other-service@VolumeEncryptionKey key-not-customer-managed@KeyMetadata.KeyManager key-not-arn@VolumeEncryptionKey key-without-volume@VolumeEncryptionKey", ""},

		{"other Region than one that is not known", newest, "arn=" + keyUS, "- ru US", rule.Undocumented, "", ""},
		{"Region not known", newest, "", "- ru A", rule.Undocumented, "", ""},
		{"bare alias, Region not known", newest, "", "- ru aws/workspaces", rule.Denied, "key-not-found@VolumeEncryptionKey", ""},
		{"no Region", newest, "", "EU ru A", rule.Undocumented, "", "Region"},
		{"malformed key", newest, "", "eu-west-1 ru my-key", rule.Undocumented, "", "VolumeEncryptionKey"},
		{"short multi-Region key id", newest, "", "eu-west-1 ru mrk-1234abcd", rule.Undocumented, "", "VolumeEncryptionKey"},
		{"almost a key id", newest, "", "eu-west-1 ru 1234abcd-12ab-34cd-56ef_1234567890ab", rule.Undocumented, "", "VolumeEncryptionKey"},
		{"almost hexadecimal", newest, "", "eu-west-1 ru 1234abcd-12ab-34cd-56ef-1234567890ag", rule.Undocumented, "", "VolumeEncryptionKey"},
		{"key of another service", newest, "", "eu-west-1 ru arn:aws:s3:eu-west-1:111122223333:key/x", rule.Undocumented, "", "VolumeEncryptionKey"},
		{"key without an id", newest, "", "eu-west-1 ru arn:aws:kms:eu-west-1:111122223333:key/", rule.Undocumented, "", "VolumeEncryptionKey"},
		{"key without an account", newest, "", "eu-west-1 ru arn:aws:kms:eu-west-1::key/x", rule.Undocumented, "", "VolumeEncryptionKey"},
		{"another key", newest, "", "eu-west-1 ru B", rule.Undocumented, "", "KeyMetadata.Arn"},
		{"malformed ARN of k", newest, "arn=" + keyID, "eu-west-1 ru A", rule.Undocumented, "", "KeyMetadata.Arn"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, err := at(t, tt.date).CheckKey(key(t, tt.key), use(tt.use))
			if a.Verdict != tt.verdict || codes(a.Violations) != tt.codes || inputError(t, err) != tt.err {
				t.Errorf("got %+v, %v, want %s, %q, %q", a, err, tt.verdict, tt.codes, tt.err)
			}
		})
	}
}

// Every state, spec and manager, known or not, in every edition since the FAQ, before which
// no document speaks of them: each member decides by itself, and the verdict is the
// three-valued conjunction of theirs.
func TestCheckKeyConjunction(t *testing.T) {
	specs := map[string]rule.Verdict{"SYMMETRIC_DEFAULT": rule.Allowed, "RSA_4096": rule.Denied, "ECC_SECG_P256K1": rule.Denied, "SM2": rule.Denied, "ML_DSA_87": rule.Denied, "HMAC_512": rule.Undocumented, "NEW": rule.Undocumented, "": rule.Undocumented}
	states := map[string]rule.Verdict{"Enabled": rule.Allowed, "Creating": rule.Denied, "Disabled": rule.Denied, "PendingDeletion": rule.Denied, "PendingImport": rule.Denied, "PendingReplicaDeletion": rule.Denied, "Unavailable": rule.Denied, "Updating": rule.Denied, "New": rule.Undocumented, "": rule.Undocumented}
	managers := map[string]rule.Verdict{"CUSTOMER": rule.Allowed, "AWS": rule.Undocumented, "NEW": rule.Undocumented, "": rule.Undocumented}
	regions := map[string]rule.Verdict{"eu-west-1": rule.Allowed, "us-east-1": rule.Denied}
	for _, e := range encryption.Editions() {
		if e.String() < "2017-12-31" {
			continue
		}
		rules := at(t, e.String())
		for spec, a := range specs {
			if a == rule.Denied && e.String() < "2019-11-28" {
				a = rule.Undocumented
			}
			for state, b := range states {
				for manager, c := range managers {
					for region, d := range regions {
						want := a.And(b).And(c).And(d)
						k := encryption.Key{ARN: keyA, Manager: manager, Spec: spec, State: state}
						got, err := rules.CheckKey(k, encryption.Use{Region: region, VolumeEncryptionKey: keyA, User: true})
						if err != nil || got.Verdict != want || (got.Err() != nil) != (want == rule.Denied) {
							t.Errorf("%s: %+v in %s: %+v, %v, want %s", e, k, region, got, err, want)
						}
					}
				}
			}
		}
	}
}

func TestCheckChange(t *testing.T) {
	const newest = "2026-09-10"
	for _, tt := range []struct {
		name, date, is, want string
		verdict              rule.Verdict
		codes, err           string
	}{
		{"the same", newest, "eu-west-1 ru A", "eu-west-1 ru A", rule.Allowed, "", ""},
		{"the same without", newest, "eu-west-1 -", "eu-west-1 -", rule.Allowed, "", ""},
		{"encrypt later", newest, "eu-west-1 -", "eu-west-1 u A", rule.Denied, "encryption-final@UserVolumeEncryptionEnabled encryption-final@VolumeEncryptionKey", ""},
		{"decrypt", "2017-12-31", "eu-west-1 ru A", "eu-west-1 -", rule.Denied, "encryption-final@RootVolumeEncryptionEnabled encryption-final@UserVolumeEncryptionEnabled encryption-final@VolumeEncryptionKey", ""},
		{"another key", newest, "eu-west-1 ru A", "eu-west-1 ru B", rule.Denied, "encryption-final@VolumeEncryptionKey", ""},
		{"an alias", newest, "eu-west-1 ru A", "eu-west-1 ru alias/aws/workspaces", rule.Undocumented, "", ""},
		{"an alias and another volume", newest, "eu-west-1 ru A", "eu-west-1 r alias/aws/workspaces", rule.Denied, "encryption-final@UserVolumeEncryptionEnabled", ""},
		{"the same alias", newest, "eu-west-1 ru alias/x", "eu-west-1 ru alias/x", rule.Undocumented, "", ""},
		{"the same ARN of an alias", newest, "eu-west-1 ru arn:aws:kms:eu-west-1:111122223333:alias/x", "eu-west-1 ru arn:aws:kms:eu-west-1:111122223333:alias/x", rule.Undocumented, "", ""},
		{"another Region", newest, "eu-west-1 ru A", "us-east-1 ru US", rule.Undocumented, "", "Region"},
		{"malformed before", newest, "eu-west-1 ru ?", "eu-west-1 ru A", rule.Undocumented, "", "VolumeEncryptionKey"},
		{"malformed after", newest, "eu-west-1 ru A", "eu-west-1 ru ?", rule.Undocumented, "", "VolumeEncryptionKey"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, err := at(t, tt.date).CheckChange(use(tt.is), use(tt.want))
			if a.Verdict != tt.verdict || codes(a.Violations) != tt.codes || inputError(t, err) != tt.err {
				t.Errorf("got %+v, %v, want %s, %q, %q", a, err, tt.verdict, tt.codes, tt.err)
			}
		})
	}
}

func TestUseOfSDKTypes(t *testing.T) {
	yes, no, k, empty := true, false, keyA, ""
	for _, tt := range []struct {
		key        *string
		root, user *bool
		want       encryption.Use
		encrypt    bool // a launch with these flags is to get a key
	}{
		{nil, nil, nil, encryption.Use{Region: "eu-west-1"}, false},
		{&empty, &no, &no, encryption.Use{Region: "eu-west-1"}, false},
		{&k, &yes, nil, encryption.Use{Region: "eu-west-1", VolumeEncryptionKey: keyA, Root: true}, true},
		{nil, &no, &yes, encryption.Use{Region: "eu-west-1", User: true}, true},
	} {
		request := types.WorkspaceRequest{VolumeEncryptionKey: tt.key, RootVolumeEncryptionEnabled: tt.root, UserVolumeEncryptionEnabled: tt.user}
		workspace := types.Workspace{VolumeEncryptionKey: tt.key, RootVolumeEncryptionEnabled: tt.root, UserVolumeEncryptionEnabled: tt.user}
		if got := encryption.RequestedUse("eu-west-1", request); got != tt.want {
			t.Errorf("RequestedUse = %+v, want %+v", got, tt.want)
		}
		if got := encryption.UseOf("eu-west-1", workspace); got != tt.want {
			t.Errorf("UseOf = %+v, want %+v", got, tt.want)
		}
		if got, want := encryption.Requested("eu-west-1", request), (encryption.Workspace{Region: "eu-west-1", Key: tt.want.VolumeEncryptionKey, Unencrypted: !tt.encrypt}); got != want {
			t.Errorf("Requested = %+v, want %+v", got, want)
		}
		if got, want := encryption.Launched("eu-west-1", workspace), (encryption.Workspace{Region: "eu-west-1", Key: tt.want.VolumeEncryptionKey, Unencrypted: tt.want.VolumeEncryptionKey == ""}); got != want {
			t.Errorf("Launched = %+v, want %+v", got, want)
		}
		workspace.StandbyWorkspacesProperties = make([]types.StandbyWorkspacesProperties, 1)
		if !encryption.UseOf("eu-west-1", workspace).Standby {
			t.Error("a WorkSpace with a standby is not told")
		}
		workspace.StandbyWorkspacesProperties, workspace.RelatedWorkspaces = nil, make([]types.RelatedWorkspaceProperties, 1)
		if !encryption.UseOf("eu-west-1", workspace).Standby {
			t.Error("a standby WorkSpace is not told")
		}
	}
}

func TestParseKey(t *testing.T) {
	const text = `{"KeyMetadata": {"AWSAccountId": "111122223333", "KeyId": "` + keyID + `", "Arn": "` + keyA + `", "CreationDate": "2020-04-29T00:00:00+00:00",
		"Enabled": false, "Description": "", "KeyUsage": "ENCRYPT_DECRYPT", "KeyState": "Disabled", "Origin": "AWS_KMS", "KeyManager": "CUSTOMER", %s "MultiRegion": false}}`
	want := encryption.Key{ARN: keyA, Manager: "CUSTOMER", Spec: "SYMMETRIC_DEFAULT", State: "Disabled"}
	for _, specs := range []string{`"KeySpec": "SYMMETRIC_DEFAULT",`, `"CustomerMasterKeySpec": "SYMMETRIC_DEFAULT",`, `"CustomerMasterKeySpec": "SYMMETRIC_DEFAULT", "KeySpec": "SYMMETRIC_DEFAULT",`} {
		if got, err := encryption.ParseKey(fmt.Appendf(nil, text, specs)); err != nil || got != want {
			t.Errorf("%s: %+v, %v", specs, got, err)
		}
	}
	for _, bad := range []string{``, `{}`, `null`, `[]`, `{"KeyMetadata": {}}`, `{"KeyMetadata": {"Arn": "` + keyID + `"}}`, fmt.Sprintf(text, "") + "{}"} {
		if got, err := encryption.ParseKey([]byte(bad)); err == nil || got != (encryption.Key{}) {
			t.Errorf("%q: %+v, %v", bad, got, err)
		}
	}
}

func FuzzParseKey(f *testing.F) {
	f.Add([]byte(`{"KeyMetadata": {"Arn": "` + keyA + `", "KeyState": "Enabled", "KeySpec": "SYMMETRIC_DEFAULT", "KeyManager": "CUSTOMER"}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		k, err := encryption.ParseKey(data)
		if err != nil {
			return
		}
		region := strings.Split(k.ARN, ":")[3]
		a, err := encryption.Newest().CheckKey(k, encryption.Use{Region: region, VolumeEncryptionKey: k.ARN, User: true})
		if err != nil || strings.Contains(codes(a.Violations), "key-in-other-region") {
			t.Fatalf("%s: %+v, %v", k.ARN, a, err)
		}
	})
}

// Whatever is given as a key is one of the forms, or an error that names it.
func FuzzVolumeEncryptionKey(f *testing.F) {
	for _, s := range []string{keyA, keyB, keyID, "alias/aws/workspaces", "aws/workspaces", "arn:aws:kms:eu-west-1:111122223333:alias/mine", "arn:::::", "mrk-"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		u := encryption.Use{Region: "eu-west-1", VolumeEncryptionKey: s, User: true}
		a, err := encryption.Newest().CheckKey(encryption.Key{}, u)
		if err != nil {
			var input *rule.InputError
			if !errors.As(err, &input) || input.Value != s {
				t.Fatalf("%q: %v", s, err)
			}
			return
		}
		if a.Verdict == rule.Allowed || !strings.HasPrefix(s, "arn:") && len(a.Violations) == 0 {
			t.Fatalf("%q: %+v", s, a)
		}
		if same, err := encryption.Newest().CheckChange(u, u); err != nil || same.Verdict == rule.Denied {
			t.Fatalf("%q is not the same as itself: %+v, %v", s, same, err)
		}
	})
}

func TestChecksDoNotAllocate(t *testing.T) {
	rules := encryption.Newest()
	managed := sound
	managed.Manager, managed.Alias = "AWS", "alias/aws/workspaces"
	for name, f := range map[string]func() (rule.Answer, error){
		"CheckKey":                func() (rule.Answer, error) { return rules.CheckKey(sound, use1) },
		"CheckKey of AWS":         func() (rule.Answer, error) { return rules.CheckKey(managed, use1) },
		"CheckKey of nothing":     func() (rule.Answer, error) { return rules.CheckKey(sound, use0) },
		"CheckChange":             func() (rule.Answer, error) { return rules.CheckChange(use1, use1) },
		"CheckChange of nothing":  func() (rule.Answer, error) { return rules.CheckChange(use0, use0) },
		"CheckGrants of one each": func() (rule.Answer, error) { return rules.CheckGrants(few, false) },
		"CheckUse":                func() (rule.Answer, error) { return rules.CheckUse(use1) },
	} {
		if a, err := f(); a.Verdict != rule.Allowed || a.Violations != nil || err != nil {
			t.Errorf("%s: %+v, %v", name, a, err)
		}
		if n := testing.AllocsPerRun(100, func() { _, _ = f() }); n > 0 {
			t.Errorf("%s allocates %v times", name, n)
		}
	}
	if n := testing.AllocsPerRun(100, func() { _, _, _ = rules.MaxWorkSpaces(true, true, false) }); n > 0 {
		t.Errorf("MaxWorkSpaces allocates %v times", n)
	}
}

var (
	use0 = encryption.Use{Region: "eu-west-1"}
	use1 = encryption.Use{Region: "eu-west-1", VolumeEncryptionKey: keyA, Root: true, User: true}
	few  = encryption.GrantCount{Key: keyA, Total: 3, WorkSpaces: 1, EBS: 2, Grantees: []encryption.Grantee{{Principal: "workspaces.amazonaws.com", Grants: 3}}}
)
