package migrate

import (
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

// route decides about the WorkSpaces of a source, and describes their migration if that is
// planned; then the verdict is Allowed.
func (r Rules) route(source Desktop, t *Target, policy rule.Verdict) (Migration, Decision, error) {
	m := Migration{SourceBundleID: source.BundleID, BundleID: t.BundleID}
	d, err := r.Check(source, t.Desktop)
	if err != nil {
		return m, d, err
	}
	first := t.Desktop
	if d.Verdict == rule.Denied && t.Via != nil && d.denies(Windows7ToWindows11) {
		there, err := r.Check(source, *t.Via)
		if err != nil {
			return m, d, err
		}
		middle := *t.Via
		middle.Compute = source.Compute
		if middle.Compute == types.ComputeValue {
			middle.Compute = types.ComputeStandard
		}
		onwards, err := r.Check(middle, t.Desktop)
		if err != nil {
			return m, d, err
		}
		first = *t.Via
		m.BundleID, m.Then, m.After = t.Via.BundleID, t.BundleID, []Task{LogIn}
		if source.Compute == types.ComputeValue {
			m.After = []Task{LogIn, LeaveValue}
		}
		if d = there; onwards.Verdict != rule.Allowed && there.Verdict != rule.Denied {
			d = onwards
		}
	}
	if d.Verdict == rule.Denied && source.Compute == types.ComputeValue && d.denies(ValueToWindows11) {
		source.Compute = types.ComputeStandard
		after, err := r.Check(source, first)
		if err != nil {
			return m, d, err
		}
		if after.Verdict != rule.Denied {
			d, m.Before = after, append(m.Before, LeaveValue)
		}
	}
	if _, asked := r.TaskCitation(UseDCVBundle); asked && source.License == BYOL && source.Protocol == types.ProtocolPcoip && first.traits()[theProtocol] == wsp {
		m.Before = append(m.Before, UseDCVBundle)
	}
	if d.Verdict == rule.Undocumented && policy == rule.Allowed {
		d.Verdict, m.Undocumented = rule.Allowed, true
	}
	return m, d, nil
}
