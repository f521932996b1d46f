// Reshuffle gives every WorkSpace that is to be launched a KMS key, so that no key gets more WorkSpaces than it
// should have. WorkSpaces that exist keep theirs: what is encrypted, and by which key, is fixed at the launch.
//
//	go run ./examples/reshuffle -limit 500 -keys arn:aws:kms:…,arn:aws:kms:… <request.json
//
// The request is one of CreateWorkspaces. Where the keys do not suffice, it tells how many to create: create them, and
// run it again with their ARNs. Then it prints a key for each WorkSpace.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/throttle"
)

func main() {
	limit := flag.Int("limit", encryption.DefaultLimit, "the most WorkSpaces that a key should have")
	room := flag.Int("room", 20, "how many of them are kept free: a migration holds the grants of two WorkSpaces for a while")
	keys := flag.String("keys", "", "the ARNs of the keys that may take WorkSpaces, with commas between them")
	flag.Parse()
	ctx := context.Background()
	cfg, err := config.LoadDefaultConfig(ctx)
	if err == nil {
		client := workspaces.NewFromConfig(cfg, wks.Guard(), throttle.Pace(throttle.Strict()))
		err = reshuffle(ctx, client, os.Stdin, strings.Split(*keys, ","), encryption.ShardOptions{Limit: *limit, HeadRoom: *room}, os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// reshuffle reads a request, which must be one that the service takes, and writes which key each of its WorkSpaces is to have.
func reshuffle(ctx context.Context, client *workspaces.Client, request io.Reader, arns []string, o encryption.ShardOptions, w io.Writer) error {
	decoded, err := wks.Decode("CreateWorkspaces", request)
	if err != nil {
		return err
	}
	wanted := decoded.(*workspaces.CreateWorkspacesInput).Workspaces
	region := client.Options().Region
	answer, err := wks.Check(decoded, wks.Region(region))
	if err == nil {
		err = answer.Err()
	}
	if err != nil {
		return err
	}
	fleet, err := launched(ctx, client)
	if err != nil {
		return err
	}
	before := len(fleet)
	for _, r := range wanted {
		fleet = append(fleet, encryption.Requested(region, r))
	}
	var keys []encryption.ShardKey
	for _, arn := range arns {
		if arn != "" {
			keys = append(keys, encryption.ShardKey{ARN: arn})
		}
	}
	plan, err := encryption.Newest().Shard(fleet, keys, o)
	if err != nil {
		return err
	}
	for _, v := range plan.Violations {
		fmt.Fprintln(w, v.Level, v, v.Remedy)
	}
	for _, k := range plan.Keys {
		if k.New {
			fmt.Fprintf(w, "create a key in %s, WorkSpaces: %d, name: %s\n", k.Region, k.After, k.Name)
		} else {
			fmt.Fprintf(w, "WorkSpaces: %d, then %d, key: %s\n", k.Before, k.After, k.ARN)
		}
	}
	for i, r := range wanted {
		if k, encrypted := plan.Key(before + i); encrypted {
			fmt.Fprintln(w, *r.UserName, k.Ref())
		} else {
			fmt.Fprintln(w, *r.UserName, "is not encrypted")
		}
	}
	return nil
}

// launched are the WorkSpaces that there are in the client's Region.
func launched(ctx context.Context, client *workspaces.Client) (fleet []encryption.Workspace, err error) {
	pages := workspaces.NewDescribeWorkspacesPaginator(client, &workspaces.DescribeWorkspacesInput{})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		for _, d := range page.Workspaces {
			fleet = append(fleet, encryption.Launched(client.Options().Region, d))
		}
	}
	return fleet, nil
}
