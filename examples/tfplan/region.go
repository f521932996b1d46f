package main

import (
	"encoding/json"
	"regexp"
	"strings"
)

// regionOf is the Region at the start of the name of an Availability Zone, or of a Local Zone.
var regionOf = regexp.MustCompile(`^[a-z]{2}(-[a-z]+)+-[0-9]+`)

// region returns the Region of an object, "" if the plan does not tell it and there is no
// -region. An object's own attributes come before its provider's configuration.
func (c *checker) region(o *object) string {
	a := o.after
	if a.value == nil { // it is destroyed
		a = o.before
	}
	candidates := []string{a.get("region").text(), arnRegion(a.get("arn").text()),
		regionOf.FindString(a.get("availability_zone").text()), c.providerRegion(o), c.regionFlag}
	for _, r := range candidates {
		if r == "" {
			continue
		}
		if _, err := c.rules.network.ManagementRanges(r); err == nil {
			return r
		}
	}
	return ""
}

func arnRegion(arn string) string {
	if parts := strings.SplitN(arn, ":", 6); len(parts) == 6 {
		return parts[3]
	}
	return ""
}

// providerRegion returns the Region in the configuration of the object's provider, if it is
// a constant or a variable of the root module.
func (c *checker) providerRegion(o *object) string {
	block, ok := c.plan.configOf(o)
	if !ok {
		return ""
	}
	provider, ok := c.plan.config.ProviderConfig[block.ProviderConfigKey]
	var e expression
	if !ok || json.Unmarshal(provider.Expressions["region"], &e) != nil {
		return ""
	}
	if s, ok := decodeValue(e.ConstantValue).(string); ok {
		return s
	}
	if provider.ModuleAddress != "" || len(e.References) != 1 {
		return ""
	}
	name, _ := strings.CutPrefix(e.References[0], "var.")
	s, _ := decodeValue(c.plan.variables[name].Value).(string)
	return s
}
