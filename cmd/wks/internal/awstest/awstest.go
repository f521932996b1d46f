// Package awstest is an account at a local endpoint, for tests of programs that ask AWS: wkstest for
// WorkSpaces, and small stubs for the few operations of other services that preflight needs.
package awstest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/wksgo/wks/wkstest"
)

// An Account answers for all services, by what each request asks for.
type Account struct {
	WorkSpaces *wkstest.Server
	EC2        http.Handler // moto, say; nil is a small network: see ec2.go
	// Refuse has an error code for operations that are refused, such as DescribeVpcs.
	Refuse map[string]string

	mu    sync.Mutex
	calls map[string]int
}

// Key is the one key that KMS has, in every Region.
const Key = "1234abcd-12ab-34cd-56ef-1234567890ab"

// Alias is that of the key, behind "alias/".
const Alias = "desktops"

// Serve serves the account until the test ends, points the environment of the SDK and the AWS CLI to it,
// and returns its address.
func (a *Account) Serve(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(a)
	t.Cleanup(server.Close)
	Credentials(t)
	t.Setenv("AWS_ENDPOINT_URL", server.URL)
	return server.URL
}

// Credentials sets made-up credentials, and keeps those of the machine out.
func Credentials(t *testing.T) {
	t.Helper()
	nowhere := t.TempDir() + "/none"
	for name, value := range map[string]string{
		"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "SECRET", "AWS_SESSION_TOKEN": "", "AWS_PROFILE": "", "AWS_DEFAULT_PROFILE": "",
		"AWS_CONFIG_FILE": nowhere, "AWS_SHARED_CREDENTIALS_FILE": nowhere, "AWS_EC2_METADATA_DISABLED": "true",
	} {
		t.Setenv(name, value) // which sets back at the end what was
		if value == "" {      // which the CLI takes for a value
			if err := os.Unsetenv(name); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// Calls returns how often an operation was asked for.
func (a *Account) Calls(operation string) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.calls[operation]
}

// Forget sets all counts to zero.
func (a *Account) Forget() {
	a.mu.Lock()
	defer a.mu.Unlock()
	clear(a.calls)
}

func (a *Account) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	r.Body = io.NopCloser(strings.NewReader(string(body)))
	service, operation, isJSON := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	form := parseForm(body)
	if !isJSON {
		service, operation = "", form["Action"]
	}
	a.mu.Lock()
	if a.calls == nil {
		a.calls = map[string]int{}
	}
	a.calls[operation]++
	a.mu.Unlock()
	if code := a.Refuse[operation]; code != "" {
		refuse(w, isJSON, code)
		return
	}
	switch service {
	case "WorkspacesService":
		a.WorkSpaces.ServeHTTP(w, r)
	case "TrentService":
		answerKMS(w, operation, region(r), body)
	case "ResourceGroupsTaggingAPI_20170126":
		a.answerTagging(w, region(r), body)
	default:
		switch {
		case operation == "GetCallerIdentity":
			fmt.Fprint(w, `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/ada</Arn><UserId>AIDAEXAMPLE</UserId><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`)
		case a.EC2 != nil && operation != "DescribeImportImageTasks": // which moto does not know
			a.EC2.ServeHTTP(w, r)
		default:
			answerEC2(w, region(r), form)
		}
	}
}

// region is that for which a request is signed.
func region(r *http.Request) string {
	_, scope, _ := strings.Cut(r.Header.Get("Authorization"), "Credential=")
	parts := strings.Split(scope, "/")
	if len(parts) < 3 {
		return ""
	}
	return parts[2]
}

func refuse(w http.ResponseWriter, isJSON bool, code string) {
	w.WriteHeader(http.StatusBadRequest)
	if isJSON {
		fmt.Fprintf(w, `{"__type": %q, "message": "User: ada is not authorized"}`, code)
		return
	}
	// The first element has what EC2 writes, and its second child what STS does.
	fmt.Fprintf(w, `<Response><Errors><Error><Code>%[1]s</Code><Message>not authorized</Message></Error></Errors><RequestID>1</RequestID></Response>`, code)
}

// page is a page of a list of n, of at most size from the place that a token says, and the next token.
func page(token string, n, size int) (from, to int, next string) {
	fmt.Sscan(cmp.Or(token, "0"), &from)
	to = min(from+size, n)
	if to < n {
		next = fmt.Sprint(to)
	}
	return from, to, next
}

func answerKMS(w http.ResponseWriter, operation, region string, body []byte) {
	var in struct{ KeyId, Marker string }
	json.Unmarshal(body, &in)
	arn := "arn:aws:kms:" + region + ":111122223333:key/" + Key
	isAlias := in.KeyId == "alias/"+Alias || in.KeyId == "arn:aws:kms:"+region+":111122223333:alias/"+Alias
	switch {
	case in.KeyId != arn && in.KeyId != Key && !(isAlias && operation == "DescribeKey"):
		refuse(w, true, "NotFoundException")
	case operation == "DescribeKey":
		fmt.Fprintf(w, `{"KeyMetadata": {"AWSAccountId": "111122223333", "Arn": %q, "CreationDate": 1600000000.5, "CustomerMasterKeySpec": "SYMMETRIC_DEFAULT", "Description": "", "Enabled": true,
			"EncryptionAlgorithms": ["SYMMETRIC_DEFAULT"], "KeyId": %q, "KeyManager": "CUSTOMER", "KeySpec": "SYMMETRIC_DEFAULT", "KeyState": "Enabled", "KeyUsage": "ENCRYPT_DECRYPT", "MultiRegion": false, "Origin": "AWS_KMS"}}`, arn, Key)
	case operation == "ListGrants":
		from, to, next := page(in.Marker, 5, 2)
		var grants []string
		for i := from; i < to; i++ {
			grants = append(grants, fmt.Sprintf(`{"KeyId": %q, "GrantId": "grant-%d", "CreationDate": 1600000000, "GranteePrincipal": "workspaces.amazonaws.com", "IssuingAccount": "arn:aws:iam::111122223333:root", "Name": "", "Operations": ["Decrypt"]}`, arn, i))
		}
		fmt.Fprintf(w, `{"Grants": [%s], "Truncated": %t`, strings.Join(grants, ","), next != "")
		if next != "" {
			fmt.Fprintf(w, `, "NextMarker": %q`, next)
		}
		fmt.Fprint(w, "}")
	}
}

// answerTagging tells the WorkSpaces that have tags, two on a page.
func (a *Account) answerTagging(w http.ResponseWriter, region string, body []byte) {
	var in struct {
		PaginationToken     string
		ResourceTypeFilters []string
	}
	json.Unmarshal(body, &in)
	var list []any
	if r := a.WorkSpaces.State().Regions[region]; r != nil && slices.Equal(in.ResourceTypeFilters, []string{"workspaces:workspace"}) {
		for _, x := range r.Workspaces {
			if len(x.Tags) > 0 {
				list = append(list, map[string]any{"ResourceARN": "arn:aws:workspaces:" + region + ":111122223333:workspace/" + aws.ToString(x.WorkspaceId), "Tags": x.Tags})
			}
		}
	}
	from, to, next := page(in.PaginationToken, len(list), 2)
	json.NewEncoder(w).Encode(map[string]any{"ResourceTagMappingList": append([]any{}, list[from:to]...), "PaginationToken": next})
}
