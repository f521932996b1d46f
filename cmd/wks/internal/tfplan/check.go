package tfplan

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks"
	findings "github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/rule"
)

// options are what the flags ask for.
type options struct {
	rules   wks.Rules
	region  string
	destroy findings.Destroy
}

// A checker asks every question that a plan permits.
type checker struct {
	plan       *plan
	rules      wks.Rules
	regionFlag string
	destroy    findings.Destroy
	answers    map[*object]*resource

	userRepeated  *rule.Violation // by repeated
	askedRepeated bool

	// What was found, so that it is not looked for again.
	users       map[userKey]*desktops // of WorkSpaces that there are after the apply
	directories map[*object]string    // by directoryKey
	zones       map[string]attr       // AZ IDs by the names of zones
	bundles     map[*object]bundleFacts
	entries     map[*object][]*object // of prefix lists
	policies    *keyPolicies
	registered  map[string]*object  // registrations, by directoryKey
	anywhere    bool                // there is a registration of which that is not known
	regions     map[string]location // by the key of a provider's configuration
	only        location            // of all that tells one, if it is the same
}

// check reports on a plan.
func check(p *plan, o options) *report {
	c := &checker{plan: p, rules: o.rules, regionFlag: o.region, destroy: o.destroy, answers: map[*object]*resource{}, directories: map[*object]string{}, bundles: map[*object]bundleFacts{}}
	rep := &report{Schema: schema, Input: p.name, Terraform: p.terraform, Format: p.format, Edition: o.rules.Edition(), Resources: []*resource{}, Notes: []words{}}
	c.users = c.usersAfter()
	for _, o := range p.objects {
		var ask func(*resource, *object)
		switch {
		case o.mode != "managed":
			continue
		case o.typ == "aws_workspaces_workspace":
			ask = c.workspace
		case o.typ == "aws_workspaces_directory":
			ask = c.directory
		case o.typ == "aws_workspaces_ip_group":
			ask = c.ipGroup
		case creations[o.typ].operation != "":
			ask = c.creation
		default:
			continue
		}
		if o.action == unchanged || o.action == read {
			rep.Unchanged++
			continue
		}
		ask(c.answer(o), o)
	}
	c.bystanders()
	c.networks()
	c.ipGroups()
	for _, o := range p.objects {
		if r := c.answers[o]; r != nil {
			r.conclude()
			rep.Resources = append(rep.Resources, r)
		}
	}
	c.gather(rep)
	slices.SortStableFunc(rep.Resources, func(a, b *resource) int {
		return cmp.Or(cmp.Compare(a.Address, b.Address), cmp.Compare(a.Deposed, b.Deposed))
	})
	if p.skipped != "" {
		rep.Notes = append(rep.Notes, p.skipped)
	}
	rep.Notes = append(rep.Notes, c.aboutProvider(rep)...)
	rep.Notes = append(rep.Notes, p.deferred...)
	if p.errored {
		rep.Notes = append(rep.Notes, "Terraform could not finish the plan: it cannot be applied, and resources may be missing")
	}
	if len(rep.Resources) == 0 && rep.Unchanged == 0 {
		rep.Notes = append(rep.Notes, say("the plan has no WorkSpaces, directories or IP groups, and no VPC that it changes (%s resources of other types)", count(p.others)))
	}
	rep.sumUp()
	return rep
}

// aboutProvider tells of the version of the provider, if it is not the one that was measured.
func (c *checker) aboutProvider(rep *report) []words {
	if !slices.ContainsFunc(rep.Resources, func(r *resource) bool { return strings.Contains(string(r.Address), "aws_workspaces_") }) {
		return nil
	}
	notes := c.plan.release.notes
	if note := c.plan.release.note(); note != "" {
		notes = append(slices.Clip(notes), note)
	}
	return notes
}

// gather says once for all instances of a block what the plan does not tell of several of them.
func (c *checker) gather(rep *report) {
	type line struct {
		module, typ, name string
		text              words
	}
	first := map[line]*words{}
	times := map[line]int{}
	for _, o := range c.plan.objects {
		r := c.answers[o]
		if r == nil || o.index == "" {
			continue
		}
		kept := r.NotGiven[:0]
		var at []line
		for _, text := range r.NotGiven {
			k := line{o.module, o.typ, o.name, text}
			if times[k]++; times[k] == 1 {
				kept, at = append(kept, text), append(at, k)
			}
		}
		r.partly = len(r.NotGiven) > 0
		r.NotGiven = kept
		for i, k := range at {
			first[k] = &r.NotGiven[len(kept)-len(at)+i]
		}
	}
	for k, text := range first {
		if n := times[k]; n > 1 {
			*text = say("%s (this holds for %s instances)", k.text, count(n))
		}
	}
}

// answer returns the answer about an object, a new one if there is none yet.
func (c *checker) answer(o *object) *resource {
	if c.answers[o] == nil {
		c.answers[o] = newResource(o, c.region(o))
	}
	return c.answers[o]
}

// tags checks the tags that a resource gets, those that the provider adds included.
func (c *checker) tags(r *resource, o *object) {
	all := o.after.get("tags_all")
	if all.value == nil {
		all = o.after.get("tags")
	}
	if all.unknown == true {
		r.notGiven("tags_all: not known until apply")
		return
	}
	own := o.after.get("tags")
	var tags []types.Tag
	var keys []string
	for _, k := range all.keys() {
		if strings.HasPrefix(k, droppedTags) {
			at := place{object: o, attr: all.key(k)}
			if x := own.key(k); x.value != nil {
				at.attr = x
			}
			if o.action != present && c.behaves(r, at, tagged[o.typ]) {
				f := r.breach(attributeDropped, at, "the provider does not send tags of AWS's own, and every later plan shows them as a change")
				f.Remedy = "Choose a key that does not start with aws:."
				f.sentSince(tagged[o.typ])
			}
			continue
		}
		value := all.key(k).text()
		tags, keys = append(tags, types.Tag{Key: &k, Value: &value}), append(keys, k)
	}
	if len(tags) == 0 {
		return
	}
	a, err := c.rules.Bundles.CheckTags(tags)
	if err != nil {
		r.invalid(place{object: o, attr: all}, err)
		return
	}
	r.take(a, func(p rule.Path) place {
		i, ok := elementOf("Tags", p)
		if !ok {
			return place{object: o, attr: all, with: []attr{own}}
		}
		at := all.key(keys[i]) // of the provider's default_tags
		if other := own.key(keys[i]); other.value != nil {
			at, other = other, at
			return known(place{object: o, attr: at, with: []attr{other}})
		}
		return known(place{object: o, attr: at})
	})
}

// elementOf returns the index of the element of a list at which, or below which, a path stands.
func elementOf(list, p rule.Path) (i int, ok bool) {
	rest, ok := strings.CutPrefix(string(p), string(list)+"[")
	digits, _, closed := strings.Cut(rest, "]")
	i, err := strconv.Atoi(digits)
	return i, ok && closed && err == nil
}

// known returns a place, or none if its value is not known until apply: what is not known breaks
// no rule.
func known(p place) place {
	if p.attr.pending() {
		return place{}
	}
	return p
}
