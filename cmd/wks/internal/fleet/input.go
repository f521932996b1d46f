package fleet

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/rule"
)

// Names of the files of an export. The first three are needed.
const (
	workspacesName  = "describe-workspaces.json"
	bundlesName     = "describe-workspace-bundles.json"
	targetsName     = "targets.json"
	imagesName      = "describe-workspace-images.json"
	directoriesName = "describe-workspace-directories.json"
	subnetsName     = "describe-subnets.json"
)

// An input is an export as the planner takes it.
type input struct {
	fleet      []migrate.Workspace
	targets    map[string]migrate.Target
	limits     migrate.Limits
	workspaces []types.Workspace
	missing    map[rule.Path]int // WorkSpaces of which neither file tells one of words
	matches    []match           // of the rules by conditions
	unknown    map[string]int    // WorkSpaces whose target is not known well enough, by what is to be told
}

func readExport(rules migrate.Rules, read func(string) ([]byte, error), now time.Time) (*input, error) {
	var (
		all     struct{ Workspaces []types.Workspace }
		bundles struct{ Bundles []types.WorkspaceBundle }
		images  struct{ Images []types.WorkspaceImage }
		dirs    struct{ Directories []types.WorkspaceDirectory }
		subnets struct {
			Subnets []struct {
				SubnetId                string
				AvailableIpAddressCount int
			}
		}
		more targetFile
	)
	for _, f := range []struct {
		name             string
		into             any
		optional, strict bool
	}{
		{workspacesName, &all, false, false}, {bundlesName, &bundles, false, false}, {targetsName, &more, false, true},
		{imagesName, &images, true, false}, {directoriesName, &dirs, true, false}, {subnetsName, &subnets, true, false},
	} {
		data, err := read(f.name)
		if f.optional && errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			d := json.NewDecoder(bytes.NewReader(data))
			if f.strict {
				d.DisallowUnknownFields()
			}
			if err = d.Decode(f.into); err != nil {
				err = errors.New(rule.Shorten(err.Error()))
			}
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.name, err)
		}
	}
	in := &input{
		targets: map[string]migrate.Target{}, workspaces: all.Workspaces, missing: map[rule.Path]int{}, unknown: map[string]int{},
		limits: migrate.Limits{WaveSize: more.WaveSize, FreeGrants: more.FreeGrants},
	}
	if subnets.Subnets != nil {
		in.limits.FreeAddresses = map[string]int{}
		for _, s := range subnets.Subnets {
			in.limits.FreeAddresses[s.SubnetId] = s.AvailableIpAddressCount
		}
	}
	bundleOf := index(bundles.Bundles, func(b types.WorkspaceBundle) *string { return b.BundleId })
	imageOf := index(images.Images, func(m types.WorkspaceImage) *string { return m.ImageId })
	known := &facts{bundles: bundleOf, images: imageOf, told: more.Bundles, seen: map[string]*migrate.Desktop{}}
	dirOf := index(dirs.Directories, func(d types.WorkspaceDirectory) *string { return d.DirectoryId })
	for i := range all.Workspaces {
		w := &all.Workspaces[i]
		b := types.WorkspaceBundle{BundleId: w.BundleId}
		if has := bundleOf[value(w.BundleId)]; has != nil {
			b = *has
		}
		source, missing, err := migrate.FromWorkspace(*w, b, imageOf[value(b.ImageId)], dirOf[value(w.DirectoryId)])
		if err != nil {
			return nil, fmt.Errorf("%s: Workspaces[%d]: %w", workspacesName, i, err)
		}
		for _, at := range complete(&source, more.Bundles[value(w.BundleId)], missing) {
			if words[at] != "" {
				in.missing[at]++
			}
		}
		known.see(&source)
		ready, err := rules.CheckReady(&migrate.Situation{Workspace: *w, At: now})
		if err != nil {
			return nil, err
		}
		grants := migrate.Grants(set(w.RootVolumeEncryptionEnabled), set(w.UserVolumeEncryptionEnabled))
		in.fleet = append(in.fleet, migrate.Workspace{
			ID: value(w.WorkspaceId), Source: source, DirectoryID: value(w.DirectoryId), UserName: value(w.UserName),
			SubnetID: value(w.SubnetId), Key: value(w.VolumeEncryptionKey), Grants: grants, Ready: &ready,
		})
	}
	return in, in.aim(&more, known)
}

// complete fills in what is missing from what somebody tells, and returns what still is.
func complete(d *migrate.Desktop, more migrate.Desktop, missing []rule.Path) (still []rule.Path) {
	for _, at := range missing {
		known := false
		switch at {
		case "WorkspaceProperties.OperatingSystemName":
			d.OS, known = more.OS, more.OS != ""
		case "WorkspaceProperties.Protocols":
			d.Protocol, known = more.Protocol, more.Protocol != ""
		case "RequiredTenancy":
			d.License, known = more.License, more.License != ""
		case "ComputeType.Name":
			d.Compute, known = more.Compute, more.Compute != ""
		case "DirectoryType":
			d.Directory, known = more.Directory, more.Directory != ""
		case "Plus":
			d.Plus, known = more.Plus, more.Plus != ""
		case "Language":
			d.Language, known = more.Language, more.Language != ""
		case "Region":
			d.Region, known = more.Region, more.Region != ""
		}
		if !known {
			still = append(still, at)
		}
	}
	d.NestedVirtualization = d.NestedVirtualization || more.NestedVirtualization
	return still
}

func index[T any](list []T, id func(T) *string) map[string]*T {
	m := map[string]*T{}
	for i := range list {
		if key := value(id(list[i])); key != "" {
			m[key] = &list[i]
		}
	}
	return m
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func set(b *bool) bool { return b != nil && *b }
