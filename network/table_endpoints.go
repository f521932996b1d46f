package network

import (
	"cmp"
	"fmt"
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
}

func endpoints(region string, purpose Purpose, protocol Protocol, section, since string, ranges []string) endpointRow {
	row := endpointRow{Dated: tables.Since(portsPage, section, since, ""), region: region, purpose: purpose, protocol: protocol}
	if since == april2020 {
		row.Cite.Document = guide
	}
	for _, s := range ranges {
		row.ranges = append(row.ranges, MustParseRange(s))
	}
	return row
}

func pcoip(region, since string, ranges ...string) endpointRow {
	return endpoints(region, Gateways, ProtocolPCoIP, "PCoIP Gateway", since, ranges)
}

func dcv(region, since string, ranges ...string) endpointRow {
	return endpoints(region, Gateways, ProtocolDCV, "DCV Gateway (WSP Gateway)", since, ranges)
}

func accelerator(region, since string, ranges ...string) endpointRow {
	return endpoints(region, Accelerator, "", "AWS Global Accelerator", since, ranges)
}

func health(region, since string, ranges ...string) endpointRow {
	return endpoints(region, HealthCheck, "", "Health Check Servers", since, ranges)
}

// misprinted marks the addresses that the page gives for Paris: they are Tel Aviv's.
func misprinted(r endpointRow) endpointRow {
	r.suspect = true
	return r
}

// unsupported makes a row that ends with the newest reading, in which the Region has
// gateways.
func unsupported(r endpointRow) endpointRow {
	r.unsupported = true
	r.Span = tables.During(april2020, lastReading)
	return r
}

// endpointTable lists the rows of endpointRows.
var endpointTable = tables.Table[endpointRow]{
	Name: "endpoints",
	Key: func(r endpointRow) string {
		return fmt.Sprint(r.region, " ", r.purpose, " ", r.protocol, " ", r.unsupported, r.ranges)
	},
	Lists: func(r endpointRow) (list []rule.Parameter) {
		name := strings.TrimSpace(string(r.purpose)+" "+string(r.protocol)) + ": " + r.region
		codes := []rule.Code{lacking[r.purpose].code}
		switch {
		case r.unsupported:
			return []rule.Parameter{{Rules: codes, Name: name, Value: "not supported"}}
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

// endpointRows are by Region, in the order of the newest page. The tables were read in the
// guide of April 2020 and in the newest reading. What both have counts from the first.
// The addresses are those of the newest tables at the top of the page: the page's sections
// on single Regions have errors of copying.
var endpointRows = []endpointRow{
	pcoip("us-east-1", april2020, "3.217.228.0/22", "3.235.112.0/21", "52.23.61.0-52.23.62.255"),
	pcoip("us-east-1", lastReading, "2600:1f32:8000::/39"),
	dcv("us-east-1", april2020, "3.227.4.0/22"),
	dcv("us-east-1", lastReading, "44.209.84.0/22", "2600:1f28:34c::/48"),
	accelerator("us-east-1", lastReading, "93.77.138.0/24", "93.77.139.0/24"),
	health("us-east-1", april2020, "3.209.215.252", "3.212.50.30", "3.225.55.35", "3.226.24.234", "34.200.29.95", "52.200.219.150"),
	health("us-east-1", lastReading, "2600:1f18:74e9:4400::/56"),

	dcv("us-east-2", lastReading, "3.146.84.0/22", "2600:1f26:28::/48"),
	accelerator("us-east-2", lastReading, "93.77.130.0/24", "93.77.131.0/24"),

	pcoip("us-west-2", april2020, "44.234.54.0/23"),
	pcoip("us-west-2", lastReading, "35.80.88.0/21", "54.244.46.0/23", "2600:1f32:4000::/39"),
	dcv("us-west-2", april2020, "34.223.96.0/22"),
	dcv("us-west-2", lastReading, "2600:1f24:34::/48"),
	accelerator("us-west-2", lastReading, "93.77.148.0/24", "93.77.149.0/24"),
	health("us-west-2", april2020, "34.217.248.177", "52.34.160.80", "54.68.150.54", "54.185.4.125", "54.188.171.18", "54.244.158.140"),
	health("us-west-2", lastReading, "2600:1f14:278e:5700::/56"),

	pcoip("ap-south-1", lastReading, "13.126.243.0/24", "2406:da32:a000::/40"),
	dcv("ap-south-1", lastReading, "65.1.156.0/22", "2406:da2a:14::/48"),
	accelerator("ap-south-1", lastReading, "93.77.142.0/24", "93.77.143.0/24"),
	health("ap-south-1", lastReading, "13.127.57.82", "13.234.250.73", "2406:da1a:502:b800::/56"),

	pcoip("ap-northeast-2", april2020, "13.124.247.0/24"),
	pcoip("ap-northeast-2", lastReading, "3.34.37.0/24", "3.34.38.0/23", "2406:da32:2000::/40"),
	unsupported(dcv("ap-northeast-2", april2020)),
	dcv("ap-northeast-2", lastReading, "3.35.160.0/22", "2406:da22:4::/48"),
	accelerator("ap-northeast-2", lastReading, "93.77.156.0/24", "93.77.157.0/24"),
	health("ap-northeast-2", april2020, "13.124.44.166", "13.124.203.105", "52.78.44.253", "52.79.54.102"),
	health("ap-northeast-2", lastReading, "2406:da12:c8c:4900::/56"),

	pcoip("ap-southeast-1", april2020, "52.76.127.0/24"),
	pcoip("ap-southeast-1", lastReading, "18.141.152.0/24", "18.141.154.0/23", "2406:da32:8000::/40"),
	unsupported(dcv("ap-southeast-1", april2020)),
	dcv("ap-southeast-1", lastReading, "13.212.132.0/22", "2406:da28:28::/48"),
	accelerator("ap-southeast-1", lastReading, "93.77.158.0/24", "93.77.159.0/24"),
	health("ap-southeast-1", april2020, "3.0.212.144", "18.138.99.116", "18.140.252.123", "52.74.175.118"),
	health("ap-southeast-1", lastReading, "2406:da18:991:4a00::/56"),

	pcoip("ap-southeast-2", april2020, "54.153.254.0/24"),
	pcoip("ap-southeast-2", lastReading, "3.25.43.0/24", "3.25.44.0/23", "2406:da32:c000::/40"),
	unsupported(dcv("ap-southeast-2", april2020)),
	dcv("ap-southeast-2", lastReading, "3.25.248.0/22", "2406:da2c:24::/48"),
	accelerator("ap-southeast-2", lastReading, "93.77.150.0/24", "93.77.151.0/24"),
	health("ap-southeast-2", april2020, "3.24.11.127", "13.237.232.125"),
	health("ap-southeast-2", lastReading, "2406:da1c:9b5:9d00::/56"),

	dcv("ap-southeast-5", lastReading, "43.217.232.0/22", "2406:da20:8018::/48"),
	accelerator("ap-southeast-5", lastReading, "24.110.0.0/24", "24.110.1.0/24"),

	pcoip("ap-northeast-1", april2020, "18.180.178.0/24", "18.180.180.0/23", "54.250.251.0/24"),
	pcoip("ap-northeast-1", lastReading, "2406:da32:4000::/40"),
	dcv("ap-northeast-1", april2020, "3.114.164.0/22"),
	dcv("ap-northeast-1", lastReading, "2406:da24:28::/48"),
	accelerator("ap-northeast-1", lastReading, "93.77.134.0/24", "93.77.135.0/24"),
	health("ap-northeast-1", april2020, "18.178.102.247", "54.64.174.128"),
	health("ap-northeast-1", lastReading, "2406:da14:785:5300::/56"),

	pcoip("ca-central-1", april2020, "35.183.255.0/24"),
	pcoip("ca-central-1", lastReading, "15.223.100.0/24", "15.223.102.0/23", "2600:1f32:1000::/40"),
	unsupported(dcv("ca-central-1", april2020)),
	dcv("ca-central-1", lastReading, "3.97.20.0/22", "2600:1f21:8::/48"),
	accelerator("ca-central-1", lastReading, "93.77.128.0/24", "93.77.129.0/24"),
	health("ca-central-1", april2020, "52.60.69.16", "52.60.80.237", "52.60.173.117", "52.60.201.0"),
	health("ca-central-1", lastReading, "2600:1f11:759:d900::/56"),

	pcoip("eu-central-1", april2020, "52.59.127.0/24"),
	pcoip("eu-central-1", lastReading, "18.156.52.0/24", "18.156.54.0/23", "2a05:d032:4000::/40"),
	unsupported(dcv("eu-central-1", april2020)),
	dcv("eu-central-1", lastReading, "18.192.216.0/22", "2a05:d024:18::/48"),
	accelerator("eu-central-1", lastReading, "93.77.154.0/24", "93.77.155.0/24"),
	health("eu-central-1", april2020, "52.59.191.224", "52.59.191.225", "52.59.191.226", "52.59.191.227"),
	health("eu-central-1", lastReading, "2a05:d014:b5c:500::/56"),

	pcoip("eu-west-1", april2020, "52.19.124.0/23"),
	pcoip("eu-west-1", lastReading, "3.249.28.0/23", "2a05:d032:8000::/40"),
	dcv("eu-west-1", april2020, "3.248.176.0/22"),
	dcv("eu-west-1", lastReading, "2a05:d028:40::/48"),
	accelerator("eu-west-1", lastReading, "93.77.132.0/24", "93.77.133.0/24"),
	health("eu-west-1", april2020, "18.200.177.86", "52.48.86.38", "54.76.137.224"),
	health("eu-west-1", lastReading, "2a05:d018:10ca:f400::/56"),

	pcoip("eu-west-2", april2020, "35.176.32.0/24"),
	pcoip("eu-west-2", lastReading, "18.132.21.0/24", "18.132.22.0/23", "2a05:d032:c000::/40"),
	unsupported(dcv("eu-west-2", april2020)),
	dcv("eu-west-2", lastReading, "18.134.68.0/22", "2a05:d02c:8::/48"),
	accelerator("eu-west-2", lastReading, "93.77.140.0/24", "93.77.141.0/24"),
	health("eu-west-2", april2020, "35.176.62.54", "35.177.255.44", "52.56.46.102", "52.56.111.36"),
	health("eu-west-2", lastReading, "2a05:d01c:263:f400::/56"),

	pcoip("eu-west-3", lastReading, "51.44.204.0/22"),
	dcv("eu-west-3", lastReading, "51.44.72.0/22", "2a05:d022:1c::/48"),
	accelerator("eu-west-3", lastReading, "93.77.144.0/24", "93.77.145.0/24"),
	misprinted(health("eu-west-3", lastReading, "51.17.52.90", "51.17.109.231", "51.16.190.43")),
	health("eu-west-3", lastReading, "2a05:d012:16:8600::/56"),

	pcoip("sa-east-1", april2020, "54.233.204.0/24"),
	pcoip("sa-east-1", lastReading, "18.230.103.0/24", "18.230.104.0/23", "2600:1f32:e000::/40"),
	unsupported(dcv("sa-east-1", april2020)),
	dcv("sa-east-1", lastReading, "15.228.64.0/22", "2600:1f2e:14::/48"),
	accelerator("sa-east-1", lastReading, "93.77.146.0/24", "93.77.147.0/24"),
	health("sa-east-1", april2020, "18.231.0.105", "52.67.55.29", "54.233.156.245", "54.233.216.234"),
	health("sa-east-1", lastReading, "2600:1f1e:bbf:fa00::/56"),

	pcoip("af-south-1", lastReading, "13.246.120.0/22", "2406:da32:1000::/40"),
	dcv("af-south-1", lastReading, "13.246.108.0/22", "2406:da21:c::/48"),
	accelerator("af-south-1", lastReading, "93.77.136.0/24", "93.77.137.0/24"),
	health("af-south-1", lastReading, "13.244.128.155", "13.245.205.255", "13.245.216.116", "2406:da11:685:2400::/56"),

	pcoip("il-central-1", lastReading, "51.17.28.0/22", "2a05:d032:5000::/40"),
	dcv("il-central-1", lastReading, "51.17.72.0/22", "2a05:d025:1000::/48"),
	accelerator("il-central-1", lastReading, "93.77.152.0/24", "93.77.153.0/24"),
	health("il-central-1", lastReading, "51.17.52.90", "51.17.109.231", "51.16.190.43", "2a05:d025:c78:fc00::/56"),

	pcoip("us-gov-west-1", april2020, "52.61.193.0/24"),
	pcoip("us-gov-west-1", lastReading, "2600:1f32:2000::/40"),
	unsupported(dcv("us-gov-west-1", april2020)),
	dcv("us-gov-west-1", lastReading, "3.32.139.0/24", "3.30.129.0/24", "3.30.130.0/23", "2600:1f22:28::/48"),
	health("us-gov-west-1", april2020, "52.61.60.65", "52.61.65.14", "52.61.88.170", "52.61.137.87", "52.61.155.110", "52.222.20.88"),
	health("us-gov-west-1", lastReading, "2600:1f12:28f:af00::/56"),

	pcoip("us-gov-east-1", lastReading, "18.254.140.0/22", "2600:1f32:5000::/40"),
	dcv("us-gov-east-1", lastReading, "18.254.148.0/22", "2600:1f25:14::/48"),
	health("us-gov-east-1", lastReading, "18.253.251.70", "18.254.0.118", "2600:1f15:a45:3e00::/56"),
}

// A publishedRow says that the clients of a Region reach, for one purpose, what a part of
// ip-ranges.json lists.
type publishedRow struct {
	tables.Dated
	purpose         Purpose
	service, region string // region "" is the client's own
}

func https(service, region string) publishedRow {
	return publishedRow{tables.Since(portsPage, "Ports for client applications", april2020, ""), HTTPS, service, region}
}

// publishedTable has the parts for port 443, which are the same in April 2020 and in the newest
// reading, and what the page refers to for Global Accelerator in IPv6. For IPv4 it has a table.
var publishedTable = tables.Table[publishedRow]{
	Name: "parts of ip-ranges.json",
	Key:  func(r publishedRow) string { return r.service + " " + r.region },
	Lists: func(r publishedRow) []rule.Parameter {
		return []rule.Parameter{{Rules: []rule.Code{lacking[r.purpose].code}, Name: "part of ip-ranges.json", Value: r.service + " of " + cmp.Or(r.region, "the client's Region")}}
	},
	Rows: []publishedRow{
		https("AMAZON", "GLOBAL"),
		https("AMAZON", ""),
		https("AMAZON", "us-east-1"),
		https("AMAZON", "us-west-2"),
		https("S3", "us-west-2"),
		{tables.Since(portsPage, "AWS Global Accelerator", lastReading, ""), Accelerator, acceleratorService, "GLOBAL"},
	},
}
