package runner

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/migrate"
)

// settle looks at everything in flight until it has ended.
func (r *run) settle() error {
	for first := true; len(r.followed) > 0; first = false {
		if !first || r.slept > 0 {
			if err := r.o.Clock.Sleep(r.ctx, r.o.PollEvery); err != nil {
				return err
			}
			r.slept += r.o.PollEvery
		}
		if err := r.look(); err != nil {
			return err
		}
		r.event(Event{Kind: Looked})
	}
	return nil
}

// look describes what is in flight and records what has ended.
func (r *run) look() error {
	var ids, watch []string
	unheard := map[common]int{} // requests without a target
	for id := range r.followed {
		ids = append(ids, id)
		if e := r.journal.entries[id]; e.targetID == "" {
			unheard[commonOf(&e.migration)]++
		}
	}
	slices.Sort(ids)
	for _, id := range ids {
		if unheard[commonOf(&r.journal.entries[id].migration)] < 2 {
			if err := r.find(id); err != nil {
				return err
			}
		}
		watch = append(watch, id)
		if t := r.journal.entries[id].targetID; t != "" {
			watch = append(watch, t)
		}
	}
	var seen []types.Workspace
	for some := range slices.Chunk(watch, perDescribe) {
		described, err := r.describe(&workspaces.DescribeWorkspacesInput{WorkspaceIds: some})
		if err != nil {
			return err
		}
		seen = append(seen, described...)
	}
	byID := map[string][]types.Workspace{}
	for _, w := range seen {
		byID[value(w.WorkspaceId)] = append(byID[value(w.WorkspaceId)], w)
	}
	for _, id := range ids {
		e, f := r.journal.entries[id], r.followed[id]
		if f.missing++; len(byID[id])+len(byID[e.targetID]) > 0 {
			f.missing = 0
		}
		foreign := slices.ContainsFunc(byID[e.targetID], e.isForeign)
		if e.targetID != "" && (f.missing > 1 && searchable(&e.migration) || foreign) {
			if foreign {
				f.foreign = append(f.foreign, e.targetID)
			}
			delete(r.taken, e.targetID)
			e.targetID = "" // the answer may be wrong: find looks for the target before the next look
			continue
		}
		o := migrate.Observation{After: r.slept - f.since, Workspaces: slices.Concat(byID[id], byID[e.targetID])}
		f.looks = append(f.looks, o)
		t, err := r.rules.Classify(e.attempt(), f.looks)
		if err != nil {
			return err
		}
		status := t.Status
		if status == migrate.StatusOverdue && f.overdue == 0 {
			f.overdue = o.After
		}
		if status == migrate.StatusPending || status == migrate.StatusOverdue && o.After-f.overdue < r.o.Patience {
			continue
		}
		r.leave(id)
		if status == migrate.StatusSilent && e.last == Requested && searchable(&e.migration) {
			if err := r.record(Record{Kind: NotSent, WorkspaceID: id, Detail: "a run was killed at the request, and an hour has shown no second WorkSpace"}); err != nil {
				return err
			}
			continue
		}
		if status == migrate.StatusOverdue {
			r.room.held.add(&e.migration)
		}
		if err := r.record(Record{Kind: Ended, WorkspaceID: id, TargetID: e.targetID, Status: status}); err != nil {
			return err
		}
	}
	return nil
}

// others returns the WorkSpaces that the user has before a request, so that none of them is
// taken for the new one, and why there must be no request, or "".
func (r *run) others(m *migrate.Migration) (ids []string, why string, err error) {
	if !searchable(m) {
		return nil, "", nil
	}
	described, err := r.describe(&workspaces.DescribeWorkspacesInput{DirectoryId: &m.DirectoryID, UserName: &m.UserName})
	for i := range described {
		w := &described[i]
		id := value(w.WorkspaceId)
		if id == m.WorkspaceID {
			continue
		}
		ids = append(ids, id)
		if why == "" && r.mayBeTarget(m, w) {
			why = fmt.Sprintf("its user has %s, which is %s with bundle %s: an earlier request may be in flight", id, w.State, value(w.BundleId))
		}
	}
	return ids, why, err
}

// mayBeTarget tells whether another WorkSpace of the user may be what an earlier request,
// with another journal or by hand, is making of a WorkSpace. No state tells a target that is
// being made from any WorkSpace that is.
func (r *run) mayBeTarget(m *migrate.Migration, w *types.Workspace) bool {
	id := value(w.WorkspaceId)
	owner, owned := r.taken[id]
	switch {
	case owned && owner != id && owner != m.WorkspaceID: // it is the target of another request
		return false
	case w.State == types.WorkspaceStateTerminated, r.unrelated[id]:
		return false
	}
	return w.State == types.WorkspaceStatePending || value(w.BundleId) == m.BundleID
}

// nobody is the user name of every WorkSpace that is decoupled from users.
const nobody = "[UNDEFINED]"

// searchable tells whether the target of a migration can be looked for without its ID.
func searchable(m *migrate.Migration) bool {
	return m.DirectoryID != "" && m.UserName != "" && m.UserName != nobody
}

// common is what the targets of requests have in common that could be taken for one another.
type common struct{ user, directory, bundle string }

func commonOf(m *migrate.Migration) common {
	return common{folded(m.UserName), m.DirectoryID, m.BundleID}
}

// folded returns the same for texts that differ in upper and lower case alone, as strings.EqualFold has it.
func folded(s string) string {
	return strings.Map(func(r rune) rune {
		least := r
		for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
			least = min(least, other)
		}
		return least
	}, s)
}

// find looks for the target of a request whose answer was lost: the only WorkSpace of the
// same user in the same directory that was not there before, has the target's bundle and
// belongs to no other attempt. While two attempts of a user might own it, neither does, and look does not ask.
func (r *run) find(id string) error {
	e := r.journal.entries[id]
	m := &e.migration
	if e.targetID != "" || !searchable(m) {
		return nil
	}
	described, err := r.describe(&workspaces.DescribeWorkspacesInput{DirectoryId: &m.DirectoryID, UserName: &m.UserName})
	if err != nil {
		return err
	}
	var found []string
	for _, w := range described {
		if t := value(w.WorkspaceId); t != "" && r.taken[t] == "" && !slices.Contains(r.followed[id].foreign, t) && value(w.BundleId) == m.BundleID && !slices.Contains(e.others, t) {
			found = append(found, t)
		}
	}
	if len(found) != 1 {
		return nil
	}
	r.taken[found[0]] = id
	return r.record(Record{Kind: Found, WorkspaceID: id, TargetID: found[0]})
}

// isForeign tells whether a WorkSpace is that of another user than an entry's.
func (e *entry) isForeign(w types.Workspace) bool {
	differ := func(has *string, want string) bool {
		return value(has) != "" && want != "" && !strings.EqualFold(*has, want)
	}
	return differ(w.UserName, e.migration.UserName) || differ(w.DirectoryId, e.migration.DirectoryID)
}
