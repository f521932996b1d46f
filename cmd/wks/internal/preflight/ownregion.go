package preflight

import (
	"github.com/wksgo/wks/internal/facts"
)

// ownRegion is the Region that the most ARNs of the subnets tell, the first of equal ones; "" if none tells it.
func (e *regionExport) ownRegion() (region string) {
	times := map[string]int{}
	for _, s := range e.subnets.elements() {
		if of := s.region(); facts.IsRegion(of) {
			times[of]++
		}
	}
	for _, s := range e.subnets.elements() {
		if times[s.region()] > times[region] {
			region = s.region()
		}
	}
	return region
}

// region is what the ARN tells, "" if it does not.
func (s *subnet) region() string {
	arn, ok := facts.ParseARN(s.SubnetArn)
	if !ok {
		return ""
	}
	return arn.Region
}

// placeSubnets notes the subnets that are of another Region than the export, and answers nothing that depends on them.
// If all of them are, the file lies in the wrong folder, and is not used.
func (a *account) placeSubnets(e *regionExport) {
	var others []*subnet
	told := 0
	for _, s := range e.subnets.elements() {
		of := s.region()
		if of != "" {
			told++
		}
		if of != "" && of != e.region {
			others = append(others, s)
		}
	}
	for _, s := range others {
		wrong := newFileError(s.at.below("SubnetArn"), say("is in %s and not in %s: use a folder for each Region", s.region(), e.region))
		if len(others) == told {
			a.refuse(wrong)
			e.subnets, e.files[subnetsName] = nil, false
			return
		}
		a.notes.wrong(wrong, "what depends on the subnet is not answered")
		whole := *wrong
		whole.place = s.at
		s.spoil(&whole)
		e.doubt(subnetsName, wrong)
	}
}
