package preflight

import (
	"cmp"
	"encoding/binary"
	"reflect"

	"github.com/wksgo/wks/cmd/wks/internal/finding"
)

// A workspace is one WorkSpace. What it shares with others is in memory once.
type workspace struct {
	WorkspaceId  string
	UserName     string
	ComputerName string
	*site
	*build
	roster *roster
	index  int // in the file
}

// at is where the WorkSpace stands.
func (w *workspace) at() place {
	at := w.roster.at
	return place{File: at.File, Path: at.Path.Index(w.index), of: w}
}

func (w *workspace) resource() finding.Resource {
	return finding.Resource{Kind: "WorkSpace", ID: w.WorkspaceId, User: w.UserName, Computer: w.ComputerName, Directory: w.DirectoryId}
}

// A roster is the WorkSpaces of a file: each once, in the order of the file. It takes them from a
// decoder, one by one. The nil roster is one that was not exported.
type roster struct {
	all   []*workspace
	at    place // of the list
	notes *notes

	entry  workspaceEntry // that is decoded
	block  []workspace    // to be used
	key    []byte
	sites  map[site]*site
	builds map[string]*build // by their keys
	ids    index
	wrong  *fileError // the first value that cannot be used
}

// rosterBlock is how many WorkSpaces are allocated at once.
const rosterBlock = 256

func newRoster(at place, n *notes) *roster {
	return &roster{at: at, notes: n, sites: map[site]*site{}, builds: map[string]*build{}}
}

func (r *roster) element() reflect.Value {
	r.entry = workspaceEntry{}
	return reflect.ValueOf(&r.entry).Elem()
}

// take adds the WorkSpace that was decoded. A value that is wrong is one that the file does not tell; without
// an identifier there is no WorkSpace. One that stands there twice counts once, and cannot be used if it says
// something else the second time.
func (r *roster) take(i int, wrong []*fileError) {
	e := &r.entry
	for _, w := range wrong {
		r.wrong = cmp.Or(r.wrong, w)
		then := "it is taken as not given"
		if e.WorkspaceId == "" {
			then = "the WorkSpace is left out"
		}
		r.notes.wrong(w, then)
	}
	if e.WorkspaceId == "" {
		return
	}
	w := r.make(i)
	hash := r.ids.hash(w.WorkspaceId, "")
	if first := r.byHash(hash, w.WorkspaceId); first != nil {
		at := w.at()
		at.of = first
		if first.site == w.site && first.build == w.build && first.UserName == w.UserName && first.ComputerName == w.ComputerName {
			r.notes.add(at, "is %s, which stands in the file twice; it counts once", w.WorkspaceId)
		} else {
			r.notes.unusable(at, "is %s, which stands in the file twice, and differs; the first counts", w.WorkspaceId)
		}
		return
	}
	r.block = r.block[1:]
	r.ids.add(hash, len(r.all))
	r.all = append(r.all, w)
}

// make returns the entry as the first WorkSpace of the block.
func (r *roster) make(i int) *workspace {
	e := &r.entry
	if len(r.block) == 0 {
		r.block = make([]workspace, rosterBlock)
	}
	where := r.sites[e.site]
	if where == nil {
		where = new(e.site)
		r.sites[e.site] = where
	}
	r.key = e.build.appendKey(r.key[:0])
	what := r.builds[string(r.key)]
	if what == nil {
		what = new(e.build)
		r.builds[string(r.key)] = what
	}
	w := &r.block[0]
	*w = workspace{e.WorkspaceId, e.UserName, e.ComputerName, where, what, r, i}
	return w
}

// appendKey appends what tells builds apart: all that they have.
func (b *build) appendKey(key []byte) []byte {
	text := func(list ...string) {
		for _, s := range list {
			key = append(binary.AppendUvarint(key, uint64(len(s))), s...)
		}
	}
	number := func(list ...*int32) {
		for _, n := range list {
			if n == nil {
				key = append(key, 0)
			} else {
				key = binary.AppendVarint(append(key, 1), int64(*n))
			}
		}
	}
	flag := func(list ...bool) {
		for _, is := range list {
			if is {
				key = append(key, 1)
			} else {
				key = append(key, 0)
			}
		}
	}
	p := &b.WorkspaceProperties
	text(b.State, b.ErrorCode, b.ErrorMessage, p.RunningMode, p.ComputeTypeName, p.OperatingSystemName)
	flag(b.RootVolumeEncryptionEnabled, b.UserVolumeEncryptionEnabled, p.NestedVirtualizationEnabled)
	number(p.RunningModeAutoStopTimeoutInMinutes, p.RootVolumeSizeGib, p.UserVolumeSizeGib)
	key = binary.AppendUvarint(key, uint64(len(p.Protocols)))
	text(p.Protocols...)
	key = binary.AppendUvarint(key, uint64(len(b.ModificationStates)))
	for _, m := range b.ModificationStates {
		text(m.Resource, m.State)
	}
	key = binary.AppendUvarint(key, uint64(len(b.RelatedWorkspaces)))
	for _, w := range b.RelatedWorkspaces {
		text(w.Type)
	}
	return key
}

// elements returns all, and none if the list was not exported.
func (r *roster) elements() []*workspace {
	if r == nil {
		return nil
	}
	return r.all
}

// find returns the WorkSpace of an identifier, or nil.
func (r *roster) find(id string) *workspace {
	if r == nil {
		return nil
	}
	return r.byHash(r.ids.hash(id, ""), id)
}

func (r *roster) byHash(hash uint32, id string) *workspace {
	if i := r.ids.find(hash, func(i int) bool { return r.all[i].WorkspaceId == id }); i >= 0 {
		return r.all[i]
	}
	return nil
}
