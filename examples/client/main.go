// Client reboots the WorkSpaces of a Region that do not respond. Its requests are neither refused nor throttled:
// Guard checks each one before it is signed, and Pace makes every attempt wait for its token of the quota.
//
//	go run ./examples/client
//
// It takes credentials and Region from where the AWS CLI takes them.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/throttle"
)

// most is how many WorkSpaces one call of RebootWorkspaces takes.
const most = 25

func main() {
	ctx := context.Background()
	cfg, err := config.LoadDefaultConfig(ctx)
	if err == nil {
		err = reboot(ctx, workspaces.NewFromConfig(cfg, options()...), most, os.Stdout)
	}
	if err != nil {
		tell(os.Stderr, err)
		os.Exit(1)
	}
}

// options are those of a client that checks each request before it is sent, and keeps within the quota.
func options() []func(*workspaces.Options) {
	return []func(*workspaces.Options){wks.Guard(), throttle.Pace(throttle.Strict())}
}

// reboot reboots every WorkSpace in the state UNHEALTHY, and tells what became of each.
func reboot(ctx context.Context, client *workspaces.Client, batch int, w io.Writer) error {
	var ids []string
	pages := workspaces.NewDescribeWorkspacesPaginator(client, &workspaces.DescribeWorkspacesInput{})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return err
		}
		for _, d := range page.Workspaces {
			if d.State == types.WorkspaceStateUnhealthy {
				ids = append(ids, aws.ToString(d.WorkspaceId))
			}
		}
	}
	for part := range slices.Chunk(ids, batch) {
		in := &workspaces.RebootWorkspacesInput{}
		for _, id := range part {
			in.RebootWorkspaceRequests = append(in.RebootWorkspaceRequests, types.RebootRequest{WorkspaceId: &id})
		}
		out, err := client.RebootWorkspaces(ctx, in)
		if err != nil {
			return err
		}
		for _, f := range out.FailedRequests {
			fmt.Fprintln(w, "not rebooted:", aws.ToString(f.WorkspaceId), aws.ToString(f.ErrorMessage))
		}
		fmt.Fprintf(w, "rebooting %d of %d WorkSpaces\n", len(part)-len(out.FailedRequests), len(ids))
	}
	return nil
}

// tell writes an error. Of a request that Guard refused it writes what is wrong with it, and what to do.
func tell(w io.Writer, err error) {
	var refused *wks.RefusedError
	if !errors.As(err, &refused) {
		fmt.Fprintln(w, err)
		return
	}
	fmt.Fprintln(w, refused.Operation, "was not sent:")
	for _, v := range refused.Violations {
		fmt.Fprintf(w, "  %s: %s (%s)\n  %s\n", v.Path, v.Detail, v.Code, v.Remedy)
	}
}
