package rule

// A Rule is all that a package tells of one rule, for programs that list rules.
type Rule struct {
	Code      Code       `json:"code"`
	Title     string     `json:"title"`  // what is wrong, one sentence
	Remedy    string     `json:"remedy"` // what to do about it, one sentence
	Revisions []Revision `json:"revisions"`
}

// A Revision is a rule as a document gave it for some time. Revisions are in the order of
// their dates and do not overlap. One is closed by an Until, and never edited otherwise.
type Revision struct {
	Level Level    `json:"level"`
	Span  Span     `json:"span"`
	Cite  Citation `json:"cite"`
}

// At returns the revision that is in force on e.
func (r Rule) At(e Edition) (Revision, bool) {
	for _, v := range r.Revisions {
		if v.Span.Contains(e) {
			return v, true
		}
	}
	return Revision{}, false
}

// A Parameter is what a document says of one number or list of names that rules use. Several
// of one name can be in force at once: then the parameter has all their values, as with the
// ranges of a Region, or documents contradict one another, and their citations differ.
type Parameter struct {
	Rules []Code   `json:"rules,omitempty"` // that use it; none for a fact that only functions use
	Name  string   `json:"name"`            // unique in its package: "root volume of GRAPHICS, least"
	Value string   `json:"value"`           // with its unit
	Span  Span     `json:"span"`
	Cite  Citation `json:"cite"`
}

// Values returns the values that the parameters of a name have in an edition, in their order.
// There are none if no document of the edition tells.
func Values(list []Parameter, e Edition, name string) (values []string) {
	for _, p := range list {
		if p.Name == name && p.Span.Contains(e) {
			values = append(values, p.Value)
		}
	}
	return values
}
