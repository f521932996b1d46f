package tfplan

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/go-version"
)

// A since is the first version of hashicorp/aws that behaves in a way. The zero value is that no source which
// was read tells.
type since struct {
	version string
	by      origin
	where   string
}

// An origin is a kind of source that tells since when something is so.
type origin string

const (
	changelog  origin = "changelog"
	sourceCode origin = "source"
	ofSchema   origin = "schema"
)

// inChangelog is what the changelog of a version says, with the number of the pull request.
func inChangelog(v, where string) since { return since{v, changelog, where} }

// inSource is what the source of a version does, in a file of its tag, and that of the version before does not.
func inSource(v, where string) since { return since{v, sourceCode, where} }

// inSchema is what the schema of a version has, by a package that was made from it, and that of the version before
// does not.
func inSchema(v, where string) since { return since{v, ofSchema, where} }

// word tells since when something is so, and by which source.
func (s since) word() words {
	if s.version == "" {
		return "since when is not known"
	}
	return say("since %s (%s, %s)", plain(s.version), words(s.by), plain(s.where))
}

// measuredToo reports whether what is so since a version could be measured.
func (s since) measuredToo() bool { return s.version == "" || !older(measured, s.version) }

// older reports whether a version comes before another one. Both are versions.
func older(a, b string) bool {
	return version.Must(version.NewVersion(a)).LessThan(version.Must(version.NewVersion(b)))
}

// A certainty is whether something is so with the version of the provider that applies the plan.
type certainty uint8

const (
	never certainty = iota
	maybe
	always
)

// A release is what a plan, and the lock file beside it, tell of the version of hashicorp/aws. The zero value tells
// nothing.
type release struct {
	version *version.Version    // by a lock file; nil if none tells
	within  version.Constraints // by the configuration
	floor   *version.Version    // the first version that has the resources of the plan; nil if it has none
	named   words               // the version or the constraints, and what names them; "" if nothing does
	notes   []words             // what could not be used
}

// has tells whether the version behaves in a way. What is not known, or is not told, is as it was measured.
func (r release) has(s since) certainty {
	if s.version == "" || r.version == nil && len(r.within) == 0 {
		return always
	}
	from := version.Must(version.NewVersion(s.version))
	if r.version != nil {
		if r.version.LessThan(from) {
			return never
		}
		return always
	}
	before, after := false, false
	for _, v := range r.least(from) {
		if r.within.Check(v) && (r.floor == nil || !v.LessThan(r.floor)) {
			before, after = before || v.LessThan(from), after || !v.LessThan(from)
		}
	}
	switch {
	case before && after:
		return maybe
	case before:
		return never
	}
	return always
}

// least returns versions, one at least of each stretch that the constraints leave before a version, and from it on: a
// stretch begins with that version, with the first of all, or with the version of a constraint or the next one.
func (r release) least(from *version.Version) []*version.Version {
	list := []*version.Version{from, version.Must(version.NewVersion("0.0.0"))}
	if r.floor != nil {
		list = append(list, r.floor)
	}
	for _, c := range r.within {
		v := version.Must(version.NewVersion(bound(c)))
		list = append(list, v)
		if n := v.Segments(); n[2] < math.MaxInt { // or none of three numbers comes next
			list = append(list, version.Must(version.NewVersion(fmt.Sprintf("%d.%d.%d", n[0], n[1], n[2]+1))))
		}
	}
	return list
}

// bound is the version of a constraint, without what compares with it.
func bound(c *version.Constraint) string {
	return strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(c.String()), "=!<>~"))
}

// configured takes the constraints of a configuration. Terraform installs one version of a provider, so all of them hold
// together.
func (r *release) configured(providers map[string]providerConfig) {
	var texts []string
	seen := map[string]bool{}
	for _, key := range slices.Sorted(maps.Keys(providers)) {
		p := providers[key]
		if !p.isAWS() || p.constraint == "" || seen[p.constraint] {
			continue
		}
		c, err := version.NewConstraint(p.constraint)
		if err != nil {
			r.notes = append(r.notes, say("the configuration wants hashicorp/aws %s, which is no constraint on a version", brief(p.constraint)))
			continue
		}
		texts, seen[p.constraint] = append(texts, p.constraint), true
		r.within = append(r.within, c...)
	}
	if len(texts) > 0 {
		r.named = say("the configuration wants hashicorp/aws %s", brief(strings.Join(texts, ", ")))
	}
}

// atLeast takes the version with which a resource of the plan came.
func (r *release) atLeast(s since) {
	if v := version.Must(version.NewVersion(s.version)); r.floor == nil || r.floor.LessThan(v) {
		r.floor = v
	}
}

// locked takes the version of a lock file.
func (r *release) locked(file words, v *version.Version) {
	if !r.within.Check(v) {
		r.notes = append(r.notes, say("%s has hashicorp/aws %s, which the configuration does not permit: it is not that of the plan, and was passed over", file, plain(v.String())))
		return
	}
	r.version, r.named = v, say("%s has hashicorp/aws %s", file, plain(v.String()))
}

// isAWS reports whether a configuration is one of hashicorp/aws.
func (p providerConfig) isAWS() bool {
	return p.name == "aws" && (p.address == "" || strings.HasSuffix(p.address, "/"+providerAddress))
}

// providerAddress is the address of the provider without its registry.
const providerAddress = "hashicorp/aws"

// note tells that what is said was measured with another version than that of the plan; "" if it was not.
func (r release) note() words {
	exact := r.version
	if exact == nil && len(r.within) == 1 {
		exact, _ = version.NewVersion(strings.Trim(r.within[0].String(), "= ")) // nil of what is no single version
	}
	switch {
	case r.named == "" || exact != nil && exact.String() == measured:
		return ""
	case exact != nil && exact.LessThan(version.Must(version.NewVersion(measured))):
		return say("%s; what it sends was measured with %s, and a finding about it tells since when it is so", r.named, words(measured))
	}
	return say("%s; what it sends was measured with %s", r.named, words(measured))
}

// waits is how long the provider waits for an operation on a desktop; where two versions differ and the plan tells neither,
// the longer one.
func (r release) waits(operation words) (waits time.Duration) {
	for _, w := range waitings {
		if w.operation == operation && (waits == 0 || r.has(w.since) != never) {
			waits = w.waits
		}
	}
	return waits
}

// behaves reports whether the version of the provider does what was measured. If it may not, that is left open.
func (c *checker) behaves(r *resource, at place, s since) bool {
	if c.plan.release.has(s) == always {
		return true
	}
	r.notGiven("%s: the version of the provider is older, or may be, than what is known of it: %s", at.attr.where(), s)
	return false
}

// sentSince makes a finding cite since when the provider does what it tells.
func (f *finding) sentSince(s since) {
	f.Cite.Section = string(say("what is sent, %s, measured with %s", s, words(measured)))
}
