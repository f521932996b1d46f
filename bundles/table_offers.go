package bundles

import (
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/facts"
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// BYOP is the streaming protocol that a partner of WorkSpaces Core brings. The SDK has no value
// for it.
const BYOP types.Protocol = facts.BYOP

// An Offer is what WorkSpaces offers with an operating system.
type Offer struct {
	System string // as the guide calls it
	// Name is that of the SDK, or, for Ubuntu 24.04, Rocky Linux 9 and Red Hat Enterprise Linux 9,
	// which it does not have, one that follows its spelling.
	Name      types.OperatingSystemName
	BYOL      bool             // with the customer's own licence
	Protocols []types.Protocol // WSP is DCV
	Compute   []types.Compute  // in the order of ComputeTypes
	Last      rule.Edition     // the last day of its life, past or ahead; zero if no document gives one
	Cite      rule.Citation
}

// offers, streams and permits are shared tables, with the rules of this package that use
// them.
func offers() tables.Facts {
	t := facts.Offers
	t.Lists = func(o facts.Offer) []rule.Parameter {
		name := o.System
		if o.BYOL {
			name += " with BYOL"
		}
		compute := fmt.Sprintf("%s to %s", o.Smallest, o.Largest)
		if len(o.Families) > 0 {
			compute += ", " + words(o.Families)
		}
		list := append(parameter("protocols offered with "+name, words(o.Protocols), ProtocolNotOffered),
			parameter("compute types offered with "+name, compute, ComputeTypeNotOffered)...)
		return list
	}
	return t
}

func streams() tables.Facts {
	t := facts.Streams
	t.Lists = func(s facts.Stream) []rule.Parameter {
		return parameter("protocols of GPUs by "+s.Document(), s.Text, ProtocolNotOffered)
	}
	return t
}

func permits() tables.Facts {
	t := facts.Permits
	t.Lists = func(p facts.Permit) []rule.Parameter {
		return parameter("permitted beside the table with "+words(p.Systems), p.Text, ComputeTypeNotOffered, ProtocolNotOffered)
	}
	return t
}

// lastDay is the last day of a compute type, as a value.
func lastDay(r facts.Retirement) string {
	if r.Disputed() {
		return r.Last + ", or the day before"
	}
	return r.Last
}

func retirements() tables.Facts {
	t := facts.Retirements
	t.Lists = func(r facts.Retirement) []rule.Parameter {
		return parameter("last day of "+r.Compute, lastDay(r), ComputeTypeRetired)
	}
	return t
}
