package network

import (
	"fmt"
	"slices"
	"strings"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// An endpointRow says that a page gives ranges to which the clients of a Region connect
// for one purpose.
type endpointRow struct {
	tables.Dated
	region      string
	purpose     Purpose
	protocol    Protocol // "" if the row is for all
	ranges      []Range
	suspect     bool // printed so, and wrong
	unsupported bool // the page says that the Region has no gateways of the protocol
	lost        bool // the version has ranges, and the copy that was read has a link in their place
}

// A heading is what a section of the page on ports is called from a version on.
type heading struct{ since, text string }

// A section is one of the page on ports, by what it is called, in ascending order of dates.
type section []heading

// on returns what the section is called in the version of a date.
func (s section) on(date string) (text string) {
	for _, h := range s {
		if h.since <= date {
			text = h.text
		}
	}
	return text
}

var (
	pcoipSection = section{
		{"2018-02-03", "PCoIP Gateway and Health Check Servers"}, {"2019-09-24", "PCoIP Gateway"},
		{"2020-09-03", "PCoIP Gateway Servers"}, {"2021-09-03", "PCoIP gateway servers"},
	}
	dcvSection = section{
		{april2020, "WSP Gateway"}, {"2020-10-03", "WSP beta Gateway Servers"}, {"2020-12-02", "WSP Gateway Servers"},
		{"2021-09-03", "WSP gateway servers"}, {autumn2025, "DCV gateway servers"},
	}
	healthSection = section{
		{"2018-02-03", "PCoIP Gateway and Health Check Servers"}, {"2019-09-24", "PCoIP Health Check Servers"},
		{"2020-10-03", "Health Check Servers"}, {"2021-09-03", "Health check servers"},
	}
)

// endpoints returns the rows of ranges that the page gives in the versions of dates, which are
// SINCE..UNTIL, or SINCE if they are still there. What was there before the versions that were
// not read is a row of its own, for nothing is known of the time between.
func endpoints(region string, purpose Purpose, protocol Protocol, s section, dates string, ranges []string) (rows []endpointRow) {
	row := endpointRow{region: region, purpose: purpose, protocol: protocol}
	for _, r := range ranges {
		row.ranges = append(row.ranges, MustParseRange(r))
	}
	add := func(since, until string) {
		page := portsPage
		if since == april2020 && protocol == ProtocolDCV {
			page = guide
		}
		row.Dated = tables.Since(page, s.on(since), since, until)
		rows = append(rows, row)
	}
	since, until, ended := strings.Cut(dates, "..")
	if ended || since >= autumn2025 {
		add(since, until)
		return rows
	}
	add(since, afterLastVersion)
	add(autumn2025, "")
	return rows
}

func pcoip(region, dates string, ranges ...string) []endpointRow {
	return endpoints(region, Gateways, ProtocolPCoIP, pcoipSection, dates, ranges)
}

func dcv(region, dates string, ranges ...string) []endpointRow {
	return endpoints(region, Gateways, ProtocolDCV, dcvSection, dates, ranges)
}

// accelerator makes rows of addresses that the page marks as those of Global Accelerator, in
// its table of DCV gateways.
func accelerator(region, dates string, ranges ...string) []endpointRow {
	return endpoints(region, Accelerator, "", dcvSection, dates, ranges)
}

func health(region, dates string, ranges ...string) []endpointRow {
	return endpoints(region, HealthCheck, "", healthSection, dates, ranges)
}

// misprinted marks the addresses that the page gives for Paris: they are Tel Aviv's.
func misprinted(rows []endpointRow) []endpointRow {
	for i := range rows {
		rows[i].suspect = true
	}
	return rows
}

// unsupported makes the row of a Region of which the page says that WSP is not supported in it.
func unsupported(region, dates string) []endpointRow {
	rows := dcv(region, dates)
	rows[0].unsupported = true
	return rows
}

// lost makes the row of a Region whose gateways are missing in the copy of a version.
func lost(region, dates string) []endpointRow {
	rows := dcv(region, dates)
	rows[0].lost = true
	return rows
}

// unreadTable is the time of which no version of the tables of endpoints was read, though they
// changed. It cites the last version before.
var unreadTable = tables.Table[tables.Dated]{
	Name: "unread",
	Lists: func(tables.Dated) []rule.Parameter {
		return []rule.Parameter{{
			Rules: []rule.Code{FirewallLacksGateways, FirewallLacksHealthChecks, FirewallLacksAccelerator},
			Name:  "gateways, health checks and Global Accelerator of all Regions", Value: "not known: no version was read",
		}}
	},
	Rows: []tables.Dated{{Span: tables.During(afterLastVersion, autumn2025), Cite: tables.Cite(portsPage, "PCoIP gateway servers", "2022-09-02")}},
}

// endpointTable lists the rows of endpointRows.
var endpointTable = tables.Table[endpointRow]{
	Name: "endpoints",
	Key: func(r endpointRow) string {
		return fmt.Sprint(r.region, " ", r.purpose, " ", r.protocol, " ", r.unsupported, r.lost, r.ranges)
	},
	Lists: func(r endpointRow) (list []rule.Parameter) {
		name := strings.TrimSpace(string(r.purpose)+" "+string(r.protocol)) + ": " + r.region
		codes := []rule.Code{lacking[r.purpose].code}
		switch {
		case r.unsupported:
			return []rule.Parameter{{Rules: codes, Name: name, Value: "not supported"}}
		case r.lost:
			return []rule.Parameter{{Rules: codes, Name: name, Value: "missing in the copy that was read"}}
		case r.suspect:
			codes = []rule.Code{FirewallDisputed}
		}
		for _, a := range r.ranges {
			list = append(list, rule.Parameter{Rules: codes, Name: name, Value: a.String()})
		}
		return list
	},
	Rows: endpointRows,
}

// endpointRows are by Region, in the order of the newest page, and by address. They are from all
// versions of the page between 2018-02-03 and 2022-09-02, and from the readings of 2025-10-21,
// 2025-10-28, 2026-03-11, 2026-05-15 and 2026-09-10; the last two have the same. The gateways of WSP until 2020-10-03
// are those of the guide of April 2020, which describes its beta, when the page had none. The
// addresses of the readings are those of the tables at the top of the page: its sections on
// single Regions have errors of copying.
var endpointRows = slices.Concat(
	pcoip("us-east-1", "2019-09-24", "3.217.228.0/22"),
	pcoip("us-east-1", "2020-04-29", "3.235.112.0/21"),
	pcoip("us-east-1", "2018-02-03", "52.23.61.0-52.23.62.255"),
	pcoip("us-east-1", "2025-10-21", "2600:1f32:8000::/39"),
	lost("us-east-1", "2022-09-02..2022-09-03"),
	dcv("us-east-1", "2020-04-29..2022-09-02", "3.227.4.0/22"),
	dcv("us-east-1", "2025-10-21", "3.227.4.0/22", "44.209.84.0/22", "2600:1f28:34c::/48"),
	accelerator("us-east-1", "2025-10-21", "93.77.138.0/24", "93.77.139.0/24"),
	health("us-east-1", "2020-03-31", "3.209.215.252", "3.212.50.30", "3.225.55.35", "3.226.24.234", "34.200.29.95", "52.200.219.150"),
	health("us-east-1", october2025, "2600:1f18:74e9:4400::/56"),

	dcv("us-east-2", "2025-10-21", "3.146.84.0/22", "2600:1f26:28::/48"),
	accelerator("us-east-2", "2025-10-21", "93.77.130.0/24", "93.77.131.0/24"),

	pcoip("us-west-2", "2021-06-05", "35.80.88.0/21"),
	pcoip("us-west-2", "2020-04-29", "44.234.54.0/23"),
	pcoip("us-west-2", "2018-02-03..2020-04-29", "54.244.46.0/23"),
	pcoip("us-west-2", "2020-05-07", "54.244.46.0/23"),
	pcoip("us-west-2", "2025-10-21", "2600:1f32:4000::/39"),
	dcv("us-west-2", "2020-04-29", "34.223.96.0/22"),
	dcv("us-west-2", "2025-10-21", "2600:1f24:34::/48"),
	accelerator("us-west-2", "2025-10-21", "93.77.148.0/24", "93.77.149.0/24"),
	health("us-west-2", "2020-03-31", "34.217.248.177", "52.34.160.80", "54.68.150.54", "54.185.4.125", "54.188.171.18", "54.244.158.140"),
	health("us-west-2", october2025, "2600:1f14:278e:5700::/56"),

	pcoip("ap-south-1", "2021-03-09..2021-04-03", "13.126.143.0/24"),
	pcoip("ap-south-1", "2021-04-03", "13.126.243.0/24"),
	pcoip("ap-south-1", "2025-10-21", "2406:da32:a000::/40"),
	dcv("ap-south-1", "2021-03-09", "65.1.156.0/22"),
	dcv("ap-south-1", "2025-10-21", "2406:da2a:14::/48"),
	accelerator("ap-south-1", "2025-10-21", "93.77.142.0/24", "93.77.143.0/24"),
	health("ap-south-1", "2021-03-09", "13.127.57.82", "13.234.250.73"),
	health("ap-south-1", october2025, "2406:da1a:502:b800::/56"),

	pcoip("ap-northeast-2", "2020-06-04", "3.34.37.0/24", "3.34.38.0/23"),
	pcoip("ap-northeast-2", "2018-04-18", "13.124.247.0/24"),
	pcoip("ap-northeast-2", "2025-10-21", "2406:da32:2000::/40"),
	unsupported("ap-northeast-2", "2020-04-29..2020-12-02"),
	dcv("ap-northeast-2", "2020-12-02", "3.35.160.0/22"),
	dcv("ap-northeast-2", "2025-10-21", "2406:da22:4::/48"),
	accelerator("ap-northeast-2", "2025-10-21", "93.77.156.0/24", "93.77.157.0/24"),
	health("ap-northeast-2", "2020-03-31", "13.124.44.166", "13.124.203.105", "52.78.44.253", "52.79.54.102"),
	health("ap-northeast-2", october2025, "2406:da12:c8c:4900::/56"),

	pcoip("ap-southeast-1", "2020-06-04", "18.141.152.0/24", "18.141.154.0/23"),
	pcoip("ap-southeast-1", "2018-02-03", "52.76.127.0/24"),
	pcoip("ap-southeast-1", "2025-10-21", "2406:da32:8000::/40"),
	unsupported("ap-southeast-1", "2020-04-29..2020-12-02"),
	dcv("ap-southeast-1", "2020-12-02", "13.212.132.0/22"),
	dcv("ap-southeast-1", "2025-10-21", "2406:da28:28::/48"),
	accelerator("ap-southeast-1", "2025-10-21", "93.77.158.0/24", "93.77.159.0/24"),
	health("ap-southeast-1", "2020-03-31", "3.0.212.144", "18.138.99.116", "18.140.252.123", "52.74.175.118"),
	health("ap-southeast-1", october2025, "2406:da18:991:4a00::/56"),

	pcoip("ap-southeast-2", "2020-06-04", "3.25.43.0/24", "3.25.44.0/23"),
	pcoip("ap-southeast-2", "2018-02-03", "54.153.254.0/24"),
	pcoip("ap-southeast-2", "2025-10-21", "2406:da32:c000::/40"),
	unsupported("ap-southeast-2", "2020-04-29..2020-12-02"),
	dcv("ap-southeast-2", "2020-12-02", "3.25.248.0/22"),
	dcv("ap-southeast-2", "2025-10-21", "2406:da2c:24::/48"),
	accelerator("ap-southeast-2", "2025-10-21", "93.77.150.0/24", "93.77.151.0/24"),
	health("ap-southeast-2", "2020-03-31", "3.24.11.127", "13.237.232.125"),
	health("ap-southeast-2", october2025, "2406:da1c:9b5:9d00::/56"),

	dcv("ap-southeast-5", "2025-10-21", "43.217.232.0/22"),
	dcv("ap-southeast-5", "2026-05-15", "2406:da20:8018::/48"),
	accelerator("ap-southeast-5", "2026-05-15", "24.110.0.0/24", "24.110.1.0/24"),

	pcoip("ap-northeast-1", "2020-04-29", "18.180.178.0/24", "18.180.180.0/23"),
	pcoip("ap-northeast-1", "2018-02-03", "54.250.251.0/24"),
	pcoip("ap-northeast-1", "2025-10-21", "2406:da32:4000::/40"),
	dcv("ap-northeast-1", "2020-04-29", "3.114.164.0/22"),
	dcv("ap-northeast-1", "2025-10-21", "2406:da24:28::/48"),
	accelerator("ap-northeast-1", "2025-10-21", "93.77.134.0/24", "93.77.135.0/24"),
	health("ap-northeast-1", "2020-03-31", "18.178.102.247", "54.64.174.128"),
	health("ap-northeast-1", october2025, "2406:da14:785:5300::/56"),

	pcoip("ca-central-1", "2020-06-04", "15.223.100.0/24", "15.223.102.0/23"),
	pcoip("ca-central-1", "2018-05-02", "35.183.255.0/24"),
	pcoip("ca-central-1", "2025-10-21", "2600:1f32:1000::/40"),
	unsupported("ca-central-1", "2020-04-29..2020-12-02"),
	dcv("ca-central-1", "2020-12-02", "3.97.20.0/22"),
	dcv("ca-central-1", "2025-10-21", "2600:1f21:8::/48"),
	accelerator("ca-central-1", "2025-10-21", "93.77.128.0/24", "93.77.129.0/24"),
	health("ca-central-1", "2020-03-31", "52.60.69.16", "52.60.80.237", "52.60.173.117", "52.60.201.0"),
	health("ca-central-1", october2025, "2600:1f11:759:d900::/56"),

	pcoip("eu-central-1", "2020-06-04", "18.156.52.0/24", "18.156.54.0/23"),
	pcoip("eu-central-1", "2018-02-03", "52.59.127.0/24"),
	pcoip("eu-central-1", "2025-10-21", "2a05:d032:4000::/40"),
	unsupported("eu-central-1", "2020-04-29..2020-12-02"),
	dcv("eu-central-1", "2020-12-02", "18.192.216.0/22"),
	dcv("eu-central-1", "2025-10-21", "2a05:d024:18::/48"),
	accelerator("eu-central-1", "2025-10-21", "93.77.154.0/24", "93.77.155.0/24"),
	health("eu-central-1", "2020-03-31", "52.59.191.224", "52.59.191.225", "52.59.191.226", "52.59.191.227"),
	health("eu-central-1", october2025, "2a05:d014:b5c:500::/56"),

	pcoip("eu-west-1", "2020-06-04", "3.249.28.0/23"),
	pcoip("eu-west-1", "2018-02-03", "52.19.124.0/23"),
	pcoip("eu-west-1", "2025-10-21", "2a05:d032:8000::/40"),
	dcv("eu-west-1", "2020-04-29", "3.248.176.0/22"),
	dcv("eu-west-1", "2025-10-21", "2a05:d028:40::/48"),
	accelerator("eu-west-1", "2025-10-21", "93.77.132.0/24", "93.77.133.0/24"),
	health("eu-west-1", "2020-03-31", "18.200.177.86", "52.48.86.38", "54.76.137.224"),
	health("eu-west-1", october2025, "2a05:d018:10ca:f400::/56"),

	pcoip("eu-west-2", "2020-06-04", "18.132.21.0/24", "18.132.22.0/23"),
	pcoip("eu-west-2", "2018-02-03", "35.176.32.0/24"),
	pcoip("eu-west-2", "2025-10-21", "2a05:d032:c000::/40"),
	unsupported("eu-west-2", "2020-04-29..2020-10-30"),
	dcv("eu-west-2", "2020-10-30", "18.134.68.0/22"),
	dcv("eu-west-2", "2025-10-21", "2a05:d02c:8::/48"),
	accelerator("eu-west-2", "2025-10-21", "93.77.140.0/24", "93.77.141.0/24"),
	health("eu-west-2", "2020-03-31", "35.176.62.54", "35.177.255.44", "52.56.46.102", "52.56.111.36"),
	health("eu-west-2", october2025, "2a05:d01c:263:f400::/56"),

	pcoip("eu-west-3", "2025-10-21", "51.44.204.0/22"),
	dcv("eu-west-3", "2025-10-21", "51.44.72.0/22", "2a05:d022:1c::/48"),
	accelerator("eu-west-3", "2025-10-21", "93.77.144.0/24", "93.77.145.0/24"),
	misprinted(health("eu-west-3", "2025-10-21", "51.17.52.90", "51.17.109.231", "51.16.190.43")),
	health("eu-west-3", october2025, "2a05:d012:16:8600::/56"),

	pcoip("sa-east-1", "2020-06-04", "18.230.103.0/24", "18.230.104.0/23"),
	pcoip("sa-east-1", "2018-02-03", "54.233.204.0/24"),
	pcoip("sa-east-1", "2025-10-21", "2600:1f32:e000::/40"),
	unsupported("sa-east-1", "2020-04-29..2020-12-02"),
	dcv("sa-east-1", "2020-12-02", "15.228.64.0/22"),
	dcv("sa-east-1", "2025-10-21", "2600:1f2e:14::/48"),
	accelerator("sa-east-1", "2025-10-21", "93.77.146.0/24", "93.77.147.0/24"),
	health("sa-east-1", "2020-03-31", "18.231.0.105", "52.67.55.29", "54.233.156.245", "54.233.216.234"),
	health("sa-east-1", october2025, "2600:1f1e:bbf:fa00::/56"),

	pcoip("af-south-1", "2025-10-21", "13.246.120.0/22", "2406:da32:1000::/40"),
	dcv("af-south-1", "2025-10-21", "13.246.108.0/22", "2406:da21:c::/48"),
	accelerator("af-south-1", "2025-10-21", "93.77.136.0/24", "93.77.137.0/24"),
	health("af-south-1", "2025-10-21", "13.244.128.155", "13.245.205.255", "13.245.216.116"),
	health("af-south-1", october2025, "2406:da11:685:2400::/56"),

	pcoip("il-central-1", "2025-10-21", "51.17.28.0/22", "2a05:d032:5000::/40"),
	dcv("il-central-1", "2025-10-21", "51.17.72.0/22", "2a05:d025:1000::/48"),
	accelerator("il-central-1", "2025-10-21", "93.77.152.0/24", "93.77.153.0/24"),
	health("il-central-1", "2025-10-21", "51.17.52.90", "51.17.109.231", "51.16.190.43"),
	health("il-central-1", october2025, "2a05:d025:c78:fc00::/56"),

	pcoip("us-gov-west-1", "2019-03-25", "52.61.193.0/24"),
	pcoip("us-gov-west-1", "2025-10-21", "2600:1f32:2000::/40"),
	unsupported("us-gov-west-1", "2020-04-29..2020-10-30"),
	lost("us-gov-west-1", "2022-09-02..2022-09-03"),
	dcv("us-gov-west-1", "2020-10-30..2022-09-02", "3.32.139.0/24"),
	dcv("us-gov-west-1", "2025-10-21", "3.32.139.0/24", "3.30.129.0/24", "3.30.130.0/23", "2600:1f22:28::/48"),
	health("us-gov-west-1", "2020-03-31", "52.61.60.65", "52.61.65.14", "52.61.88.170", "52.61.137.87", "52.61.155.110", "52.222.20.88"),
	health("us-gov-west-1", october2025, "2600:1f12:28f:af00::/56"),

	pcoip("us-gov-east-1", "2025-10-21", "18.254.140.0/22", "2600:1f32:5000::/40"),
	dcv("us-gov-east-1", "2025-10-21", "18.254.148.0/22", "2600:1f25:14::/48"),
	health("us-gov-east-1", "2025-10-21", "18.253.251.70", "18.254.0.118"),
	health("us-gov-east-1", october2025, "2600:1f15:a45:3e00::/56"),
)
