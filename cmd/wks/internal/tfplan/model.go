package tfplan

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
)

// A modelEntry is something that the provider does with an attribute, for people and programs to read.
type modelEntry struct {
	Provider  string `json:"provider"`
	Resource  string `json:"resource"`
	Attribute string `json:"attribute"` // "" for what no attribute sets
	Create    string `json:"create,omitempty"`
	Update    string `json:"update,omitempty"`
	Default   any    `json:"default,omitempty"` // what is taken if the configuration leaves the attribute out
	Says      string `json:"says,omitempty"`    // what else there is to say
	Since     string `json:"since,omitempty"`   // the first version, "" if no source that was read tells
	By        origin `json:"by,omitempty"`
	Source    string `json:"source,omitempty"`
	Measured  string `json:"measured,omitempty"` // the version with which it was recorded, "" if it was not

	since since
}

// entry returns an entry of hashicorp/aws.
func entry(resource, attribute string, s since) modelEntry {
	e := modelEntry{Provider: providerAddress, Resource: resource, Attribute: attribute, Since: s.version, By: s.by, Source: s.where, since: s}
	if s.measuredToo() {
		e.Measured = measured
	}
	return e
}

// modelOf returns all that this package holds of providers, by resource, in the order of the tables.
func modelOf() []modelEntry {
	list := workspaceEntries()
	for _, resource := range slices.Sorted(maps.Keys(parameters)) {
		for _, p := range parameters[resource] {
			e := entry(resource, p.attribute, p.since)
			e.Create, e.Update, e.Default = p.create+" "+p.member, "replaces the resource", p.byDefault
			if p.update != "" {
				e.Update = p.update + ", in the order of this list"
			}
			if p.unseen {
				e.Measured = ""
			}
			if p.attribute == "" {
				e.Update, e.Says = "", "is always sent"
			}
			list = append(list, e)
		}
	}
	for _, resource := range slices.Sorted(maps.Keys(creations)) {
		c := creations[resource]
		for _, m := range c.members {
			name := m.attribute
			if m.block != "" {
				name = m.block + "." + name
			}
			s := c.since
			if m.attribute == otherPoolName {
				s = since{}
			}
			e := entry(resource, name, s)
			e.Create = c.operation + " " + string(m.path)
			if strings.HasPrefix(resource, "awscc_") {
				e.Provider, e.Measured = "hashicorp/awscc", ""
			}
			if m.attribute == otherPoolName {
				e.Measured = ""
			}
			list = append(list, e)
		}
	}
	for _, resource := range slices.Sorted(maps.Keys(tagged)) {
		s := tagged[resource]
		dropped := entry(resource, "tags", s)
		dropped.Says = "keys that start with " + droppedTags + " are not sent"
		list = append(list, dropped)
		for _, more := range []modelEntry{
			{Attribute: "tags_all", Says: "the provider's default_tags are sent too", since: withDefaultTags},
			{Attribute: "tags", Update: "CreateTags and DeleteTags, before all other calls", since: withTagsFirst},
		} {
			if older(more.since.version, s.version) {
				more.since = s
			}
			e := entry(resource, more.Attribute, more.since)
			e.Update, e.Says = more.Update, more.Says
			if more.Update == "" && resource != "aws_workspaces_workspace" {
				e.Measured = "" // no recording has it
			}
			list = append(list, e)
		}
	}
	e := entry("aws_security_group", "egress", inSource("0.1.0", "aws/resource_aws_security_group.go"))
	e.Create, e.Measured = "RevokeSecurityGroupEgress of the rule with which Amazon EC2 makes a group", ""
	return append(list, e)
}

// workspaceEntries are those of aws_workspaces_workspace.
func workspaceEntries() (list []modelEntry) {
	const resource = "aws_workspaces_workspace"
	for i, s := range sendings {
		member := s.member
		if s.inBlock {
			member = "WorkspaceProperties." + member
		}
		e := entry(resource, string(sendingPaths[i]), s.since)
		e.Create, e.Update, e.Default = "CreateWorkspaces "+member, "replaces the resource", s.byDefault
		if s.order > 0 {
			e.Update = fmt.Sprintf("ModifyWorkspaceProperties, call %d, alone", s.order)
		}
		if s.missing != nil {
			e.Says = fmt.Sprintf("%v is sent on create if it is left out", s.missing)
		}
		if s.onlyWith == "" {
			list = append(list, e)
			continue
		}
		e.Update += fmt.Sprintf(", and none without %s", s.onlyWith)
		only := entry(resource, e.Attribute, s.onlyWithSince)
		only.Create, only.Says = e.Create, fmt.Sprintf("is sent with %s alone; before, it is sent with each running mode", s.onlyWith)
		list = append(list, e, only)
	}
	for _, w := range waitings {
		e := entry(resource, "timeouts."+string(w.operation), w.since)
		e.Default, e.Measured = span(w.waits), ""
		list = append(list, e)
	}
	e := entry(resource, "timeouts", withTimeouts)
	e.Says, e.Measured = "can be given", ""
	return append(list, e)
}

// writeModel writes the model for a person.
func writeModel(w io.Writer, list []modelEntry) error {
	var b strings.Builder
	resource := ""
	for _, e := range list {
		if e.Resource != resource {
			if resource = e.Resource; b.Len() > 0 {
				b.WriteByte('\n')
			}
			fmt.Fprintf(&b, "%s (%s)\n", e.Resource, e.Provider)
		}
		name := e.Attribute
		if name == "" {
			name = "(no attribute)"
		}
		fmt.Fprintf(&b, "  %s\n", name)
		for _, line := range []struct{ what, text string }{{"create", e.Create}, {"update", e.Update}, {"default", shown(e.Default)}, {"also", e.Says}} {
			if line.text != "" {
				fmt.Fprintf(&b, "    %s: %s\n", line.what, line.text)
			}
		}
		with := "not measured"
		if e.Measured != "" {
			with = "measured with " + e.Measured
		}
		fmt.Fprintf(&b, "    %s; %s\n", e.since.word(), with)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// shown writes a default, "" if there is none.
func shown(v any) string {
	switch v {
	case nil:
		return ""
	case "":
		return `""`
	}
	return fmt.Sprint(v)
}

// printModel prints the model as text or as JSON.
func printModel(w io.Writer, asJSON bool) error {
	if asJSON {
		return cli.WriteJSON(w, modelOf())
	}
	return writeModel(w, modelOf())
}
