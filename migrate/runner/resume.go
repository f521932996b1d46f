package runner

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
)

// resume follows what the journal has in flight to its end.
func (r *run) resume() error {
	if m := r.journal.mended; m != nil {
		r.event(Event{Kind: Mended, Detail: m.Error()})
	}
	for _, id := range r.journal.order {
		e := r.journal.entries[id]
		r.taken[id] = id
		if e.targetID != "" {
			r.taken[e.targetID] = id
		}
		if e.inFlight() {
			r.follow(id)
		}
	}
	if len(r.followed) > 0 {
		if err := r.recognise(); err != nil {
			return err
		}
		if err := r.recall(); err != nil {
			return err
		}
	}
	if err := r.settle(); err != nil {
		return err
	}
	return r.recheck()
}

// recognise makes sure that the service is the one that the journal is about, whatever the
// options say of the account: elsewhere nothing is to be seen, and all that is in flight
// would count as lost. A plan need not tell the directories: the service has told those of what was requested.
func (r *run) recognise() error {
	directories := slices.Clone(r.journal.scope.Directories)
	for id := range r.followed {
		if d := r.journal.entries[id].migration.DirectoryID; d != "" {
			directories = append(directories, d)
		}
	}
	slices.Sort(directories)
	directories = slices.Compact(directories)
	for i := range directories {
		in := &workspaces.DescribeWorkspacesInput{DirectoryId: &directories[i], Limit: aws.Int32(perDescribe)}
		shown, err := r.anyOf(in)
		if shown {
			return nil
		}
		if err != nil {
			return err
		}
	}
	if len(directories) == 0 {
		return nil
	}
	return &JournalError{Name: r.journal.name, Trouble: Elsewhere, Detail: "migrations are in flight, and none of its directories (" +
		strings.Join(directories[:min(3, len(directories))], ", ") + ") shows a WorkSpace: the credentials are another account's, or every WorkSpace is gone"}
}

// anyOf tells whether a list has a WorkSpace. What the service does not know has none.
func (r *run) anyOf(in *workspaces.DescribeWorkspacesInput) (bool, error) {
	for {
		out, err := call(r, func(ctx context.Context) (*workspaces.DescribeWorkspacesOutput, error) {
			return answered(r.api.DescribeWorkspaces(ctx, in))
		})
		if invalid, gone := (*types.InvalidParameterValuesException)(nil), (*types.ResourceNotFoundException)(nil); errors.As(err, &invalid) || errors.As(err, &gone) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		next := value(out.NextToken)
		if len(out.Workspaces) > 0 || next == "" || next == value(in.NextToken) {
			return len(out.Workspaces) > 0, nil
		}
		page := *in
		page.NextToken = &next
		in = &page
	}
}

// recall finds the users of what is in flight whose names the journal does not have: in the
// plan, or else where the service still shows the WorkSpace.
func (r *run) recall() error {
	var ids []string
	for id := range r.followed {
		e := r.journal.entries[id]
		if e.migration.UserName == "" {
			e.migration.UserName = r.names[id]
		}
		if r.names[id] = e.migration.UserName; e.migration.UserName == "" {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	for some := range slices.Chunk(ids, perDescribe) {
		described, err := r.describe(&workspaces.DescribeWorkspacesInput{WorkspaceIds: some})
		if err != nil {
			return err
		}
		for i := range described {
			if e := r.journal.entries[value(described[i].WorkspaceId)]; e != nil {
				r.complete(&e.migration, &described[i])
			}
		}
	}
	return nil
}
