// Migration moves all WorkSpaces of one bundle to another, wave by wave, and goes on where it was cut off: run it
// again with the same folder. It asks for no WorkSpace twice, however it ended.
//
//	go run ./examples/migration -from wsb-… -to wsb-… -system WINDOWS_SERVER_2025 -folder move
//
// The folder keeps the plan, which is made once, and the journal of what was asked for.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/migrate/runner"
)

func main() {
	from, to := flag.String("from", "", "the bundle of the WorkSpaces"), flag.String("to", "", "the bundle that they get")
	system := flag.String("system", "", "the operating system of -to, which no operation tells")
	folder := flag.String("folder", "move", "where plan and journal are kept")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	cfg, err := config.LoadDefaultConfig(ctx)
	if err == nil {
		o := runner.Options{FailureBudget: 2, Progress: func(e runner.Event) { fmt.Println(e.Kind, e.WorkspaceID, e.TargetID, e.Status, e.Detail) }}
		target := migrate.Desktop{BundleID: *to, OS: types.OperatingSystemName(*system), Protocol: types.ProtocolWsp}
		_, err = move(ctx, workspaces.NewFromConfig(cfg), *from, target, *folder, o)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// move migrates the WorkSpaces of a bundle, and returns what became of each.
func move(ctx context.Context, client *workspaces.Client, from string, to migrate.Desktop, folder string, o runner.Options) (report *runner.Report, err error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	plan := new(migrate.Plan)
	name := filepath.Join(folder, "plan.json")
	switch text, err := os.ReadFile(name); {
	case errors.Is(err, fs.ErrNotExist):
		if plan, err = newPlan(ctx, client, from, to); err != nil {
			return nil, err
		}
		if text, err = json.Marshal(plan); err == nil {
			err = os.WriteFile(name, text, 0o600)
		}
		if err != nil {
			return nil, err
		}
	case err != nil:
		return nil, err
	default:
		if err := json.Unmarshal(text, plan); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	journal, err := runner.OpenJournal(filepath.Join(folder, "journal.jsonl"))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, journal.Close()) }()
	return runner.Run(ctx, client, plan, journal, o)
}

// newPlan plans the waves.
func newPlan(ctx context.Context, client *workspaces.Client, from string, to migrate.Desktop) (*migrate.Plan, error) {
	out, err := client.DescribeWorkspaceBundles(ctx, &workspaces.DescribeWorkspaceBundlesInput{BundleIds: []string{from, to.BundleID}})
	if err != nil {
		return nil, err
	}
	bundles := map[string]types.WorkspaceBundle{}
	for _, b := range out.Bundles {
		bundles[aws.ToString(b.BundleId)] = b
	}
	target, _, err := migrate.FromBundle(bundles[to.BundleID], nil, nil)
	if err != nil {
		return nil, err
	}
	target.OS, target.Protocol = to.OS, to.Protocol
	var fleet []migrate.Workspace
	pages := workspaces.NewDescribeWorkspacesPaginator(client, &workspaces.DescribeWorkspacesInput{BundleId: &from})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		for _, w := range page.Workspaces {
			source, _, err := migrate.FromWorkspace(w, bundles[from], nil, nil)
			if err != nil {
				return nil, err
			}
			fleet = append(fleet, migrate.Workspace{ // one that is being made is in no subnet yet
				ID: aws.ToString(w.WorkspaceId), Source: source, DirectoryID: aws.ToString(w.DirectoryId), UserName: aws.ToString(w.UserName), SubnetID: aws.ToString(w.SubnetId),
			})
		}
	}
	return migrate.Newest().NewPlan(fleet, map[string]migrate.Target{from: {Desktop: target}}, migrate.Limits{})
}
