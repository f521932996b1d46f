package wkstest

import (
	"errors"
	"fmt"
	"math"
	"net/netip"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/devices"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// Everything that the server asks of the packages of rules is in this file.

// A rulebook has the rules of one edition.
type rulebook struct {
	bundles    bundles.Rules
	encryption encryption.Rules
	network    network.Rules
	migrate    migrate.Rules
	byol       byol.Rules
	devices    devices.Rules
	options    []wks.Option
	quotas     map[string]bool // whether a quota can be raised, as far as it was asked about; Server.state guards it
	computes   map[string]bool // those that the edition knows, though the model's enum may not
}

func newRulebook(e rule.Edition) (*rulebook, error) {
	r := &rulebook{bundles: bundles.Newest(), encryption: encryption.Newest(), network: network.Newest(), migrate: migrate.Newest(), byol: byol.Newest(), devices: devices.Newest(), quotas: map[string]bool{}}
	if e != (rule.Edition{}) {
		var errs [6]error
		r.bundles, errs[0] = bundles.At(e)
		r.encryption, errs[1] = encryption.At(e)
		r.network, errs[2] = network.At(e)
		r.migrate, errs[3] = migrate.At(e)
		r.byol, errs[4] = byol.At(e)
		r.devices, errs[5] = devices.At(e)
		if err := errors.Join(errs[:]...); err != nil {
			return nil, fmt.Errorf("wkstest: Edition: %w", err)
		}
		r.options = []wks.Option{wks.Edition(e)}
	}
	r.computes = map[string]bool{}
	for _, c := range r.bundles.ComputeTypes() {
		r.computes[string(c.Name)] = true
	}
	return r, nil
}

// A verdict is what rules say of a request: what it breaks, in their order, and what no document
// tells.
type verdict struct {
	broken []*refusal
	open   []string
}

// first returns the first broken rule, which knows of the others, nil if there is none.
func (v verdict) first() *refusal {
	if len(v.broken) == 0 {
		return nil
	}
	r := *v.broken[0]
	for _, b := range v.broken[1:] {
		if b.rule != r.rule && !slices.Contains(r.also, b.rule) {
			r.also = append(r.also, b.rule)
		}
	}
	return &r
}

// take adds an answer, read below at. What the input does not tell is passed over: the server
// tells what it knows.
func (v *verdict) take(at rule.Path, a rule.Answer, err error) {
	for _, b := range a.Violations {
		if b.Level == rule.Must {
			v.broken = append(v.broken, &refusal{rule: b.Code, path: at.Join(b.Path), detail: b.Detail})
		}
	}
	v.trouble(at, err)
	for _, o := range a.Open {
		if o.By != rule.ByInput {
			o.Path = at.Join(o.Path)
			v.open = append(v.open, o.String())
		}
	}
}

// trouble adds an error of a check: a value to which no rule can be applied.
func (v *verdict) trouble(at rule.Path, err error) {
	if err == nil {
		return
	}
	detail := err.Error()
	if input := (*rule.InputError)(nil); errors.As(err, &input) {
		at, detail = at.Join(input.Path), fmt.Sprintf("%q %s", input.Value, input.Reason)
	}
	v.broken = append(v.broken, &refusal{rule: wks.ValueUnreadable, path: at, detail: detail})
}

// request asks what the request alone breaks: the model's constraints and the rules of the packages.
func (r *rulebook) request(region string, input any) (v verdict) {
	a, err := wks.Check(input, append(r.options, wks.Region(region))...)
	a.Violations = slices.DeleteFunc(a.Violations, func(b rule.Violation) bool {
		return b.Code == wks.EnumValueUnknown && r.known(b)
	})
	for i := range a.Violations {
		if a.Violations[i].Code == wks.EnumValueUnknown { // a Should, for a newer service may know the value
			a.Violations[i].Level = rule.Must
		}
	}
	v.take("", a, err)
	return v
}

// known reports whether a value that the model's enum lacks is one that the edition has.
func (r *rulebook) known(b rule.Violation) bool {
	for name := range r.computes {
		if containsQuoted(b.Detail, name) {
			return true
		}
	}
	return containsQuoted(b.Detail, string(bundles.BYOP))
}

func containsQuoted(text, word string) bool {
	return len(text) > len(word)+1 && text[0] == '"' && text[1:len(word)+1] == word && text[len(word)+1] == '"'
}

// launch asks about one request of CreateWorkspaces, with its bundle.
func (r *rulebook) launch(region string, q *types.WorkspaceRequest, b *Bundle, taken bool, key encryption.Key) (v verdict) {
	l := bundles.NewLaunchContext(b.WorkspaceBundle, systemType(b.System))
	l.UserTaken, l.Region = taken, region
	a, err := r.bundles.CheckRequest(*q, l)
	v.take("", a, err)
	of := r.key(key, encryption.RequestedUse(region, *q))
	return verdict{append(v.broken, of.broken...), append(v.open, of.open...)}
}

// key asks whether a WorkSpace can be encrypted with a key, nothing if there is none.
func (r *rulebook) key(key encryption.Key, use encryption.Use) (v verdict) {
	if key.ARN == "" {
		return v
	}
	a, err := r.encryption.CheckKey(key, use)
	v.take("", a, err)
	return v
}

// keyRoom asks whether a key can take another WorkSpace beside those that it has.
func (r *rulebook) keyRoom(root, user, awsManaged bool, workspaces, grants int) *refusal {
	n, by, ok := r.encryption.MaxWorkSpaces(root, user, awsManaged)
	if !ok {
		return nil
	}
	if by.Scope == encryption.GrantsPerKey {
		if need := migrate.Grants(root, user); grants+need > by.Value {
			return refuse(keyFull, "VolumeEncryptionKey", "the key has %d of %d grants, and the WorkSpace needs %d", grants, by.Value, need)
		}
		return nil
	}
	if workspaces+1 > n {
		return refuse(keyFull, "VolumeEncryptionKey", "the key has %d WorkSpaces, and may have %d (%s)", workspaces, n, by.Scope)
	}
	return nil
}

// standby asks whether a WorkSpace can have a standby WorkSpace in another Region.
func (r *rulebook) standby(region, primaryRegion string, primary *desktop, d *Directory, replication types.DataReplication) (v verdict) {
	s := bundles.Standby{
		Region: region, Primary: bundles.NewWorkspace(primary.api()),
		Replicate: replication == types.DataReplicationPrimaryAsSource, SimpleAD: d.DirectoryType == types.WorkspaceDirectoryTypeSimpleAd,
	}
	s.Primary.Region = primaryRegion
	a, err := r.bundles.CheckStandby(s)
	v.take("", a, err)
	return v
}

// operation asks whether a WorkSpace can be asked for an operation as it is.
func (r *rulebook) operation(op bundles.Operation, w bundles.Workspace) (v verdict) {
	a, err := r.bundles.CheckOperation(op, w)
	v.take("", a, err)
	return v
}

// modify asks about ModifyWorkspaceProperties.
func (r *rulebook) modify(w bundles.Workspace, p types.WorkspaceProperties, now time.Time) (v verdict) {
	a, err := r.bundles.CheckModify(w, p, now)
	v.take("", a, err)
	return v
}

// image asks about CreateWorkspaceImage.
func (r *rulebook) image(w bundles.Workspace, encrypted bool) (v verdict) {
	a, err := r.bundles.CheckImageOrigin(bundles.ImageOrigin{Workspace: w, Encrypted: &encrypted})
	v.take("", a, err)
	return v
}

// bundle asks about CreateWorkspaceBundle with the image's volumes.
func (r *rulebook) bundle(b bundles.Bundle) (v verdict) {
	a, err := r.bundles.CheckBundle(b)
	v.take("", a, err)
	return v
}

func (r *rulebook) tags(tags []types.Tag) (v verdict) {
	a, err := r.bundles.CheckTags(tags)
	v.take("", a, err)
	return v
}

// quota asks whether an account may have n of something. Without Config.Quotas a default that can
// be raised does not hold.
func (s *Server) quota(name string, n int) *refusal {
	if most, ok := s.config.Quotas[name]; ok {
		if n > most {
			return refuse(serverQuota, "", "%s: %d, and the account may have %d", name, n, most)
		}
		return nil
	}
	if s.rules.raisable(name) {
		return nil
	}
	a, err := s.rules.bundles.CheckQuota(name, n)
	var v verdict
	v.take("", a, err)
	return v.first()
}

// raisable reports whether no number is over a quota that cannot be raised.
func (r *rulebook) raisable(name string) bool {
	free, ok := r.quotas[name]
	if !ok {
		a, err := r.bundles.CheckQuota(name, math.MaxInt32)
		free = err == nil && a.Violations.Err() == nil
		r.quotas[name] = free
	}
	return free
}

// migration asks whether a WorkSpace may be migrated to a bundle, and is ready for it.
func (r *rulebook) migration(region string, w *desktop, from, to *Bundle, image func(*Bundle) *types.WorkspaceImage, d *Directory, s migrate.Situation) (v verdict) {
	var dir *types.WorkspaceDirectory
	if d != nil {
		dir = &d.WorkspaceDirectory
	}
	source, _, err := migrate.FromWorkspace(w.api(), from.WorkspaceBundle, image(from), dir)
	v.trouble("", err)
	target, _, err := migrate.FromBundle(to.WorkspaceBundle, image(to), dir)
	v.trouble("", err)
	source.Region, target.Region = region, region
	if source.OS == "" {
		source.OS = w.like.system
	}
	target.OS, target.Protocol = to.System, to.Protocol
	if source.Protocol == "" {
		source.Protocol = from.Protocol
	}
	decision, err := r.migrate.Check(source, target)
	v.take("", decision.Answer, err)
	ready, err := r.migrate.CheckReady(&s)
	v.take("", ready, err)
	return v
}

// admitted returns which types of devices a new directory admits: what documents of the edition say, and what the
// console shows where none does. A type that the service model of the edition lacks is not there.
func (r *rulebook) admitted() *types.WorkspaceAccessProperties {
	p := &types.WorkspaceAccessProperties{
		DeviceTypeAndroid: types.AccessPropertyValueAllow, DeviceTypeChromeOs: types.AccessPropertyValueAllow, DeviceTypeIos: types.AccessPropertyValueAllow,
		DeviceTypeLinux: types.AccessPropertyValueDeny, DeviceTypeOsx: types.AccessPropertyValueAllow, DeviceTypeWeb: types.AccessPropertyValueDeny,
		DeviceTypeWindows: types.AccessPropertyValueAllow, DeviceTypeZeroClient: types.AccessPropertyValueAllow,
	}
	known := r.devices.DeviceTypes()
	v := reflect.ValueOf(p).Elem()
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		if !strings.HasPrefix(name, "DeviceType") {
			continue
		}
		if value, ok := known[devices.DeviceType(name)]; !ok {
			v.Field(i).SetString("")
		} else if value != "" {
			v.Field(i).SetString(value)
		}
	}
	return p
}

// subnets asks about those with which a directory is registered.
func (r *rulebook) subnets(region string, pools bool, subnets []network.Subnet) (v verdict) {
	k := network.KindPersonal
	if pools {
		k = network.KindPools
	}
	a, err := r.network.CheckSubnets(region, k, subnets)
	v.take("", a, err)
	return v
}

// ipGroups asks about groups of an account and directories that use them.
func (r *rulebook) ipGroups(groups []network.IPGroup, directories []network.DirectoryIPGroups) (v verdict) {
	a, err := r.network.CheckIPGroups(groups, directories)
	v.take("", a, err)
	return v
}

// ipRules asks about the rules that a group would have.
func (r *rulebook) ipRules(g network.IPGroup) (v verdict) {
	a, err := r.network.CheckIPGroupUpdate(g.ID, g.Rules)
	v.take("", a, err)
	return v
}

// ipRules reads the rules of a group; what cannot be read takes a place.
func ipRules(id string, items []types.IpRuleItem) network.IPGroup {
	g := network.IPGroup{ID: id}
	for _, item := range items {
		p, err := network.ParseIPRule(aws.ToString(item.IpRule))
		if err != nil {
			p.Source = netip.PrefixFrom(netip.IPv4Unspecified(), 32)
		}
		g.Rules = append(g.Rules, network.IPRule{Source: p.Source})
	}
	return g
}

// managementRange asks whether a range can become the account's.
func (r *rulebook) managementRange(p netip.Prefix, inUse []netip.Prefix) (v verdict) {
	a, err := r.network.CheckManagementCIDR(p, inUse)
	v.take("DedicatedTenancyManagementCidrRange", a, err)
	return v
}

// managementRanges returns the ranges that are free within a range that the rules for requests let pass.
func (r *rulebook) managementRanges(within netip.Prefix, inUse []netip.Prefix) (all []string) {
	for p := range r.network.FreeManagementCIDRs(within, inUse) {
		all = append(all, p.String())
	}
	return all
}

func systemType(s types.OperatingSystemName) types.OperatingSystemType {
	switch s {
	case "", types.OperatingSystemNameUnknown:
		return ""
	case types.OperatingSystemNameWindows7, types.OperatingSystemNameWindows10, types.OperatingSystemNameWindows11,
		types.OperatingSystemNameWindowsServer2016, types.OperatingSystemNameWindowsServer2019, types.OperatingSystemNameWindowsServer2022, types.OperatingSystemNameWindowsServer2025:
		return types.OperatingSystemTypeWindows
	}
	return types.OperatingSystemTypeLinux
}

// asked is a WorkSpace as package bundles asks about it.
func (w *desktop) asked(now time.Time) bundles.Workspace {
	b := bundles.NewWorkspace(w.api())
	b.History = w.history()
	if b.OperatingSystem == "" {
		b.OperatingSystem = w.like.system
	}
	rebuild, restore := w.snapshots(now)
	b.Snapshots = &bundles.Snapshots{Rebuild: rebuild, Restore: restore}
	return b
}
