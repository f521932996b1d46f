package monitor

import (
	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

const (
	oldEvents    = "WorkSpaces Events"
	newEvents    = "WorkSpaces Access events"
	firstEvents  = "2018-09-20" // the version that has the page first
	domainNote   = "with domain/ before the ID"
	productField = "detail.workspacesClientProductName"
)

// A fieldRow is a field that access events have.
type fieldRow struct {
	tables.Dated
	path string
	note string
}

func field(since, until, path, note string) fieldRow {
	section := oldEvents
	if since == autumn2025 {
		section = newEvents
	}
	return fieldRow{tables.Since(eventsPage, section, since, until), path, note}
}

// fieldTable is that of the sample event and of the list below it.
var fieldTable = tables.Table[fieldRow]{
	Name: "fields of access events",
	Key:  func(r fieldRow) string { return r.path },
	Lists: func(r fieldRow) []rule.Parameter {
		value := "documented"
		if r.note != "" {
			value += ", " + r.note
		}
		codes := []rule.Code{PatternFieldUnknown}
		if r.path == "detail.directoryId" {
			codes = append(codes, PatternValueUnknown)
		}
		return []rule.Parameter{{Rules: codes, Name: "field of an access event: " + r.path, Value: value}}
	},
	Rows: []fieldRow{
		field(firstEvents, "", "version", ""),
		field(firstEvents, "", "id", ""),
		field(firstEvents, "", "detail-type", ""),
		field(firstEvents, "", "source", ""),
		field(firstEvents, "", "account", ""),
		field(firstEvents, "", "time", ""),
		field(firstEvents, "", "region", ""),
		field(firstEvents, "", "resources", ""),
		field(firstEvents, "", "detail.clientIpAddress", ""),
		field(firstEvents, "", "detail.actionType", ""),
		field(firstEvents, "", "detail.workspacesClientProductName", ""),
		field(firstEvents, "", "detail.loginTime", ""),
		field(firstEvents, "", "detail.clientPlatform", ""),
		field(firstEvents, "2021-03-16", "detail.directoryId", ""),
		field("2021-03-16", "", "detail.directoryId", domainNote),
		field(autumn2025, "", "detail.clientVersion", ""),
		field(firstEvents, "", "detail.workspaceId", ""),
	},
}

// A valueRow is a value that a field of access events has.
type valueRow struct {
	tables.Dated
	field  string
	value  string
	device DeviceType // of a product, if it tells it alone, or of a platform with the desktop client
	part   bool       // the page has it joined with others alone
}

func value(since, until, field, value string, device DeviceType) valueRow {
	section := oldEvents
	if since == autumn2025 {
		section = newEvents
	}
	return valueRow{tables.Since(eventsPage, section, since, until), field, value, device, false}
}

// part is a name of several that the page prints as one value.
func part(r valueRow) valueRow { r.part = true; return r }

const (
	platformField = "detail.clientPlatform"
	desktopClient = "WorkSpaces Desktop client"
)

// valueTable is by field. Three names of products stand for zero clients on one line of the page,
// joined by commas and "or", and two of platforms joined by "and": whether an event has one name or the
// whole line is not said, so that both are known. Two names of products changed their case on
// 2021-03-26, from when on the page says that case counts.
var valueTable = tables.Table[valueRow]{
	Name: "values of access events",
	Key:  func(r valueRow) string { return r.field + " " + r.value },
	Lists: func(r valueRow) []rule.Parameter {
		text := r.value
		switch {
		case r.device != "" && r.field == platformField:
			text += " (" + string(r.device) + " with " + desktopClient + ")"
		case r.device != "":
			text += " (" + string(r.device) + ")"
		}
		if r.part {
			text += "; printed as one with others"
		}
		return []rule.Parameter{{Rules: []rule.Code{PatternValueUnknown}, Name: "value of " + r.field, Value: text}}
	},
	Rows: []valueRow{
		value(firstEvents, "", "detail-type", DetailType, ""),
		value(firstEvents, "", "source", Source, ""),
		value(firstEvents, "", "detail.actionType", "successfulLogin", ""),

		value(firstEvents, "", productField, desktopClient, ""),
		value(firstEvents, "", productField, "Amazon WorkSpaces Mobile client", IOS),
		value(firstEvents, "2021-03-26", productField, "WorkSpaces Mobile client", Android),
		value("2021-03-26", "", productField, "WorkSpaces Mobile Client", Android),
		value(firstEvents, "2021-03-26", productField, "WorkSpaces Chrome client", ChromeOS),
		value("2021-03-26", "", productField, "WorkSpaces Chrome Client", ChromeOS),
		value(firstEvents, "2020-12-23", productField, "WorkSpaces Web client", Web),
		value("2020-12-23", autumn2025, productField, "WorkSpaces Web Client", Web),
		value(autumn2025, "", productField, "WorkSpacesWebClient", Web),
		value(autumn2025, "", productField, "AmazonWorkSpacesThinClient", ThinClient),
		part(value(firstEvents, "", productField, "Teradici PCoIP Zero Client", ZeroClient)),
		part(value(firstEvents, "", productField, "Teradici PCoIP Desktop Client", ZeroClient)),
		part(value(firstEvents, "", productField, "Dell Wyse PCoIP Client", ZeroClient)),
		value(firstEvents, "", productField, "Teradici PCoIP Zero Client, Teradici PCoIP Desktop Client, or Dell Wyse PCoIP Client", ZeroClient),

		value(firstEvents, "", platformField, "Android", ""),
		value(firstEvents, "", platformField, "Chrome", ""),
		value(firstEvents, "", platformField, "iOS", ""),
		value("2019-11-26", "", platformField, "Linux", Linux),
		value(firstEvents, "", platformField, "OSX", OSX),
		value(firstEvents, "", platformField, "Windows", Windows),
		part(value(firstEvents, "", platformField, "Teradici PCoIP Zero Client", "")),
		part(value(firstEvents, "", platformField, "Tera2", "")),
		value(firstEvents, "", platformField, "Teradici PCoIP Zero Client and Tera2", ""),
		value(firstEvents, "", platformField, "Web", ""),
	},
}

// productDevices and platformDevices are the device types of all editions: an old event can be read
// by the rules of a later one.
var productDevices, platformDevices = devicesOf(productField), devicesOf(platformField)

func devicesOf(field string) map[string]DeviceType {
	m := map[string]DeviceType{}
	for _, r := range valueTable.Rows {
		if r.field == field {
			m[r.value] = r.device
		}
	}
	return m
}

// A deliveryRow is a reason for which a login may have no event.
type deliveryRow struct {
	tables.Dated
	protocol Protocol
	text     string
}

// deliveryTable is by version.
var deliveryTable = tables.Table[deliveryRow]{
	Name: "delivery of access events",
	Key:  func(r deliveryRow) string { return string(r.protocol) },
	Lists: func(r deliveryRow) []rule.Parameter {
		return []rule.Parameter{{Name: "delivery of access events", Value: r.text}}
	},
	Rows: []deliveryRow{
		{tables.Since(eventsPage, oldEvents, "2021-01-23", ""), AnyProtocol, "events are sent on a best-effort basis"},
		{tables.Since(eventsPage, oldEvents, "2021-03-29", "2021-09-03"), DCV, "WorkSpaces with WSP send no events"},
		{tables.Since(eventsPage, "WorkSpaces events", "2021-09-03", ""), DCV, "WorkSpaces with DCV (WSP) send events from client version 4.0.1 on"},
	},
}

type valueKey struct{ field, value string }
