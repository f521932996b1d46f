package wkstest

import (
	"fmt"
	"hash/maphash"
	"math/bits"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/rule"
)

// A region is a Region with what finds things in it. Server.state guards it. Values that the SDK's
// types point at are never changed, only replaced: answers share them.
type region struct {
	Region
	name string
	// The tables take the place of the slices of Region, which are empty.
	directories  *table[Directory]
	bundles      *table[Bundle]
	public       *table[Bundle]
	images       *table[Image]
	workspaces   *table[desktop]
	groups       *table[IPGroup]
	aliases      *table[Alias]
	pools        *table[Pool]
	links        *table[types.AccountLink]
	addIns       *table[types.ConnectClientAddIn]
	applications *table[types.WorkSpaceApplication]

	users     map[owner]bool // of the directories whose users are known
	keyed     map[string]*keyUse
	addresses map[string]*addresses // by subnet
	shared    map[properties]*types.WorkspaceProperties
	last      struct { // that was shared
		properties
		*types.WorkspaceProperties
	}
	target   string // of the last migration
	stopping time.Duration
	seed     uint64
}

// An owner is a user of a directory; names are not case-sensitive.
type owner struct{ directory, user string }

func ownerOf(directory, user string) owner { return owner{directory, strings.ToLower(user)} }

func (w *desktop) owner() owner {
	return ownerOf(aws.ToString(w.like.DirectoryId), w.user)
}

// hash is the group of the table of WorkSpaces.
func (o owner) hash() uint64 { return maphash.Comparable(seed, o) }

// of returns the WorkSpaces of a user, in the order in which they came.
func (r *region) of(o owner) []*desktop {
	return slices.DeleteFunc(r.workspaces.inGroup(o.hash()), func(w *desktop) bool { return w.owner() != o })
}

// A keyUse is what the WorkSpaces of a Region take of a key.
type keyUse struct{ workspaces, grants int }

// load makes a region of a Region, which it takes over.
func (s *Server) load(name string, from *Region) (*region, error) {
	r := &region{
		Region: *from, name: name, seed: s.config.Seed,
		directories:  newTable(func(d *Directory) *string { return d.DirectoryId }),
		bundles:      newBundles(),
		images:       newTable(func(i *Image) *string { return i.ImageId }),
		workspaces:   newTable(func(w *desktop) *string { return &w.id }),
		groups:       newTable(func(g *IPGroup) *string { return g.GroupId }),
		aliases:      newTable(func(a *Alias) *string { return a.AliasId }),
		pools:        newTable(func(p *Pool) *string { return p.PoolId }),
		links:        newTable(func(l *types.AccountLink) *string { return l.AccountLinkId }),
		addIns:       newTable(func(a *types.ConnectClientAddIn) *string { return a.AddInId }),
		applications: newTable(func(a *types.WorkSpaceApplication) *string { return a.ApplicationId }),
		public:       publicTable(name), users: map[owner]bool{}, keyed: map[string]*keyUse{}, addresses: map[string]*addresses{},
		shared: map[properties]*types.WorkspaceProperties{}, stopping: s.takes(Stopping, ""),
	}
	r.workspaces.group = func(w *desktop) uint64 { return w.owner().hash() }
	r.bundles.byName(func(b *Bundle) string { return aws.ToString(b.Name) })
	r.images.byName(func(i *Image) string { return aws.ToString(i.Name) })
	r.groups.byName(func(g *IPGroup) string { return aws.ToString(g.GroupName) })
	r.pools.byName(func(p *Pool) string { return aws.ToString(p.PoolName) })
	r.aliases.byName(func(a *Alias) string { return strings.ToLower(aws.ToString(a.ConnectionString)) })
	if r.NoPublicBundles {
		r.public = newBundles()
	}
	if r.AmazonBundles != nil {
		own := newBundles()
		r.public.each(func(_ string, b *Bundle) bool { own.add(b); return true })
		for i := range r.AmazonBundles {
			own.drop(aws.ToString(r.AmazonBundles[i].BundleId))
		}
		r.public = own
	}
	at := rule.Path("State.Regions").Join(rule.Path(name))
	err := firstError(
		fill(r.directories, r.Directories, at.Join("Directories")),
		fill(r.bundles, r.Bundles, at.Join("Bundles")),
		fill(r.public, r.AmazonBundles, at.Join("AmazonBundles")),
		fill(r.images, r.Images, at.Join("Images")),
		fillWith(r.workspaces, r.Workspaces, at.Join("Workspaces"), newDesktop),
		fill(r.groups, r.IPGroups, at.Join("IPGroups")),
		fill(r.aliases, r.Aliases, at.Join("Aliases")),
		fill(r.pools, r.Pools, at.Join("Pools")),
		fill(r.links, r.AccountLinks, at.Join("AccountLinks")),
		fill(r.addIns, r.AddIns, at.Join("AddIns")),
		fill(r.applications, r.Applications, at.Join("Applications")),
	)
	if err != nil {
		return nil, err
	}
	r.Directories, r.Bundles, r.Images, r.Workspaces, r.IPGroups, r.Aliases = nil, nil, nil, nil, nil, nil
	r.Pools, r.AccountLinks, r.AddIns, r.Applications = nil, nil, nil, nil
	r.directories.each(func(id string, d *Directory) bool {
		for _, user := range d.Users {
			r.users[ownerOf(id, user)] = true
		}
		return true
	})
	for i, sub := range r.Subnets {
		a, err := newAddresses(sub)
		if err != nil {
			return nil, &rule.InputError{Path: at.Join("Subnets").Index(i).Join("CIDR"), Value: sub.CIDR, Reason: "is no IPv4 range in CIDR notation"}
		}
		r.addresses[sub.SubnetID] = a
	}
	r.workspaces.each(func(_ string, w *desktop) bool {
		if w.state == "" {
			w.state = types.WorkspaceStateAvailable
		}
		r.takeKey(w)
		r.takeAddress(w)
		return true
	})
	return r, nil
}

func newBundles() *table[Bundle] {
	return newTable(func(b *Bundle) *string { return b.BundleId })
}

// fill puts the rows of a slice into a table.
func fill[T any](t *table[T], rows []T, at rule.Path) error {
	return fillWith(t, rows, at, func(row *T) *T { own := *row; return &own })
}

// fillWith puts what it makes of the rows of a slice into a table.
func fillWith[T, Row any](t *table[T], rows []Row, at rule.Path, value func(*Row) *T) error {
	for i := range rows {
		v := value(&rows[i])
		name := t.id(v)
		if name == "" || t.get(name) != nil {
			return &rule.InputError{Path: at.Index(i), Value: name, Reason: "is no identifier, or stands twice"}
		}
		t.add(v)
	}
	return nil
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// save makes a Region of a region.
func (r *region) save(now time.Time) *Region {
	out := r.Region
	out.Directories = rows(r.directories)
	out.Bundles = rows(r.bundles)
	out.Images = rows(r.images)
	r.workspaces.each(func(_ string, w *desktop) bool { r.tick(w, now); return true })
	out.Workspaces = make([]Workspace, 0, r.workspaces.len())
	r.workspaces.each(func(_ string, w *desktop) bool { out.Workspaces = append(out.Workspaces, w.workspace()); return true })
	out.IPGroups = rows(r.groups)
	out.Aliases = rows(r.aliases)
	out.Pools = rows(r.pools)
	out.AccountLinks = rows(r.links)
	out.AddIns = rows(r.addIns)
	out.Applications = rows(r.applications)
	out.Subnets = slices.Clone(r.Subnets)
	out.Keys = slices.Clone(r.Keys)
	return &out
}

func rows[T any](t *table[T]) []T {
	out := make([]T, 0, t.len())
	t.each(func(_ string, v *T) bool { out = append(out, *v); return true })
	return out
}

const (
	alphabet = "0123456789abcdefghijklmnopqrstuvwxyz"
	idSpace  = 101559956668416 // 36^9
	idStep   = 62767506136411  // shares no factor with idSpace, so that no identifier repeats
)

// issue returns a new identifier: the prefix and nine digits and letters, by seed and number.
func (r *region) issue(prefix string) string {
	var space [32]byte
	return string(r.appendID(space[:0], prefix))
}

// appendID is issue for a text.
func (r *region) appendID(to []byte, prefix string) []byte {
	r.Issued++
	hi, lo := bits.Mul64(r.Issued, idStep)
	_, n := bits.Div64(hi%idSpace, lo, idSpace)
	n = (n + r.seed%idSpace) % idSpace
	var b [9]byte
	for i := range b {
		b[8-i] = alphabet[n%36]
		n /= 36
	}
	return append(append(to, prefix...), b[:]...)
}

// bundle returns a bundle of the account or of AMAZON, nil if there is none.
func (r *region) bundle(id *string) *Bundle {
	if b := r.bundles.get(aws.ToString(id)); b != nil {
		return b
	}
	return r.public.get(aws.ToString(id))
}

// imageOf returns the image of a bundle, nil if it is not known.
func (r *region) imageOf(b *Bundle) *types.WorkspaceImage {
	if i := r.images.get(aws.ToString(b.ImageId)); i != nil {
		return &i.WorkspaceImage
	}
	return nil
}

// grantsOf returns how many a WorkSpace has on its key.
func grantsOf(w *types.Workspace) int {
	return migrate.Grants(aws.ToBool(w.RootVolumeEncryptionEnabled), aws.ToBool(w.UserVolumeEncryptionEnabled))
}

// takeKey counts what a WorkSpace takes of its key; giveKey counts it off.
func (r *region) takeKey(w *desktop) { r.useKey(w, 1) }
func (r *region) giveKey(w *desktop) { r.useKey(w, -1) }

func (r *region) useKey(w *desktop, n int) {
	arn := aws.ToString(w.like.VolumeEncryptionKey)
	if arn == "" {
		return
	}
	grants := grantsOf(&w.like.Workspace)
	if grants == 0 {
		return
	}
	use := r.keyed[arn]
	if use == nil {
		use = &keyUse{}
		r.keyed[arn] = use
	}
	use.workspaces += n
	use.grants += n * grants
}

// addresses are those of a subnet. Its range or their number is known.
type addresses struct {
	first  uint32 // that a WorkSpace can get
	size   uint32 // of the range that WorkSpaces can get; 0 is not known
	used   []uint64
	next   uint32
	free   int
	counts bool // free is known
	told   bool // by Subnet.Available, which does not count the addresses of the WorkSpaces that there are already
}

// newAddresses takes off the five addresses that VPC reserves in each subnet.
func newAddresses(s Subnet) (*addresses, error) {
	a := &addresses{}
	if s.CIDR != "" {
		p, err := netip.ParsePrefix(s.CIDR)
		if err != nil || !p.Addr().Is4() || p.Bits() < 8 {
			return nil, fmt.Errorf("%q is no IPv4 range", s.CIDR)
		}
		b := p.Masked().Addr().As4()
		a.first = uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3]) + 4
		if size := uint32(1) << (32 - p.Bits()); size > 5 {
			a.size = size - 5
		}
		a.used = make([]uint64, (a.size+63)/64)
		a.free, a.counts = int(a.size), true
	}
	if s.Available != nil {
		a.free, a.counts, a.told = *s.Available, true, true
	}
	return a, nil
}

// take returns a free address, 0 if it is not known which ones there are, or false if there is none.
func (a *addresses) take() (uint32, bool) {
	if a.counts && a.free <= 0 {
		return 0, false
	}
	a.free--
	if a.size == 0 {
		return 0, true
	}
	for range a.size {
		i := a.next
		if a.next++; a.next == a.size {
			a.next = 0
		}
		if a.used[i/64]&(1<<(i%64)) == 0 {
			a.used[i/64] |= 1 << (i % 64)
			return a.first + i, true
		}
	}
	return 0, false
}

// someAddress is one for a WorkSpace of a subnet whose addresses are not known.
func someAddress(turn uint64) uint32 { return 10<<24 | uint32(turn+4)&0xffffff }

// mark notes that an address is in use, or free again. It reports whether that is new.
func (a *addresses) mark(address string, use bool) {
	if p, err := netip.ParseAddr(address); err == nil && p.Is4() && a.size > 0 {
		b := p.As4()
		i := uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3]) - a.first
		if i < a.size {
			if use {
				a.used[i/64] |= 1 << (i % 64)
			} else {
				a.used[i/64] &^= 1 << (i % 64)
			}
		}
	}
	if use {
		a.free--
	} else {
		a.free++
	}
}

// takeAddress notes the address of a WorkSpace that there is already.
func (r *region) takeAddress(w *desktop) {
	if a := r.addresses[aws.ToString(w.like.SubnetId)]; a != nil {
		a.mark(w.address, true)
		if a.told {
			a.free++
		}
	}
}

func (r *region) giveAddress(w *desktop) {
	if a := r.addresses[aws.ToString(w.like.SubnetId)]; a != nil {
		a.mark(w.address, false)
	}
}

// place chooses a subnet for a new WorkSpace and an address in it: of the subnets the one with
// the most free addresses, and in turn where that is not known. No document says how the service
// chooses. It returns false if none has an address.
func (r *region) place(subnets []string, turn uint64) (subnet string, address uint32, ok bool) {
	best := -1
	for i := range subnets {
		j := int((turn + uint64(i)) % uint64(len(subnets)))
		a := r.addresses[subnets[j]]
		switch {
		case a == nil || !a.counts:
			if best < 0 {
				best = j
			}
		case a.free > 0 && (best < 0 || r.addresses[subnets[best]] != nil && r.addresses[subnets[best]].counts && r.addresses[subnets[best]].free < a.free):
			best = j
		}
	}
	if len(subnets) == 0 {
		return "", someAddress(turn), true
	}
	if best < 0 {
		return "", 0, false
	}
	subnet = subnets[best]
	if a := r.addresses[subnet]; a != nil {
		if address, ok = a.take(); !ok {
			return "", 0, false
		}
	}
	if address == 0 {
		address = someAddress(turn)
	}
	return subnet, address, true
}

func (r *region) subnet(id string) *Subnet {
	for i := range r.Subnets {
		if r.Subnets[i].SubnetID == id {
			return &r.Subnets[i]
		}
	}
	return nil
}

// key finds a key by its ARN or alias. It reports false if the account's keys are known and
// it is none of them.
func (r *region) key(name string) (*Key, bool) {
	for i := range r.Keys {
		k := &r.Keys[i]
		if k.ARN == name || k.Alias != "" && (k.Alias == name || strings.HasSuffix(name, ":"+k.Alias)) {
			return k, true
		}
	}
	return nil, r.Keys == nil
}
