package tfplan

import (
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

// A desktop is an aws_workspaces_workspace before or after an apply, with an attribute for each of
// sendings, in its order.
type desktop struct {
	block      attr // workspace_properties[0]
	attributes []attr
}

const propertiesPath words = "workspace_properties[0]"

// paths are those of the attributes of sendings, and members are where they stand.
var (
	sendingPaths = make([]words, len(sendings))
	sendingOf    = map[rule.Path]int{}
)

func init() {
	for i, s := range sendings {
		sendingPaths[i] = words(s.attribute)
		if s.inBlock {
			sendingPaths[i] = propertiesPath + "." + words(s.attribute)
		}
		sendingOf[rule.Path(s.member)] = i
		if s.inBlock {
			sendingOf["WorkspaceProperties."+rule.Path(s.member)] = i
		}
	}
}

func newDesktop(a attr) *desktop {
	d := &desktop{block: a.as("workspace_properties", "workspace_properties").at(0), attributes: make([]attr, len(sendings))}
	for i, s := range sendings {
		of := a
		if s.inBlock {
			of = d.block
		}
		d.attributes[i] = of.as(s.attribute, sendingPaths[i])
	}
	return d
}

// at returns the attribute that sets a member of the API, the block for another property, and
// nothing for what is about the whole.
func (d *desktop) at(p rule.Path) attr {
	if i, ok := sendingOf[p]; ok {
		return d.attributes[i]
	}
	if p == "" {
		return attr{}
	}
	whole := d.block
	whole.path = "workspace_properties"
	return whole
}

// inBlock reports whether a member of the API is a property.
func inBlock(p rule.Path) bool {
	i, ok := sendingOf[p]
	return !ok || sendings[i].inBlock
}

// omitted reports whether there is no block, so that the provider sends no properties.
func (d *desktop) omitted() bool {
	return d.block.value == nil && (d.block.unknown == true || d.block.unknown == nil)
}

// properties are those that are known, as the provider sends them on create.
func (d *desktop) properties() types.WorkspaceProperties {
	p := types.WorkspaceProperties{
		ComputeTypeName:   types.Compute(d.at("ComputeTypeName").text()),
		RootVolumeSizeGib: d.at("RootVolumeSizeGib").int(),
		UserVolumeSizeGib: d.at("UserVolumeSizeGib").int(),
		RunningMode:       types.RunningMode(d.at("RunningMode").text()),
	}
	if i := sendingOf[minutesMember]; p.RunningMode == sendings[i].onlyWith {
		p.RunningModeAutoStopTimeoutInMinutes = d.attributes[i].int()
	}
	return p
}

const minutesMember rule.Path = "RunningModeAutoStopTimeoutInMinutes"

// before and after return an object of type aws_workspaces_workspace as a desktop.
func (o *object) desktopBefore() *desktop {
	if o.was == nil {
		o.was = newDesktop(o.before)
	}
	return o.was
}

func (o *object) desktop() *desktop {
	if o.is == nil {
		o.is = newDesktop(o.after)
	}
	return o.is
}

// A source is where the value of an attribute of a block comes from.
type source uint8

const (
	unsaid   source = iota // the configuration does not tell, as of a dynamic block
	leftOut                // the configuration leaves the attribute out, or sets it to null
	given                  // the configuration gives it
	noConfig               // it is a state, which has no configuration
)

// source tells where the value of an attribute of workspace_properties comes from.
func (p *plan) source(o *object, attribute string) source {
	if p.state {
		return noConfig
	}
	e := p.argument(o, "workspace_properties")
	if e == nil || len(e.blocks) == 0 {
		return unsaid
	}
	switch e := e.blocks[0][attribute]; {
	case e == nil, e.isConstant && e.constant == nil:
		return leftOut
	}
	return given
}
