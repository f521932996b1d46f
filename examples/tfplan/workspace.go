package main

import (
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
	l := c.bundle(o)
	for _, member := range []rule.Path{"BundleId", "DirectoryId", "UserName", "WorkspaceProperties.ComputeTypeName", "WorkspaceProperties.RootVolumeSizeGib", "WorkspaceProperties.UserVolumeSizeGib"} {
		if place := at(member); place.pending() && !anyTrue(place.value) {
			r.notAsked("%s: not known until apply", place.path)
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
	a, err := c.rules.bundles.CheckRequest(q, l)
	if err != nil {
		return r.invalid(o, at(pathOf(err)), err)
	}
	c.answered(r, o, a, at)
	if root := at("RootVolumeEncryptionEnabled"); root.bool() {
		takes, cite := c.rules.bundles.Wait(bundles.EncryptedLaunch)
		c.timeout(r, o, "create", 30*time.Minute, takes, cite)
	}
	return nil
}

// bundle returns what a data source tells of the bundle of a WorkSpace.
func (c *checker) bundle(o *object) bundles.Launch {
	b, _, ok := c.plan.link(o, "bundle_id").one()
	if !ok || b == nil || b.typ != "aws_workspaces_bundle" {
		return bundles.Launch{}
	}
	root, user := b.after.block("root_storage").get("capacity").text(), b.after.block("user_storage").get("capacity").text()
	return bundles.NewLaunch(types.WorkspaceBundle{
		ComputeType: &types.ComputeType{Name: types.Compute(b.after.block("compute_type").get("name").text())},
		RootStorage: &types.RootStorage{Capacity: &root},
		UserStorage: &types.UserStorage{Capacity: &user},
	}, "")
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
	use := encryption.Use{Region: r.Region, VolumeEncryptionKey: name.text(), Root: root.bool() || root.pending(), User: user.bool()}
	if name.pending() {
		r.notAsked("volume_encryption_key: not known until apply")
		return nil
	}
	if use.Region == "" && name.text() != "" {
		r.notAsked("whether the key is in the Region of the WorkSpace: the Region is not known (-region)")
	}
	if use.Region == "" {
		if use.Region = arnRegion(name.text()); use.Region == "" {
			use.Region = "us-east-1" // no rule on the forms of a key but the ARN asks for the Region
		}
	}
	k := keyOf(target, name.text())
	verdict, vs, err := c.rules.encryption.CheckKey(k, use)
	if err != nil {
		return r.invalid(o, name, err)
	}
	for _, v := range vs {
		r.add(o, name, v)
		switch v.Code {
		case encryption.KeyWithoutVolume, encryption.VolumeWithoutKey:
			r.open(name, "no document says what the service does")
		}
	}
	if verdict == rule.Undocumented && name.text() != "" && k.State == "" {
		r.notAsked("whether the key is enabled and symmetric: the plan does not tell")
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
func (c *checker) timeout(r *resource, o *object, operation string, byDefault, takes time.Duration, cite rule.Citation) {
	set := o.after.get("timeouts").get(operation)
	waits := byDefault
	if d, err := time.ParseDuration(set.text()); err == nil {
		waits = d
	}
	if set.pending() || takes <= waits {
		return
	}
	r.add(o, set, rule.Violation{Code: timeoutShort, Level: rule.Should, Cite: cite,
		Detail: "the provider waits " + span(waits) + ", and the documents say that it may take " + span(takes)})
	r.Findings[len(r.Findings)-1].Instead = "add timeouts { " + operation + " = \"" + span(takes) + "\" }"
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
