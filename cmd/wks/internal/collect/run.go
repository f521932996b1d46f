package collect

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/throttle"
)

// Options say what is collected, and where to.
type Options struct {
	Regions     []string  // at least one, each once
	Out         string    // the folder, which is made if it is not there
	Profile     string    // of the shared configuration; "" is what the environment says
	EndpointURL string    // for all services; "" is AWS's own
	Again       bool      // ask also for the files that are there
	Progress    io.Writer // a terminal that shows how far it is; nil shows nothing

	quota throttle.Quota // of WorkSpaces; zero is throttle.Strict
}

// A Result is what became of a collection.
type Result struct {
	Account, Caller string // "" if it was not allowed to ask
	Written, Kept   int    // files
	Missing         []Missing
}

// A Missing is a file that was not written, and why.
type Missing struct {
	File   string // within the folder
	Reason string
}

func (m Missing) String() string { return m.File + ": " + m.Reason }

// A collector is one run.
type collector struct {
	Options
	cfg      aws.Config
	progress progress
	stop     context.CancelCauseFunc

	mu     sync.Mutex
	result Result
}

// Run asks AWS for everything that wks preflight reads, and changes nothing in the account. It writes
// a folder for each Region. A file that is there and whole is kept. The error is for what kept it from
// asking anything; everything else that is missing is in the result, in the order of the files' names.
func Run(ctx context.Context, o Options) (Result, error) {
	if o.quota == (throttle.Quota{}) {
		o.quota = throttle.Strict()
	}
	c := &collector{Options: o, progress: progress{w: o.Progress, left: map[string]int{}}}
	var err error
	if c.cfg, err = o.load(ctx); err != nil {
		return Result{}, errors.New(reason(err))
	}
	who, err := identify(ctx, c.cfg)
	if err != nil {
		return Result{}, err
	}
	c.result.Account, c.result.Caller = aws.ToString(who.Account), aws.ToString(who.Arn)
	ctx, c.stop = context.WithCancelCause(ctx)
	defer c.stop(nil)
	var group sync.WaitGroup
	errs := make([]error, len(o.Regions))
	for i, name := range o.Regions {
		folder := filepath.Join(o.Out, name)
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return c.result, err
		}
		clients, err := newClients(c.cfg, name, o.quota)
		if err != nil {
			return c.result, err
		}
		r := &region{collector: c, clients: clients, name: name, folder: folder, lost: map[string]string{}}
		group.Go(func() { errs[i] = r.collect(ctx) })
	}
	group.Wait()
	c.progress.close()
	slices.SortFunc(c.result.Missing, func(a, b Missing) int { return strings.Compare(a.File, b.File) })
	return c.result, errors.Join(errs...)
}

// A region is what a run asks of one Region.
type region struct {
	*collector
	*clients
	name, folder string

	mu   sync.Mutex
	lost map[string]string // services that are not asked again, and why
}

// collect asks all questions. Those of EC2 and of WorkSpaces have their own quotas, and go side by side.
func (r *region) collect(ctx context.Context) error {
	r.progress.expect(r.name, len(network)+len(desktops)+1, len(desktops))
	var group sync.WaitGroup
	var entries, rest error
	group.Go(func() {
		r.askAll(ctx, network)
		entries = r.prefixLists(ctx)
	})
	group.Go(func() {
		r.askAll(ctx, desktops)
		rest = errors.Join(r.tags(ctx), r.keys(ctx))
	})
	group.Wait()
	return errors.Join(entries, rest)
}

func (r *region) askAll(ctx context.Context, list []question) {
	for _, q := range list {
		r.answer(ctx, q)
	}
}

// prefixLists asks for the entries of the prefix lists that routes and security groups name.
func (r *region) prefixLists(ctx context.Context) error {
	seen := map[string]bool{}
	type named struct {
		PrefixListIds []struct{ PrefixListId string }
	}
	err := errors.Join(
		list(r, routeTables, "RouteTables", func(t struct {
			Routes []struct{ DestinationPrefixListId string }
		}) {
			for _, route := range t.Routes {
				seen[route.DestinationPrefixListId] = true
			}
		}),
		list(r, securityGroups, "SecurityGroups", func(g struct{ IpPermissions, IpPermissionsEgress []named }) {
			for _, p := range slices.Concat(g.IpPermissions, g.IpPermissionsEgress) {
				for _, l := range p.PrefixListIds {
					seen[l.PrefixListId] = true
				}
			}
		}),
	)
	var questions []question
	for _, id := range sorted(seen) {
		questions = append(questions, entriesOf(id))
	}
	r.progress.expect(r.name, len(questions), 0)
	r.askAll(ctx, questions)
	return err
}

// tags asks for the tags of all WorkSpaces or, if that is denied, of each.
func (r *region) tags(ctx context.Context) error {
	err := r.answer(ctx, tags)
	if err == nil || !denied(err) {
		return nil
	}
	seen := map[string]bool{}
	err = list(r, workspacesFile, "Workspaces", func(w struct{ WorkspaceId string }) { seen[w.WorkspaceId] = true })
	ids := sorted(seen)
	if len(ids) == 0 {
		return err
	}
	r.progress.expect(r.name, len(ids), len(ids))
	for i, id := range ids {
		if e := r.answer(ctx, tagsOf(id)); e != nil && denied(e) { // so will the others be
			for _, other := range ids[i+1:] {
				r.progress.end(r.name, tagsOf(other).file, 1)
			}
			return err
		}
	}
	r.forgive(tags.file) // the files of the WorkSpaces stand for it
	return err
}

// keys asks for the KMS keys that WorkSpaces use.
func (r *region) keys(ctx context.Context) error {
	seen := map[string]bool{}
	err := list(r, workspacesFile, "Workspaces", func(w struct{ VolumeEncryptionKey string }) { seen[w.VolumeEncryptionKey] = true })
	keys := sorted(seen)
	r.progress.expect(r.name, 2*len(keys), 0)
	for _, key := range keys {
		r.answer(ctx, keyOf(key))
		r.answer(ctx, grantsOf(key))
	}
	return err
}

// list is each for a file of the Region. That it is not there is told elsewhere.
func list[T any](r *region, file, member string, do func(T)) error {
	err := each(r.folder, file, member, do)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}

// sorted returns the texts of a set but for the empty one.
func sorted(set map[string]bool) []string {
	delete(set, "")
	list := make([]string, 0, len(set))
	for s := range set {
		list = append(list, s)
	}
	slices.Sort(list)
	return list
}

// answer writes the file of a question, unless it is there. The error is that of the service, which
// is told.
func (r *region) answer(ctx context.Context, q question) error {
	service, _, _ := strings.Cut(q.action, ":")
	calls := 0
	if service == "workspaces" {
		calls = 1
	}
	defer r.progress.end(r.name, q.file, calls)
	name := filepath.Join(r.folder, q.file)
	if !r.Again && whole(name) {
		r.note(func(result *Result) { result.Kept++ })
		return nil
	}
	if why := r.gone(service); why != "" {
		r.miss(q.file, why)
		return nil
	}
	err := r.write(ctx, q, name)
	switch {
	case err == nil:
		r.note(func(result *Result) { result.Written++ })
		return nil
	case ctx.Err() != nil:
		r.miss(q.file, "interrupted: "+context.Cause(ctx).Error())
	case denied(err):
		r.miss(q.file, q.action+" is denied")
	case expired(err):
		r.stop(errors.New(reason(err)))
		r.miss(q.file, reason(err))
	case unreachable(err), stranger(err):
		r.mu.Lock()
		r.lost[service] = reason(err)
		r.mu.Unlock()
		r.miss(q.file, reason(err))
	default:
		r.miss(q.file, reason(err))
	}
	return err
}

// gone tells why a service is not asked again, or "".
func (r *region) gone(service string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.lost[service]
}

func (r *region) write(ctx context.Context, q question, name string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	w, err := newWriter(name, q.member)
	if err != nil {
		return err
	}
	err = q.ask(ctx, r.clients, func(x any) error {
		r.progress.item(r.name, q.file, w.count+1)
		return w.add(x)
	})
	if err != nil {
		w.discard()
		return err
	}
	return w.finish()
}

func (r *region) miss(file, why string) {
	r.note(func(result *Result) {
		result.Missing = append(result.Missing, Missing{r.name + "/" + file, rule.Printable(why)})
	})
}

// forgive takes a file off the missing ones.
func (r *region) forgive(file string) {
	r.note(func(result *Result) {
		result.Missing = slices.DeleteFunc(result.Missing, func(m Missing) bool { return m.File == r.name+"/"+file })
	})
}

func (c *collector) note(do func(*Result)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	do(&c.result)
}

// String tells what a run did, in one line.
func (r Result) String() string {
	s := fmt.Sprintf("%d files written", r.Written)
	if r.Kept > 0 {
		s += fmt.Sprintf(", %d kept that were there", r.Kept)
	}
	if len(r.Missing) > 0 {
		s += fmt.Sprintf(", %d missing", len(r.Missing))
	}
	return s
}
