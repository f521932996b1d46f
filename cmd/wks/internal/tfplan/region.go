package tfplan

import (
	"regexp"
	"strings"
)

// regionOf is the Region at the start of the name of an Availability Zone, or of a Local Zone.
var regionOf = regexp.MustCompile(`^[a-z]{2}(-[a-z]+)+-[0-9]+`)

// region returns the Region of an object, "" if the plan does not tell it and there is no
// --region. An object's own attributes come before its provider's configuration.
func (c *checker) region(o *object) location {
	a := o.after
	if a.value == nil { // it is destroyed
		a = o.before
	}
	of := func(name string, read func(string) string) location {
		x := a.get(name)
		return location{read(x.text()), x.secret()}
	}
	for _, l := range []location{
		of("region", func(s string) string { return s }), of("arn", arnRegion),
		of("availability_zone", regionOf.FindString), c.providerRegion(o), {code: c.regionFlag},
	} {
		if l.code == "" {
			continue
		}
		if _, err := c.rules.Network.ManagementRanges(l.code); err == nil {
			return l
		}
	}
	return location{}
}

func arnRegion(arn string) string {
	if parts := strings.SplitN(arn, ":", 6); len(parts) == 6 {
		return parts[3]
	}
	return ""
}

// providerRegion returns the Region in the configuration of the object's provider, if it is
// a constant or a variable of the root module.
func (c *checker) providerRegion(o *object) location {
	b := c.plan.configOf(o)
	if b == nil {
		return location{}
	}
	provider := c.plan.providers[b.provider]
	e := provider.region
	if e == nil {
		return location{}
	}
	if s, ok := e.constant.(string); ok {
		return location{code: s}
	}
	if provider.module != "" || len(e.references) != 1 {
		return location{}
	}
	name, _ := strings.CutPrefix(e.references[0], "var.")
	return location{c.plan.variables[name], c.plan.config.sensitive[name]}
}
