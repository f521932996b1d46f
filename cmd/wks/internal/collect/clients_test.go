package collect

import (
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	kmstypes "github.com/aws/aws-sdk-go-v2/service/kms/types"

	"github.com/wksgo/wks/cmd/wks/internal/awstest"
	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/throttle"
)

// regionOf is a run's us-west-2, of the account that the environment names.
func regionOf(t *testing.T) *region {
	t.Helper()
	o := Options{Regions: []string{"us-west-2"}, Out: t.TempDir(), Progress: io.Discard}
	cfg, err := o.load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	clients, err := newClients(cfg, "us-west-2", throttle.Quota{Rate: 1000, Burst: 1000})
	if err != nil {
		t.Fatal(err)
	}
	c := &collector{Options: o, cfg: cfg, progress: progress{w: io.Discard, left: map[string]int{}}, stop: func(error) {}}
	return &region{collector: c, clients: clients, name: "us-west-2", folder: o.Out, lost: map[string]string{}}
}

// What is expected, of files and of calls of WorkSpaces, is what ends.
func TestWhatIsExpectedEnds(t *testing.T) {
	for name, refuse := range map[string][]string{"all": nil, "tags of each": {"GetResources"}, "no tags": {"GetResources", "DescribeTags"}, "no WorkSpaces": {"DescribeWorkspaces"}} {
		a := awstest.New(t)
		a.Serve(t)
		for _, operation := range refuse {
			a.Refuse[operation] = "AccessDeniedException"
		}
		r := regionOf(t)
		if err := r.collect(t.Context()); err != nil {
			t.Fatal(err)
		}
		if p := &r.progress; p.done != p.files || p.left["us-west-2"] != 0 || p.done == 0 {
			t.Errorf("%s: %d of %d files, %d calls left", name, p.done, p.files, p.left["us-west-2"])
		}
	}
}

// A call of WorkSpaces that breaks on the way is tried again.
func TestBrokenConnection(t *testing.T) {
	a := awstest.New(t)
	a.Serve(t)
	var broken atomic.Int32
	flaky := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if broken.Add(1) == 1 {
			panic(http.ErrAbortHandler)
		}
		a.ServeHTTP(w, r)
	}))
	defer flaky.Close()
	t.Setenv("AWS_ENDPOINT_URL_WORKSPACES", flaky.URL)
	if status, stdout, stderr := run(t, t.TempDir()); status != cli.Clean || !strings.Contains(stdout, "18 files written") {
		t.Errorf("status %d, %s%s", status, stdout, stderr)
	}
}

// A service that shows an unknown certificate is asked once in all.
func TestUnknownCertificate(t *testing.T) {
	a := awstest.New(t)
	a.Serve(t)
	var connections atomic.Int32
	stranger := httptest.NewUnstartedServer(a)
	stranger.Config.ErrorLog = log.New(io.Discard, "", 0)
	stranger.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			connections.Add(1)
		}
	}
	stranger.StartTLS()
	defer stranger.Close()
	for _, service := range []string{"WORKSPACES", "EC2"} {
		t.Run(service, func(t *testing.T) {
			connections.Store(0)
			t.Setenv("AWS_ENDPOINT_URL_"+service, stranger.URL)
			status, stdout, stderr := run(t, t.TempDir())
			if n := connections.Load(); status != cli.Broken || n != 1 || !strings.Contains(stderr, "certificate") {
				t.Errorf("status %d, %d connections, %s%s", status, n, stdout, stderr)
			}
		})
	}
}

// A connection may take five seconds to be made, as the help says.
func TestConnectTimeout(t *testing.T) {
	awstest.Credentials(t)
	cfg, err := Options{Regions: []string{"us-west-2"}}.load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got := cfg.HTTPClient.(*awshttp.BuildableClient).GetDialer().Timeout; got != 5*time.Second || !strings.Contains(Command().Long, "five seconds") {
		t.Errorf("%v", got)
	}
}

// DescribeKey takes the alias of a key and ListGrants does not: the grants are those of the key that it names. A key
// that has no alias is not asked about for its grants.
func TestGrantsOfAnAlias(t *testing.T) {
	a := awstest.New(t)
	a.Serve(t)
	r := regionOf(t)
	for key, described := range map[string]int{awstest.Key: 0, "alias/" + awstest.Alias: 1, "arn:aws:kms:us-west-2:111122223333:alias/" + awstest.Alias: 1} {
		a.Forget()
		var grants []string
		err := grantsOf(key).ask(t.Context(), r.clients, func(x any) error {
			grants = append(grants, *x.(kmstypes.GrantListEntry).GrantId)
			return nil
		})
		if err != nil || !slices.Equal(grants, []string{"grant-0", "grant-1", "grant-2", "grant-3", "grant-4"}) || a.Calls("DescribeKey") != described {
			t.Errorf("%s: %q, %d calls of DescribeKey, %v", key, grants, a.Calls("DescribeKey"), err)
		}
	}
	if err := grantsOf("alias/none").ask(t.Context(), r.clients, func(any) error { return nil }); err == nil || reason(err) == "" || filepath.Base(grantsOf("alias/none").file) != "list-grants-none.json" {
		t.Error(err)
	}
}
