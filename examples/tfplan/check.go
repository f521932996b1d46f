package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/rule"
)

// options are what the flags ask for.
type options struct {
	rules     ruleSet
	region    string
	destroyOK bool
}

// A checker asks every question that a plan permits.
type checker struct {
	plan       *plan
	rules      ruleSet
	regionFlag string
	destroyOK  bool
	answers    map[*object]*resource
	users      map[userKey][]*object // of WorkSpaces that there are after the apply
}

// check reports on a plan.
func check(p *plan, o options) (*report, error) {
	c := &checker{plan: p, rules: o.rules, regionFlag: o.region, destroyOK: o.destroyOK, answers: map[*object]*resource{}}
	rep := &report{Schema: schema, Input: p.name, Terraform: p.terraform, Format: p.format, Edition: o.rules.network.Edition(), Resources: []*resource{}, Notes: []string{}}
	c.users = c.usersAfter()
	for _, o := range p.objects {
		var ask func(*resource, *object) error
		switch {
		case o.mode != "managed":
			continue
		case o.typ == "aws_workspaces_workspace":
			ask = c.workspace
		case o.typ == "aws_workspaces_directory":
			ask = c.directory
		case o.typ == "aws_workspaces_ip_group":
			ask = c.ipGroup
		default:
			continue
		}
		if o.action == unchanged {
			rep.Unchanged++
			continue
		}
		if err := ask(c.answer(o), o); err != nil {
			return nil, err
		}
	}
	if err := c.networks(); err != nil {
		return nil, err
	}
	if err := c.ipGroups(); err != nil {
		return nil, err
	}
	for _, o := range p.objects {
		if r := c.answers[o]; r != nil {
			r.conclude()
			rep.Resources = append(rep.Resources, r)
		}
	}
	slices.SortStableFunc(rep.Resources, func(a, b *resource) int {
		if d := strings.Compare(a.Address, b.Address); d != 0 {
			return d
		}
		return strings.Compare(a.Deposed, b.Deposed)
	})
	rep.Notes = append(rep.Notes, p.deferred...)
	if p.errored {
		rep.Notes = append(rep.Notes, "Terraform could not finish the plan: it cannot be applied, and resources may be missing")
	}
	if len(rep.Resources) == 0 && rep.Unchanged == 0 {
		rep.Notes = append(rep.Notes, fmt.Sprintf("the plan has no WorkSpaces, directories or IP groups, and no VPC that it changes (%d resources of other types)", p.others))
	}
	rep.sumUp()
	return rep, nil
}

// answer returns the answer about an object, a new one if there is none yet.
func (c *checker) answer(o *object) *resource {
	if c.answers[o] == nil {
		c.answers[o] = newResource(o)
		c.answers[o].Region = c.region(o)
	}
	return c.answers[o]
}

// answered adds what package bundles answers; at tells where a path of the API stands. What
// is not known until apply breaks no rule.
func (c *checker) answered(r *resource, o *object, a bundles.Answer, at func(rule.Path) attr) {
	for _, v := range a.Violations {
		if place := at(v.Path); !place.pending() {
			r.add(o, place, v)
		}
	}
	for _, q := range a.Open {
		switch place := at(q.Path); {
		case place.pending():
		case q.Input:
			r.notAsked("%s", strings.TrimPrefix(place.path+": ", ": ")+q.Reason)
		default:
			r.open(place, q.Reason)
		}
	}
}

// invalid makes a finding of a value that no rule can be applied to; another error is
// returned.
func (r *resource) invalid(o *object, at attr, err error) error {
	var input *rule.InputError
	if !errors.As(err, &input) {
		return err
	}
	r.add(o, at, rule.Violation{Code: valueInvalid, Level: rule.Must, Detail: fmt.Sprintf("%q %s", input.Value, input.Reason), Cite: citeSchema})
	return nil
}

// tags checks the tags that a resource gets, those that the provider adds included.
func (c *checker) tags(r *resource, o *object) error {
	all := o.after.get("tags_all")
	if all.value == nil {
		all = o.after.get("tags")
	}
	if all.unknown == true {
		r.notAsked("tags_all: not known until apply")
		return nil
	}
	var tags []types.Tag
	keys := all.keys()
	for _, k := range keys {
		value := all.key(k).text()
		tags = append(tags, types.Tag{Key: &k, Value: &value})
	}
	a, err := c.rules.bundles.CheckTags(tags)
	if err != nil {
		return err
	}
	own := o.after.get("tags")
	c.answered(r, o, a, func(p rule.Path) attr {
		for i, k := range keys {
			if !rule.Path("Tags").Index(i).Covers(p) {
				continue
			}
			if member(own.value, k) != nil || all.path == own.path {
				return own.key(k)
			}
			return all.key(k) // of the provider's default_tags
		}
		return all
	})
	return nil
}
