package fleet

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/rule"
)

// A targetFile is what no export tells: docs/schema/targets.json describes it.
type targetFile struct {
	Targets []targetRule `json:"targets"`
	// Bundles tells of a bundle what the export does not.
	Bundles map[string]migrate.Desktop `json:"bundles,omitempty"`
	// FreeGrants are how many grants each KMS key can still take; none for no bound.
	FreeGrants map[string]int `json:"freeGrants,omitempty"`
	WaveSize   int            `json:"waveSize,omitempty"` // 0 for the documented 25
}

// A targetRule sends WorkSpaces to a bundle: one, those of a bundle, or those that meet conditions.
type targetRule struct {
	From  string     `json:"from,omitempty"` // ID of a bundle or of a WorkSpace
	Where *condition `json:"where,omitempty"`
	To    goal       `json:"to"`
	Via   *goal      `json:"via,omitempty"`
}

// A condition is met by a WorkSpace that has all that is given. What is not known of a WorkSpace it does not have.
type condition struct {
	OperatingSystem types.OperatingSystemName `json:"operatingSystem,omitempty"`
	License         migrate.License           `json:"license,omitempty"`
	Protocol        types.Protocol            `json:"protocol,omitempty"`
	ComputeType     types.Compute             `json:"computeType,omitempty"`
	BundleID        string                    `json:"bundleId,omitempty"`
	DirectoryID     string                    `json:"directoryId,omitempty"`
}

func (c *condition) meets(w *migrate.Workspace) bool {
	s := &w.Source
	return (c.OperatingSystem == "" || c.OperatingSystem == s.OS) && (c.License == "" || c.License == s.License) && (c.Protocol == "" || c.Protocol == s.Protocol) &&
		(c.ComputeType == "" || c.ComputeType == s.Compute) && (c.BundleID == "" || c.BundleID == s.BundleID) && (c.DirectoryID == "" || c.DirectoryID == w.DirectoryID)
}

// A goal is a bundle: its ID, or with facts that the export does not tell.
type goal struct{ migrate.Desktop }

// MarshalJSON writes the ID alone if nothing else is told.
func (g goal) MarshalJSON() ([]byte, error) {
	if g.Desktop == (migrate.Desktop{BundleID: g.BundleID}) {
		return json.Marshal(g.BundleID)
	}
	return json.Marshal(g.Desktop)
}

// UnmarshalJSON reads either form.
func (g *goal) UnmarshalJSON(data []byte) error {
	g.Desktop = migrate.Desktop{}
	if bytes.HasPrefix(data, []byte(`"`)) {
		return json.Unmarshal(data, &g.BundleID)
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	return d.Decode(&g.Desktop)
}

// check tells what is wrong with the rules.
func (f *targetFile) check() error {
	seen := map[string]bool{}
	for i := range f.Targets {
		t := &f.Targets[i]
		at := fmt.Sprintf("targets[%d]", i)
		switch {
		case (t.From == "") == (t.Where == nil):
			return fmt.Errorf("%s: want either from, the ID of a bundle or of a WorkSpace, or where", at)
		case t.Where != nil && *t.Where == condition{}:
			return fmt.Errorf("%s.where: has no condition, and would be met by every WorkSpace", at)
		case seen[t.From] && t.From != "":
			return fmt.Errorf("%s.from: %q stands in the file twice", at, rule.Shorten(t.From))
		case t.To.BundleID == "":
			return fmt.Errorf("%s.to: want the ID of a bundle, such as wsb-8vbljg4r6", at)
		case t.Via != nil && t.Via.BundleID == "":
			return fmt.Errorf("%s.via: want the ID of a bundle, such as wsb-8vbljg4r6", at)
		}
		seen[t.From] = true
	}
	return nil
}

// facts are what is known of bundles: by the export, the targets file, and the WorkSpaces that were made
// of them.
type facts struct {
	bundles map[string]*types.WorkspaceBundle
	images  map[string]*types.WorkspaceImage
	told    map[string]migrate.Desktop
	seen    map[string]*migrate.Desktop // system and protocol of the WorkSpaces of a bundle, if they have one
}

// see takes what a WorkSpace tells of its bundle. WorkSpaces that differ tell nothing.
func (f *facts) see(source *migrate.Desktop) {
	if source.BundleID == "" {
		return
	}
	d := f.seen[source.BundleID]
	if d == nil {
		f.seen[source.BundleID] = &migrate.Desktop{OS: source.OS, Protocol: source.Protocol}
		return
	}
	if d.OS != source.OS {
		d.OS = ""
	}
	if d.Protocol != source.Protocol {
		d.Protocol = ""
	}
}

// words are the facts that decide about a migration, by their place in the API, as people call them. Language, Region
// and Plus change no answer of today as long as nobody gives them.
var words = map[rule.Path]string{
	"WorkspaceProperties.OperatingSystemName": "the operating system (os)",
	"WorkspaceProperties.Protocols":           "the protocol (protocol)",
	"RequiredTenancy":                         "the licence (license: public, custom or byol)",
	"ComputeType.Name":                        "the compute type (compute)",
}

// target describes the bundle of a goal, and names what is not known of it. What the goal tells
// itself comes first, then the export, the bundles of the file, and WorkSpaces of that bundle.
func (f *facts) target(g goal) (d migrate.Desktop, unknown []string, err error) {
	b := types.WorkspaceBundle{BundleId: &g.BundleID}
	if known := f.bundles[g.BundleID]; known != nil {
		b = *known
	}
	d, missing, err := migrate.FromBundle(b, f.images[value(b.ImageId)], nil)
	if err != nil {
		return d, nil, err
	}
	for _, more := range []migrate.Desktop{g.Desktop, f.told[g.BundleID]} {
		missing = complete(&d, more, missing)
	}
	if seen := f.seen[g.BundleID]; seen != nil {
		missing = complete(&d, *seen, missing)
	}
	if g.License != "" {
		d.License = g.License
	}
	if g.Compute != "" {
		d.Compute = g.Compute
	}
	for _, at := range missing {
		if word, ok := words[at]; ok {
			unknown = append(unknown, fmt.Sprintf("%s of %s is not known: add it to bundles in %s", word, g.BundleID, targetsName))
		}
	}
	return d, unknown, nil
}

// A match is a rule by conditions, and how many WorkSpaces met it.
type match struct {
	Rule       string `json:"rule"`
	WorkSpaces int    `json:"workspaces"`
}

// aim finds the target of each WorkSpace: a rule for its ID, for its bundle, or else the first whose
// conditions it meets. WorkSpaces whose target is not known well enough get none; in.unknown counts them.
func (in *input) aim(more *targetFile, f *facts) error {
	if err := more.check(); err != nil {
		return fmt.Errorf("%s: %w", targetsName, err)
	}
	type aim struct {
		target  migrate.Target
		unknown []string
	}
	aims := make([]aim, len(more.Targets))
	byID := map[string]int{}
	var byCondition []int
	for i := range more.Targets {
		t := &more.Targets[i]
		a := &aims[i]
		var err error
		if a.target.Desktop, a.unknown, err = f.target(t.To); err != nil {
			return fmt.Errorf("%s: targets[%d].to: %w", targetsName, i, err)
		}
		if t.Via != nil {
			via, unknown, err := f.target(*t.Via)
			if err != nil {
				return fmt.Errorf("%s: targets[%d].via: %w", targetsName, i, err)
			}
			a.target.Via = &via
			a.unknown = append(a.unknown, unknown...)
		}
		if t.Where != nil {
			byCondition = append(byCondition, i)
			text, err := json.Marshal(t.Where)
			if err != nil {
				return err
			}
			in.matches = append(in.matches, match{Rule: fmt.Sprintf("%s to %s", text, t.To.BundleID)})
		} else {
			byID[t.From] = i
		}
	}
	for n := range in.fleet {
		w := &in.fleet[n]
		i, ok := byID[w.ID]
		if !ok {
			i, ok = byID[w.Source.BundleID]
		}
		if !ok {
			if at := slices.IndexFunc(byCondition, func(i int) bool { return more.Targets[i].Where.meets(w) }); at >= 0 {
				i, ok = byCondition[at], true
				in.matches[at].WorkSpaces++
			}
		}
		switch {
		case !ok:
		case len(aims[i].unknown) > 0:
			for _, why := range aims[i].unknown {
				in.unknown[why]++
			}
		default:
			t := aims[i].target
			if t.Directory == "" {
				t.Directory = w.Source.Directory // a migration stays in the directory
			}
			in.targets[w.ID] = t
		}
	}
	return nil
}
