// Package docs_test holds the examples that adopting.md shows.
package docs_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	wks "github.com/wksgo/wks"
	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/throttle/throttletest"
)

// service stands for WorkSpaces.
var service, _ = throttletest.New(throttletest.Config{})

// With the configuration of an account, the client is
// workspaces.NewFromConfig(cfg, wks.Guard(), throttle.Pace(throttle.Strict())).
func Example_guard() {
	client := service.Client("eu-west-1", wks.Guard(), throttle.Pace(throttle.Strict()))

	_, err := client.TerminateWorkspaces(context.Background(), &workspaces.TerminateWorkspacesInput{
		TerminateWorkspaceRequests: []types.TerminateRequest{{WorkspaceId: aws.String("wsb-0zsvgp8fc")}},
	})
	var refused *wks.RefusedError
	if errors.As(err, &refused) {
		for _, v := range refused.Violations {
			fmt.Println(refused.Operation, v.Path, v.Code)
		}
	}
	fmt.Println("calls that reached the service:", len(service.Log()))
	// Output:
	// TerminateWorkspaces TerminateWorkspaceRequests[0].WorkspaceId wks.pattern-not-matched
	// calls that reached the service: 0
}

func Example_report() {
	watch := wks.Report(func(ctx context.Context, operation string, v rule.Violation) {
		fmt.Println("would refuse", operation, v.Path, v.Code)
	})
	client := service.Client("eu-west-1", wks.Guard(wks.OnMust(watch), wks.OnShould(watch)))

	_, err := client.DescribeWorkspaces(context.Background(), &workspaces.DescribeWorkspacesInput{Limit: aws.Int32(100)})
	fmt.Println(err)
	// Output:
	// would refuse DescribeWorkspaces Limit wks.number-out-of-range
	// <nil>
}

// diagnostics is what validators need of *diag.Diagnostics, with P for path.Path.
type diagnostics[P any] interface {
	AddAttributeError(at P, summary, detail string)
	AddAttributeWarning(at P, summary, detail string)
}

// attributes are those of aws_workspaces_workspace, by the path of the API. The key is the
// whole path: a violation elsewhere is the resource's.
var attributes = map[rule.Path]string{
	"RootVolumeSizeGib":                   "root_volume_size_gib",
	"UserVolumeSizeGib":                   "user_volume_size_gib",
	"RunningMode":                         "running_mode",
	"RunningModeAutoStopTimeoutInMinutes": "running_mode_auto_stop_timeout_in_minutes",
}

// validateProperties checks the block workspace_properties. at makes a path of the provider
// of an attribute's name, "" for the block itself.
func validateProperties[P any](diags diagnostics[P], at func(attribute string) P, p types.WorkspaceProperties) {
	rules := bundles.Newest()
	volumes, err := rules.CheckVolumes(p.ComputeTypeName, aws.ToInt32(p.RootVolumeSizeGib), aws.ToInt32(p.UserVolumeSizeGib))
	if err != nil {
		diags.AddAttributeError(at(""), "cannot be checked", err.Error())
		return
	}
	mode, err := rules.CheckRunningMode(p.RunningMode, p.RunningModeAutoStopTimeoutInMinutes)
	if err != nil {
		diags.AddAttributeError(at(""), "cannot be checked", err.Error())
		return
	}
	for _, v := range append(volumes.Violations, mode.Violations...) {
		add := diags.AddAttributeError
		if v.Level == rule.Should {
			add = diags.AddAttributeWarning
		}
		add(at(attributes[v.Path]), string(v.Code), v.Detail)
	}
}

// printed stands for the framework.
type printed struct{}

func (printed) AddAttributeError(at, summary, detail string)   { fmt.Println("error:", at, summary) }
func (printed) AddAttributeWarning(at, summary, detail string) { fmt.Println("warning:", at, summary) }

func Example_terraform() {
	block := func(attribute string) string { return strings.TrimSuffix("workspace_properties."+attribute, ".") }
	validateProperties(printed{}, block, types.WorkspaceProperties{
		ComputeTypeName:                     types.ComputePower,
		RootVolumeSizeGib:                   aws.Int32(80),
		UserVolumeSizeGib:                   aws.Int32(200),
		RunningMode:                         types.RunningModeAutoStop,
		RunningModeAutoStopTimeoutInMinutes: aws.Int32(90),
	})
	// Output:
	// error: workspace_properties.root_volume_size_gib bundles.volume-pair-not-in-group
	// error: workspace_properties.running_mode_auto_stop_timeout_in_minutes bundles.auto-stop-minutes
}

// admit answers a POST of CreateWorkspaces as JSON with the verdict and what is wrong.
func admit(w http.ResponseWriter, r *http.Request) {
	var in workspaces.CreateWorkspacesInput
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&in); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	broken, undocumented, err := wks.Check(&in)
	if err != nil {
		http.Error(w, err.Error(), http.StatusUnprocessableEntity)
		return
	}
	json.NewEncoder(w).Encode(map[string]any{
		"allowed":      broken.Err() == nil, // what no document decides is admitted here
		"violations":   broken,
		"undocumented": undocumented,
	})
}

func Example_admission() {
	request := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(`{"Workspaces": [
		{"BundleId": "wsb-0zsvgp8fc", "DirectoryId": "d-926722edaf", "UserName": "mary.major", "Tags": [{"Key": "aws:team"}]}
	]}`))
	response := httptest.NewRecorder()
	admit(response, request)

	var indented bytes.Buffer
	json.Indent(&indented, response.Body.Bytes(), "", "  ")
	fmt.Print(indented.String())
	// Output:
	// {
	//   "allowed": false,
	//   "undocumented": null,
	//   "violations": [
	//     {
	//       "code": "bundles.tag-reserved",
	//       "path": "Workspaces[0].Tags[0].Key",
	//       "detail": "\"aws:team\" has the reserved prefix aws:",
	//       "level": "must",
	//       "cite": {
	//         "document": "admin-guide-2020",
	//         "section": "Tag Restrictions",
	//         "date": "2020-04-29"
	//       }
	//     }
	//   ]
	// }
}

// run checks names of WorkSpaces, one a line. Its result is the status of the command: 0
// if nothing is wrong, 1 for a rule that is broken, 2 if that could not be told.
func run(names io.Reader, stdout, stderr io.Writer) (status int) {
	text, err := io.ReadAll(names)
	if err != nil {
		fmt.Fprintln(stderr, err)
		return 2
	}
	for name := range strings.Lines(string(text)) {
		answer, err := bundles.Newest().CheckName(bundles.WorkspaceName, strings.TrimRight(name, "\r\n"))
		if err != nil {
			fmt.Fprintln(stderr, err)
			return 2
		}
		for _, v := range answer.Violations {
			fmt.Fprintf(stdout, "%s %s\n", v.Level, v)
		}
		if answer.Violations.Err() != nil {
			status = 1
		}
	}
	return status
}

func Example_status() {
	var stdout, stderr bytes.Buffer
	status := run(strings.NewReader("finance-01\nfinance 02\n"), &stdout, &stderr)
	fmt.Print(stdout.String(), "exit status ", status)
	// Output:
	// must WorkspaceName: ' ' does not belong where it stands in "finance 02" (bundles.name-alphabet)
	// exit status 1
}

// A program that plans with an old document names its edition.
func Example_edition() {
	for _, date := range []string{"2018-02-03", "2020-07-08", "2026-09-10"} {
		rules, err := bundles.At(rule.MustParseEdition(date))
		if err != nil {
			fmt.Println(err)
			return
		}
		wait, cite := rules.Wait(bundles.BetweenLarger)
		fmt.Println(date, wait, cite.Document, cite.Date)
	}
	// Output:
	// 2018-02-03 24h0m0s admin-guide-modify 2018-02-03
	// 2020-07-08 1h0m0s admin-guide-modify 2020-07-08
	// 2026-09-10 6h0m0s admin-guide-modify 2021-09-03
}
