package tfplan

import (
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
)

// launch asks whether CreateWorkspaces would take the WorkSpace, as the provider asks for it.
func (c *checker) launch(r *resource, o *object) {
	d := o.desktop()
	p := d.properties()
	l, with := c.bundle(o)
	if where := c.region(o); !where.secret && c.isRegion(where) {
		l.Region = where.code
	}
	for _, member := range []rule.Path{"BundleId", "DirectoryId", "UserName"} {
		a := d.at(member)
		if !a.pending() {
			continue
		}
		to := c.plan.link(o, sendings[sendingOf[member]].attribute)
		if target, _, _ := to.one(); target == nil || member != "DirectoryId" {
			r.notGiven("%s: not known until apply%s", a.where(), to.why())
		}
	}
	bundle := l
	q := d.request()
	if d.omitted() {
		if c.plan.source(o, "") != unsaid && d.block.unknown == true {
			r.notGiven("workspace_properties: not known until apply")
		}
	} else {
		for _, member := range []rule.Path{"ComputeTypeName", "RootVolumeSizeGib", "UserVolumeSizeGib"} {
			if a := d.at(member); a.pending() {
				r.notGiven("%s: not known until apply", a.where())
			}
		}
		if d.at("ComputeTypeName").pending() {
			l.ComputeType = ""
		}
		if d.at("RootVolumeSizeGib").pending() || d.at("UserVolumeSizeGib").pending() {
			p.RootVolumeSizeGib, p.UserVolumeSizeGib, l.Volumes = nil, nil, bundles.Volumes{} // they are judged as a pair
		}
		q.WorkspaceProperties = &p
		c.minutes(r, o, &p)
	}
	where := workspacePlace(o, with...)
	a, err := c.rules.Bundles.CheckRequest(q, l)
	if err != nil {
		r.invalid(where(inputOf(err).Path), err)
		return
	}
	missing := p.RunningModeAutoStopTimeoutInMinutes != nil && d.at(minutesMember).value == nil
	r.take(a, func(path rule.Path) place {
		if missing && sendingOf[path] == sendingOf[minutesMember] && path != "" {
			at := where(path)
			at.attr.unknown = nil // 0 is sent
			return at
		}
		return known(where(path))
	})
	if !d.omitted() {
		c.defaults(r, o, bundle, with)
	}
	if d.at("RootVolumeEncryptionEnabled").bool() {
		takes, cite := c.rules.Bundles.Wait(bundles.EncryptedLaunch)
		c.timeout(r, o, "create", takes, cite)
	}
}

// request returns what the provider asks for above the properties. Nothing else of it is checked
// here: tags and keys have checks of their own.
func (d *desktop) request() types.WorkspaceRequest {
	return types.WorkspaceRequest{BundleId: requestMember(d.at("BundleId")), DirectoryId: requestMember(d.at("DirectoryId")), UserName: requestMember(d.at("UserName"))}
}

// minutes sets the AutoStop time of a request as the provider does: it sends none without
// AUTO_STOP, and 0 if the configuration gives none. Before onlyWithSince it sends them, or 0, with each running mode.
func (c *checker) minutes(r *resource, o *object, p *types.WorkspaceProperties) {
	d := o.desktop()
	i := sendingOf[minutesMember]
	s, a := sendings[i], d.attributes[i]
	from := c.plan.source(o, s.attribute)
	mode := d.at("RunningMode")
	alone := c.plan.release.has(s.onlyWithSince)
	zero := s.missing.(int32)
	switch {
	case mode.pending():
		r.notGiven("%s: not known until apply", mode.where())
	case p.RunningMode != s.onlyWith && (alone == always || o.action == present):
		if n := a.int(); n != nil && *n != 0 && from != noConfig {
			at := place{object: o, attr: a, with: []attr{mode}}
			r.breach(attributeDropped, at, at.told("the provider sends no minutes with "+rule.Shorten(string(p.RunningMode))+", and every later plan shows them as a change")).sentSince(s.onlyWithSince)
		}
	case p.RunningMode != s.onlyWith && alone == maybe:
		r.notGiven("%s: the version of the provider is not told: it sends no minutes with another running mode than %s %s, and before it sends them, or 0, and is refused", a.where(), words(s.onlyWith), s.onlyWithSince)
	case a.value != nil || o.action == present:
		p.RunningModeAutoStopTimeoutInMinutes = a.int()
	case from != leftOut && a.pending():
		r.notGiven("%s: not known until apply; the provider sends 0, which is refused, if the configuration gives none or null", a.where())
	default:
		p.RunningModeAutoStopTimeoutInMinutes = &zero
	}
}

// defaults tells of sizes and a compute type that are the provider's, and not the bundle's.
func (c *checker) defaults(r *resource, o *object, l bundles.LaunchContext, with []attr) {
	d := o.desktop()
	of := map[string]any{}
	if l.ComputeType != "" {
		of["ComputeTypeName"] = string(l.ComputeType)
	}
	if l.Volumes.Root != 0 {
		of["RootVolumeSizeGib"] = l.Volumes.Root
	}
	if l.Volumes.User != 0 {
		of["UserVolumeSizeGib"] = l.Volumes.User
	}
	partly := d.at("RootVolumeSizeGib").pending() || d.at("UserVolumeSizeGib").pending()
	var sends, has []string
	for i, s := range sendings {
		if !s.inBlock || s.byDefault == nil || s.member == "RunningMode" {
			continue
		}
		a := d.attributes[i]
		bundle := of[s.member]
		if size, ok := a.value.(int32); ok && partly && o.action != update { // else CheckRequest tells it
			if least, _ := bundle.(int32); least > size {
				open := place{object: o, attr: a, with: with}
				r.once(&r.Undocumented, say("%s: %s", a.where(), open.told("it is smaller than that volume of the bundle, and no document says whether a launch may ask for that")))
			}
		}
		from := c.plan.source(o, s.attribute)
		if a.value != s.byDefault || from == given || from == noConfig || bundle == a.value || from == unsaid && bundle == nil {
			continue
		}
		sends = append(sends, s.attribute+" = "+string(a.bareOrNumber()))
		if bundle != nil {
			has = append(has, string(attr{value: bundle}.bareOrNumber()))
		}
	}
	at := place{object: o, attr: d.block, with: append([]attr{}, with...)}
	if len(sends) > 0 && c.behaves(r, at, withWorkspaces) {
		detail := "the configuration leaves out what the provider then sends, whatever the bundle has: " + joined(sends)
		if len(has) > 0 {
			detail += "; the bundle has " + joined(has)
		} else {
			detail += "; the plan does not tell what the bundle has"
		}
		f := r.breach(providerDefault, at, at.told(detail))
		f.sentSince(withWorkspaces)
		if d.at("ComputeTypeName").text() == string(types.ComputeGraphicsG4dn) {
			f.Remedy = "Give root_volume_size_gib = 175: this provider takes 80, or 175 to 2000, and not the 100 of the bundle."
		}
	}
}

// bundle returns what a data source tells of the bundle of a WorkSpace, and the attributes that
// tell it.
func (c *checker) bundle(o *object) (bundles.LaunchContext, []attr) {
	b, _, ok := c.plan.link(o, "bundle_id").one()
	if !ok || b == nil || b.typ != "aws_workspaces_bundle" {
		return bundles.LaunchContext{}, nil
	}
	if known, ok := c.bundles[b]; ok {
		return known.launch, known.with
	}
	root, user := b.after.block("root_storage").get("capacity").text(), b.after.block("user_storage").get("capacity").text()
	known := bundleFacts{bundles.NewLaunchContext(types.WorkspaceBundle{
		ComputeType: &types.ComputeType{Name: types.Compute(b.after.block("compute_type").get("name").text())},
		RootStorage: &types.RootStorage{Capacity: &root},
		UserStorage: &types.UserStorage{Capacity: &user},
	}, ""), []attr{b.after.get("compute_type"), b.after.get("root_storage"), b.after.get("user_storage")}}
	c.bundles[b] = known
	return known.launch, known.with
}

// bundleFacts are what a data source tells of a bundle.
type bundleFacts struct {
	launch bundles.LaunchContext
	with   []attr
}

// requestMember returns a member of a request; what is not known until apply is there.
func requestMember(a attr) *string {
	s := a.text()
	if a.value == nil && !a.pending() {
		return nil
	}
	return &s
}
