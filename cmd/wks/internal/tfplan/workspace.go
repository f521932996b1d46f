package tfplan

import (
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/rule"
)

// attributes are those of aws_workspaces_workspace, by the member of the API that they set.
var attributes = map[rule.Path]string{
	"BundleId":                    "bundle_id",
	"DirectoryId":                 "directory_id",
	"UserName":                    "user_name",
	"RootVolumeEncryptionEnabled": "root_volume_encryption_enabled",
	"UserVolumeEncryptionEnabled": "user_volume_encryption_enabled",
	"VolumeEncryptionKey":         "volume_encryption_key",
}

// properties are those of the block workspace_properties.
var properties = map[rule.Path]string{
	"ComputeTypeName":                     "compute_type_name",
	"RootVolumeSizeGib":                   "root_volume_size_gib",
	"UserVolumeSizeGib":                   "user_volume_size_gib",
	"RunningMode":                         "running_mode",
	"RunningModeAutoStopTimeoutInMinutes": "running_mode_auto_stop_timeout_in_minutes",
}

// workspaceAttr returns the attribute of a WorkSpace that sets a member of the API.
func workspaceAttr(a attr) func(rule.Path) attr {
	return func(p rule.Path) attr {
		if name, ok := attributes[p]; ok {
			return a.get(name)
		}
		member := rule.Path(strings.TrimPrefix(string(p), "WorkspaceProperties."))
		if name, ok := properties[member]; ok {
			return a.block("workspace_properties").get(name)
		}
		if p == "" {
			return attr{path: ""}
		}
		return a.get("workspace_properties")
	}
}

// workspacePlace returns where a member of the API stands in a WorkSpace. An answer about a
// property may quote the other properties, and those that the WorkSpace has before the apply.
func workspacePlace(o *object, with ...attr) func(rule.Path) place {
	at := workspaceAttr(o.after)
	return func(p rule.Path) place {
		x := place{object: o, attr: at(p)}
		if attributes[p] == "" {
			x.with = append([]attr{o.after.get("workspace_properties"), o.before.get("workspace_properties")}, with...)
		}
		return x
	}
}

// propertiesOf returns the properties that are known.
func propertiesOf(a attr) types.WorkspaceProperties {
	b := a.block("workspace_properties")
	p := types.WorkspaceProperties{
		ComputeTypeName:   types.Compute(b.get("compute_type_name").text()),
		RootVolumeSizeGib: b.get("root_volume_size_gib").int(),
		UserVolumeSizeGib: b.get("user_volume_size_gib").int(),
		RunningMode:       types.RunningMode(b.get("running_mode").text()),
	}
	// The provider writes 0 where the API has no time.
	minutes := b.get("running_mode_auto_stop_timeout_in_minutes").int()
	if minutes != nil && (*minutes != 0 || p.RunningMode == types.RunningModeAutoStop) {
		p.RunningModeAutoStopTimeoutInMinutes = minutes
	}
	return p
}

// workspace asks about a WorkSpace that the plan changes.
func (c *checker) workspace(r *resource, o *object) error {
	if o.action == destroy || o.action == replace {
		if err := c.destroyed(r, o); err != nil {
			return err
		}
	}
	switch o.action {
	case forget:
		r.line("the WorkSpace stays, and Terraform forgets it")
		return nil
	case destroy:
		return nil
	case update:
		if err := c.modification(r, o); err != nil {
			return err
		}
	default:
		if err := c.launch(r, o); err != nil {
			return err
		}
		if err := c.oneDesktop(r, o); err != nil {
			return err
		}
		if err := c.key(r, o); err != nil {
			return err
		}
	}
	return c.tags(r, o)
}

// launch asks whether CreateWorkspaces would take the WorkSpace.
func (c *checker) launch(r *resource, o *object) error {
	at := workspaceAttr(o.after)
	p := propertiesOf(o.after)
	l, with := c.bundle(o)
	for _, member := range []rule.Path{"BundleId", "DirectoryId", "UserName", "WorkspaceProperties.ComputeTypeName", "WorkspaceProperties.RootVolumeSizeGib", "WorkspaceProperties.UserVolumeSizeGib"} {
		if place := at(member); place.pending() {
			r.notGiven("%s: not known until apply", place.path)
		}
	}
	if at("ComputeTypeName").pending() {
		l.ComputeType = ""
	}
	if at("RootVolumeSizeGib").pending() || at("UserVolumeSizeGib").pending() {
		p.RootVolumeSizeGib, p.UserVolumeSizeGib, l.Volumes = nil, nil, bundles.Volumes{} // they are judged as a pair
	}
	q := types.WorkspaceRequest{
		BundleId: requestMember(at("BundleId")), DirectoryId: requestMember(at("DirectoryId")), UserName: requestMember(at("UserName")),
		WorkspaceProperties: &p,
	}
	where := workspacePlace(o, with...)
	a, err := c.rules.Bundles.CheckRequest(q, l)
	if err != nil {
		return r.invalid(where(pathOf(err)), err)
	}
	r.take(a, func(p rule.Path) place { return known(where(p)) })
	if root := at("RootVolumeEncryptionEnabled"); root.bool() {
		takes, cite := c.rules.Bundles.Wait(bundles.EncryptedLaunch)
		c.timeout(r, o, "create", 30*time.Minute, takes, cite)
	}
	return nil
}

// bundle returns what a data source tells of the bundle of a WorkSpace, and the attributes that
// tell it.
func (c *checker) bundle(o *object) (bundles.LaunchContext, []attr) {
	b, _, ok := c.plan.link(o, "bundle_id").one()
	if !ok || b == nil || b.typ != "aws_workspaces_bundle" {
		return bundles.LaunchContext{}, nil
	}
	root, user := b.after.block("root_storage").get("capacity").text(), b.after.block("user_storage").get("capacity").text()
	return bundles.NewLaunchContext(types.WorkspaceBundle{
		ComputeType: &types.ComputeType{Name: types.Compute(b.after.block("compute_type").get("name").text())},
		RootStorage: &types.RootStorage{Capacity: &root},
		UserStorage: &types.UserStorage{Capacity: &user},
	}, ""), []attr{b.after.get("compute_type"), b.after.get("root_storage"), b.after.get("user_storage")}
}

// requestMember returns a member of a request; what is not known until apply is there.
func requestMember(a attr) *string {
	s := a.text()
	if a.value == nil && !a.pending() {
		return nil
	}
	return &s
}

// key asks about the KMS key of a WorkSpace that is launched.
func (c *checker) key(r *resource, o *object) error {
	name := o.after.get("volume_encryption_key")
	root, user := o.after.get("root_volume_encryption_enabled"), o.after.get("user_volume_encryption_enabled")
	target, _, _ := c.plan.link(o, "volume_encryption_key").one()
	use := encryption.Use{Region: r.region.code, VolumeEncryptionKey: name.text(), Root: root.bool(), User: user.bool()}
	if name.text() != "" { // what is not known breaks no rule
		use.Root, use.User = use.Root || root.pending(), use.User || user.pending()
	}
	if name.pending() {
		r.notGiven("volume_encryption_key: not known until apply")
		return nil
	}
	at := place{object: o, attr: name, with: []attr{r.region.attr()}}
	ask := c.rules.Encryption.CheckUse
	if k := keyOf(target, name.text()); k != (encryption.Key{}) {
		at.with = append(at.with, target.after)
		ask = func(u encryption.Use) (rule.Answer, error) { return c.rules.Encryption.CheckKey(k, u) }
	} else if name.text() != "" {
		r.notGiven("whether the key is enabled and symmetric: the plan does not tell")
	}
	a, err := ask(use)
	if err != nil {
		return r.invalid(at, err)
	}
	r.take(a, func(rule.Path) place { return at })
	if slices.ContainsFunc(a.Violations, func(v rule.Violation) bool { return v.Code == encryption.KeyNotARN }) {
		r.line("with an alias or id of the key every later plan replaces the desktop; a data source aws_kms_alias has the ARN as target_key_arn")
	}
	return nil
}

// keyOf returns what a resource or data source tells of the key with an ARN.
func keyOf(o *object, arn string) encryption.Key {
	if o == nil || o.typ != "aws_kms_key" || o.after.get("arn").text() != arn {
		return encryption.Key{}
	}
	k := encryption.Key{ARN: arn, Manager: o.after.get("key_manager").text(), Spec: o.after.get("key_spec").text(), State: o.after.get("key_state").text()}
	if o.mode == "managed" {
		k.Manager, k.Spec = "CUSTOMER", o.after.get("customer_master_key_spec").text()
		if enabled := o.after.get("is_enabled"); enabled.bool() {
			k.State = "Enabled"
		} else if enabled.value == false {
			k.State = "Disabled"
		}
	}
	return k
}

// timeout tells of a time-out of the provider that is shorter than the documents say that
// an operation may take.
func (c *checker) timeout(r *resource, o *object, operation words, byDefault, takes time.Duration, cite rule.Citation) {
	set := o.after.get("timeouts").get(string(operation))
	waits := byDefault
	if d, err := time.ParseDuration(set.text()); err == nil {
		waits = d
	}
	if set.pending() || takes <= waits {
		return
	}
	at := place{object: o, attr: set}
	f := r.breach(timeoutShort, at, at.told("the provider waits "+span(waits)+", and the documents say that it may take "+span(takes)))
	f.Cite = cite
	f.Remedy = say("add timeouts { %s = \"%s\" }", operation, plain(span(takes)))
}

// span writes a duration without what is zero: 2h, 30m.
func span(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}
