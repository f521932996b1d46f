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
	for _, l := range []location{of("region", func(s string) string { return s }), of("arn", arnRegion), of("availability_zone", regionOf.FindString)} {
		if c.isRegion(l) {
			return l
		}
	}
	if c.regions == nil {
		c.findRegions()
	}
	b := c.plan.configOf(o)
	if b == nil {
		if c.plan.state && c.only.code != "" {
			return c.only
		}
		return c.flagged()
	}
	if l, ok := c.regions[b.provider]; ok {
		return l
	}
	return c.flagged()
}

func (c *checker) isRegion(l location) bool {
	if l.code == "" {
		return false
	}
	_, err := c.rules.Network.ManagementRanges(l.code)
	return err == nil
}

// flagged is the Region of the flag.
func (c *checker) flagged() location { return location{code: c.regionFlag} }

// findRegions finds the Regions of providers: what their configuration says, or else what an object
// of theirs tells, such as a data source with the names of Availability Zones.
func (c *checker) findRegions() {
	c.regions = map[string]location{}
	for key, p := range c.plan.providers {
		if l := c.providerRegion(p); c.isRegion(l) {
			c.regions[key] = l
		}
	}
	for key, p := range c.plan.providers {
		if _, ok := c.regions[key]; ok || p.module == "" || p.region != nil {
			continue
		}
		// A module without a configuration of its own has that of the module which calls it.
		local := key[strings.LastIndexByte(key, ':')+1:]
		for module := p.module; module != ""; {
			module, _ = parentOf(module)
			outer := local
			if module != "" {
				outer = module + ":" + local
			}
			if l, ok := c.regions[outer]; ok && c.plan.providers[outer].region != nil {
				c.regions[key] = l
				break
			}
		}
	}
	found, several := "", false
	for _, o := range c.plan.objects {
		a := o.after
		if a.value == nil {
			a = o.before
		}
		tells := a.get("arn")
		code := arnRegion(tells.text())
		switch o.typ {
		case "aws_region":
			if tells = a.get("name"); tells.text() == "" {
				tells = a.get("id")
			}
			code = tells.text()
		case "aws_availability_zones":
			tells = a.get("names")
			for _, zone := range tells.list()[:min(1, len(tells.list()))] {
				code = regionOf.FindString(zone.text())
			}
		}
		l := location{code, tells.secret()}
		if !c.isRegion(l) {
			continue
		}
		if c.only = l; found != "" && found != code {
			several = true
		}
		found = code
		if b := c.plan.configOf(o); b != nil {
			if _, ok := c.regions[b.provider]; !ok {
				c.regions[b.provider] = l
			}
		}
	}
	if several {
		c.only = location{}
	}
}

func arnRegion(arn string) string {
	if parts := strings.SplitN(arn, ":", 6); len(parts) == 6 {
		return parts[3]
	}
	return ""
}

// providerRegion returns the Region in the configuration of a provider, if it is a constant or a
// variable of the root module.
func (c *checker) providerRegion(provider providerConfig) location {
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
	code, _ := c.plan.variables[name].(string)
	return location{code, c.plan.config.sensitive[name]}
}
