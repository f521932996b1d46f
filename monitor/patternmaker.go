package monitor

import (
	"encoding/json"
	"net/netip"
	"strings"

	"github.com/wksgo/wks/rule"
)

// An EventFilter tells which access events a rule is for: those that fit in every field that is not
// empty. The zero value is for all.
type EventFilter struct {
	Directories []string       // by ID, with or without domain/
	Workspaces  []string       // by ID
	Products    []string       // of clients, as events name them
	Platforms   []string       // of clients, as events name them
	From        []netip.Prefix // of the addresses of clients; any if it is empty
}

// Pattern writes the event pattern of a filter, as the rule of EventBridge takes it, with the values
// in their order. CheckPattern finds nothing in it that must not be, but for values that access events
// of the edition do not have: the error, a *rule.InputError, names one. It is also for an ID that is not of the
// form that the API has, for an invalid prefix, and for Rules without an edition.
func (r Rules) Pattern(f EventFilter) ([]byte, error) {
	if err := r.known(); err != nil {
		return nil, err
	}
	detail := map[string][]any{}
	for i, p := range f.From {
		if !p.IsValid() || p != p.Masked() {
			return nil, &rule.InputError{Path: rule.Path("From").Index(i), Value: p.String(), Reason: "is not a range whose address is its first"}
		}
		detail["clientIpAddress"] = append(detail["clientIpAddress"], map[string]string{"cidr": p.String()})
	}
	for i, d := range f.Directories {
		d = strings.TrimPrefix(d, domainPrefix)
		if !isDirectory(d) {
			return nil, &rule.InputError{Path: rule.Path("Directories").Index(i), Value: d, Reason: noDirectory}
		}
		if !r.s.bare {
			d = domainPrefix + d
		}
		detail["directoryId"] = append(detail["directoryId"], d)
	}
	for _, of := range []struct {
		name, field string
		texts       []string
	}{{"Workspaces", "workspaceId", f.Workspaces}, {"Products", "workspacesClientProductName", f.Products}, {"Platforms", "clientPlatform", f.Platforms}} {
		for i, text := range of.texts {
			if of.name == "Workspaces" && !isWorkspace(text) {
				return nil, &rule.InputError{Path: rule.Path(of.name).Index(i), Value: text, Reason: noWorkspace}
			}
			if of.name != "Workspaces" && !r.s.has("detail."+of.field, text) {
				return nil, &rule.InputError{Path: rule.Path(of.name).Index(i), Value: text, Reason: "is no value that access events of the edition have"}
			}
			detail[of.field] = append(detail[of.field], text)
		}
	}
	pattern := struct {
		Source     []string         `json:"source"`
		DetailType []string         `json:"detail-type"`
		Detail     map[string][]any `json:"detail,omitempty"`
	}{[]string{Source}, []string{DetailType}, detail}
	return json.MarshalIndent(pattern, "", "  ")
}
