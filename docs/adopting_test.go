// Package docs_test holds the examples that adopting.md shows.
package docs_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/netip"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	wks "github.com/wksgo/wks"
	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/wkstest"
)

// service stands for WorkSpaces, and lets everything pass.
var service, _ = wkstest.New(wkstest.Config{Override: func(context.Context, string, any) (any, bool, error) { return nil, true, nil }})

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

// tell prints an answer, whichever package it is from, and says what a job does about it.
func tell(question string, a rule.Answer, err error) {
	if err != nil {
		fmt.Println(question, "cannot be answered:", err)
		return
	}
	fmt.Println(question, a.Verdict)
	for _, v := range a.Violations {
		fmt.Printf("  %s %s\n  remedy: %s\n", v.Level, v, v.Remedy)
	}
	for _, o := range a.Open {
		if o.By == rule.ByInput {
			fmt.Println("  give:", o)
		} else {
			fmt.Println("  ask AWS:", o)
		}
	}
}

// Four packages are asked, and one function handles the four answers.
func Example_answers() {
	rules := wks.Newest()

	registration, err := rules.Network.CheckRegistration(network.VPC{ID: "vpc-0a1b2c3d", Region: "us-west-2", CIDRs: []netip.Prefix{netip.MustParsePrefix("172.31.0.0/16")}})
	tell("Can a directory be registered?", registration.Answer, err)

	desktop, err := rules.Bundles.CheckDesktop(types.WorkspaceProperties{ComputeTypeName: types.ComputeGraphicspro}, bundles.LaunchContext{})
	tell("Can the desktop be launched?", desktop, err)

	migration, err := rules.Migrate.Check(
		migrate.Desktop{OS: types.OperatingSystemNameWindowsServer2016, License: migrate.Public, Protocol: types.ProtocolWsp, Compute: types.ComputeStandard},
		migrate.Desktop{License: migrate.Public, Protocol: types.ProtocolWsp, Compute: types.ComputeStandard})
	tell("Can it be migrated?", migration.Answer, err)

	image, err := rules.BYOL.CheckImport(byol.Import{Ec2ImageID: "ami-1", ImageName: "finance", ImageDescription: "Windows 11", IngestionProcess: types.WorkspaceImageIngestionProcessByolRegularWsp}, byol.Known{})
	tell("Will the image be imported?", image, err)
	// Output:
	// Can a directory be registered? undocumented
	//   should CidrBlockAssociationSet[0].CidrBlock: 172.31.0.0/16 is in use by a CIDR of the VPC (network.management-range-conflict)
	//   remedy: Keep the VPC and every network that it reaches clear of the management ranges.
	//   give: Routes: it is not known whether these are all routes of the VPC (AllRoutes)
	// Can the desktop be launched? denied
	//   must ComputeTypeName: GRAPHICSPRO ended on 2025-10-31 (bundles.compute-type-retired)
	//   remedy: Choose a compute type that is offered.
	//   give: OperatingSystemName: the operating system is not known
	//   give: Protocols: the protocol is not known
	//   give: RootVolumeSizeGib: the size is not known, and so the pair is not
	//   give: UserVolumeSizeGib: the size is not known, and so the pair is not
	// Can it be migrated? undocumented
	//   give: Target.OperatingSystemName: the operating system of the target is not known
	// Will the image be imported? denied
	//   must Ec2ImageId: "ami-1"; want ami- and 8 or 17 digits of lower-case hexadecimal (byol.ec2-image-id-malformed)
	//   remedy: Give an ID of ami- and 8 or 17 digits of lower-case hexadecimal.
	//   give: Windows.Product: it is not given; want a Windows release of the guide's list
	//   give: Windows.Release: it is not given; want a Windows release of the guide's list
	//   give: Windows.Edition: it is not given; want a Windows release of the guide's list
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
		if answer.Err() != nil {
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
