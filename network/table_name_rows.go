package network

import (
	"slices"
	"strings"

	"github.com/wksgo/wks/internal/tables"
)

// allowSection is the section of the page on ports that lists names. The guide of April 2020 has it alike.
var allowSection = section{
	{"2018-02-03", "Whitelisted Domains and Ports"}, {"2020-09-03", "Domains and IP Addresses to Add to Your Allow List"},
	{"2021-09-03", "Domains and IP addresses to add to your allow list"},
}

const (
	byRegion = "IP address and port requirements by Region"

	// The parts of names of directory settings, and of login pages.
	authentication = "authentication"
	settings       = "settings"
	graphics       = "graphics"
	olderGraphics  = "graphics, legacy"
	styles         = "style sheets"
	scripts        = "scripts"
	signIn         = "sign-in"
	ofDirectory    = "the directory's own"
)

var turnScope = scope{use: NamesTURN, who: browsers, protocol: ProtocolPCoIP, scheme: "turn"}

// https returns a scope of names that clients reach by HTTPS.
func httpsNames(use NameUse, w who, o option) scope {
	return scope{use: use, who: w, option: o, scheme: "https"}
}

// of returns the scope for a part of its use.
func (s scope) of(what string) scope { s.what = what; return s }

// only returns the scope for one protocol.
func (s scope) only(p Protocol) scope { s.protocol = p; return s }

// page makes the row of names that the list of the page has, from the version of since on.
func (s scope) page(since, until, regions string, hosts ...string) nameRow {
	return nameRow{tables.Since(portsPage, allowSection.on(since), since, until), s, regions, hosts}
}

// in2020 makes the row of names that the guide of April 2020 has. They stand, unless another version
// is known to change them, until the last version of the page.
func (s scope) in2020(until, regions string, hosts ...string) nameRow {
	if until == "" {
		until = afterLastVersion
	}
	return nameRow{tables.Since(guide, allowSection.on(april2020), april2020, until), s, regions, hosts}
}

// under makes the row of names of another section, or of another page.
func (s scope) under(page, section, since, until, regions string, hosts ...string) nameRow {
	return nameRow{tables.Since(page, section, since, until), s, regions, hosts}
}

// each makes a row for each Region of a list of REGION=HOST.
func (s scope) each(row func(regions string, host string) nameRow, list string) (rows []nameRow) {
	for _, f := range strings.Fields(list) {
		region, host, _ := strings.Cut(f, "=")
		rows = append(rows, row(region, host))
	}
	return rows
}

// cloudFront2020 and cloudFront2025 make the rows of names at CloudFront that each Region has its own of.
func (s scope) cloudFront2020(list string) []nameRow {
	return s.each(func(region, host string) nameRow { return s.in2020("", region, host+".cloudfront.net") }, list)
}

func (s scope) cloudFront2025(list string) []nameRow {
	return s.each(func(region, host string) nameRow { return s.page(autumn2025, "", region, host+".cloudfront.net") }, list)
}

var (
	directoryNames = httpsNames(NamesDirectory, anyone, "")
	loginNames     = httpsNames(NamesLogin, anyone, "")
	metricsNames   = httpsNames(NamesClientMetrics, newerApps, "")
	messageNames   = httpsNames(NamesMessaging, newerApps, "")
	brokerNames    = httpsNames(NamesBroker, anyone, "")
	apiNames       = httpsNames(NamesAPI, anyone, "")
	sessionNames   = httpsNames(NamesSessionBroker, anyone, "")
	cardNames      = httpsNames(NamesSmartCard, anyone, withCard)
	samlNames      = httpsNames(NamesSAML, anyone, withSAML)
	updateNames    = httpsNames(NamesUpdates, applications, "")
	gatewayNames   = scope{use: NamesGateways, protocol: ProtocolDCV}
)

// ipv6 returns the scope for clients that connect over IPv6.
func (s scope) ipv6() scope { s.option = overIPv6; return s }

const fipsRegions2025 = "us-east-1 us-west-2 " + govCloud

// nameRows are by use, in the order of the newest page, and by date. They are from all versions of the
// page between 2018-02-03 and 2022-09-02, from the guide of April 2020, and from the readings of
// 2025-10-21, 2025-10-28, 2026-03-11, 2026-05-15 and 2026-08-25; that of 2026-09-10 has the same.
//
// The tables at the top of the page count: its sections on single Regions have errors of copying, and older
// names. They have metrics of client applications 1 and 2 for Seoul alone, names of TURN in Tel Aviv, where two
// pages say that Web Access is not available, and for GovCloud the updates and graphics at s3.amazonaws.com of
// 2020. They count where the copy of 2022-09-02 has them alone, and for what the tables of the readings do not
// have: the registration, and TURN in Paris. Of names in IPv6 the readings give those of dynamic messaging in
// us-east-1 without IPv6, and none of it and of client metrics in eu-west-3. Paris and Tel Aviv have the same
// names at CloudFront. A name of GovCloud without a Region, signin.amazonaws-us-gov.com, counts for both.
//
// The scheme of the web client is the one to which it switches: until 2019-10-25 the page printed http.
var nameRows = slices.Concat(
	[]nameRow{
		httpsNames(NamesCAPTCHA, anyone, "").page("2018-02-03", afterLastVersion, "", "opfcaptcha-prod.s3.amazonaws.com"),
		httpsNames(NamesCAPTCHA, anyone, "").page(autumn2025, "", "", "opfcaptcha-prod.s3.amazonaws.com"),

		updateNames.page("2018-02-03", "2019-03-25", "", "d2td7dqidlhjx7.cloudfront.net"),
		updateNames.in2020("", outsideGovCloud, "d2td7dqidlhjx7.cloudfront.net"),
		updateNames.in2020("", "us-gov-west-1", "s3.amazonaws.com"),
		updateNames.page(autumn2025, "", "", "d2td7dqidlhjx7.cloudfront.net"),

		httpsNames(NamesConnectivity, anyone, "").page("2018-02-03", afterLastVersion, "", "connectivity.amazonworkspaces.com"),
		httpsNames(NamesConnectivity, anyone, "").page(autumn2025, "", "", "connectivity.amazonworkspaces.com"),

		httpsNames(NamesDeviceMetrics, anyone, "").page("2018-02-03", "2019-11-26", "", "device-metrics-us-2.amazon.com"),
		httpsNames(NamesDeviceMetrics, olderApps, "").page("2019-11-26", afterLastVersion, "", "device-metrics-us-2.amazon.com"),

		metricsNames.in2020("2022-09-02", regions2020+" us-gov-west-1", "skylight-client-ds.<region>.amazonaws.com"),
		metricsNames.under(portsPage, byRegion, "2022-09-02", afterLastVersion, regions2020+" ap-south-1 us-gov-west-1", "skylight-client-ds.<region>.amazonaws.com"),
		metricsNames.page(autumn2025, "", regions2025+" "+govCloud, "skylight-client-ds.<region>.amazonaws.com"),
		metricsNames.ipv6().page(autumn2025, "", without(regions2025, "eu-west-3")+" "+govCloud, "skylight-client-ds.<region>.api.aws"),

		messageNames.under(portsPage, byRegion, "2022-09-02", afterLastVersion, regions2020+" ap-south-1", "ws-client-service.<region>.amazonaws.com"),
		messageNames.page(autumn2025, "", regions2025+" "+govCloud, "ws-client-service.<region>.amazonaws.com"),
		messageNames.ipv6().page(autumn2025, "", "us-east-1", "ws-client-service.<region>.amazonaws.com"),
		messageNames.ipv6().page(autumn2025, "", without(without(regions2025, "eu-west-3"), "us-east-1")+" "+govCloud, "ws-client-service.<region>.api.aws"),

		directoryNames.of(authentication).in2020("", "", "d32i4gd7pg4909.cloudfront.net"),
		directoryNames.of(authentication).page(autumn2025, "", "", "d32i4gd7pg4909.cloudfront.net"),
		directoryNames.of(settings).in2020("", outsideGovCloud, "d21ui22avrxoh6.cloudfront.net"),
		directoryNames.of(settings).in2020("", "us-gov-west-1", "s3.amazonaws.com"),
		directoryNames.of(settings).page(autumn2025, "", outsideGovCloud, "d21ui22avrxoh6.cloudfront.net"),
		directoryNames.of(settings).page(autumn2025, "", govCloud, "s3.amazonaws.com"),
		directoryNames.of(graphics).in2020("", outsideGovCloud, "d1cbg795sa4g1u.cloudfront.net"),
		directoryNames.of(graphics).in2020("", "us-gov-west-1", "s3.amazonaws.com"),
		directoryNames.of(olderGraphics).page(autumn2025, "", outsideGovCloud, "d1cbg795sa4g1u.cloudfront.net"),
		directoryNames.of(graphics).page(autumn2025, "", govCloud, "workspace-client-assets-pdt.s3-<region>.amazonaws.com"),
		directoryNames.of(styles).in2020("", outsideGovCloud, "d3s98kk2h6f4oh.cloudfront.net", "dyqsoz7pkju4e.cloudfront.net"),
		directoryNames.of(styles).in2020("", "us-gov-west-1", "s3.amazonaws.com"),
		directoryNames.of(styles).page(autumn2025, "", outsideGovCloud, "d3s98kk2h6f4oh.cloudfront.net", "dyqsoz7pkju4e.cloudfront.net"),
		directoryNames.of(styles).page(autumn2025, "", govCloud, "s3.amazonaws.com"),
	},
	directoryNames.of(graphics).cloudFront2025(`us-east-1=d2h1yryv1jxiq us-west-2=d1fq42e1gi7rtq ap-south-1=d1ctsk4u02kky7 ap-northeast-2=dyoj3cw6iktvg
		ap-southeast-1=d1525ef92caquk ap-southeast-2=dodwxjr2amr8p ap-northeast-1=d3v7kcib8ir2e1 ca-central-1=d1ebdk07rro1qy eu-central-1=d39q4y7cndearu
		eu-west-1=d2127w6wvrc6l3 eu-west-2=df4ahgpxbxqy2 eu-west-3=d2kmf63k5sit88 sa-east-1=d2nezqurrjvain af-south-1=dr6ry0pwaoy23 il-central-1=d2kmf63k5sit88`),
	directoryNames.of(scripts).cloudFront2020(`us-east-1=d32i4gd7pg4909 us-west-2=d18af777lco7lp ap-northeast-2=dtyv4uwoh7ynt ap-southeast-1=d3qzmd7y07pz0i
		ap-southeast-2=dwcpoxuuza83q ap-northeast-1=d2c2t8mxjhq5z1 ca-central-1=d2wfbsypmqjmog eu-central-1=d1whcm49570jjw eu-west-1=d3pgffbf39h4k4
		eu-west-2=d16q6638mh01s7 sa-east-1=d2lh2qc5bdoq4b`),
	directoryNames.of(scripts).cloudFront2025(`us-east-1=d32i4gd7pg4909 us-west-2=d18af777lco7lp ap-south-1=d78hovzzqqtsb ap-northeast-2=dtyv4uwoh7ynt
		ap-southeast-1=d3qzmd7y07pz0i ap-southeast-2=dwcpoxuuza83q ap-northeast-1=d2c2t8mxjhq5z1 ca-central-1=d2wfbsypmqjmog eu-central-1=d1whcm49570jjw
		eu-west-1=d3pgffbf39h4k4 eu-west-2=d16q6638mh01s7 eu-west-3=d1a3pnge9on3sx sa-east-1=d2lh2qc5bdoq4b af-south-1=di5ygl2cs0mrh il-central-1=d1a3pnge9on3sx`),
	[]nameRow{
		httpsNames(NamesLogs, anyone, "").page("2018-02-03", afterLastVersion, "", "fls-na.amazon.com"),
		httpsNames(NamesLogs, anyone, "").page(autumn2025, "", "", "fls-na.amazon.com"),

		scope{use: NamesHealthCheck}.ipv6().under(portsPage, healthSection.on(october2025), october2025, "", regions2025+" "+govCloud, "drp-workspaces.<region>.api.aws"),

		cardNames.page(autumn2025, march2026, regions2025, "smartcard.<region>.signin.aws", "smartcard.<region>.apps.signin.aws"),
		cardNames.page(march2026, "", "ap-southeast-2 ap-northeast-1 eu-west-1 us-east-1 us-west-2", "smartcard.<region>.signin.aws", "smartcard.<region>.apps.signin.aws"),
		cardNames.page(autumn2025, "", "us-gov-east-1", "smartcard.<region>.signin-fips.amazonaws-us-gov.com", "smartcard.<region>.apps.signin-fips.amazonaws-us-gov.com"),
		cardNames.page(autumn2025, march2026, "us-gov-west-1", "smartcard.<region>.signin.amazonaws-us-gov.com", "smartcard.<region>.apps.signin.amazonaws-us-gov.com"),
		cardNames.page(march2026, "", "us-gov-west-1", "smartcard.<region>.signin-fips.amazonaws-us-gov.com", "smartcard.<region>.apps.signin.aws-us-gov.com"),
		cardNames.page(autumn2025, "", govCloud, "smartcard.signin.amazonaws-us-gov.com"),

		httpsNames(NamesRegistration, anyone, "").page("2018-02-03", "2020-02-06", "", "s3.amazonaws.com"),
		httpsNames(NamesRegistration, browsersAndZero, "").page("2020-02-06", afterLastVersion, "", "s3.amazonaws.com"),
		httpsNames(NamesRegistration, browsersAndZero, "").under(portsPage, byRegion, autumn2025, "", "", "s3.amazonaws.com"),

		loginNames.of(ofDirectory).page("2018-02-03", "2021-04-22", "", "<directory>.awsapps.com"),
		loginNames.of(ofDirectory).page("2021-04-22", afterLastVersion, outsideGovCloud, "<directory>.awsapps.com"),
		loginNames.of(ofDirectory).page("2021-04-22", afterLastVersion, "us-gov-west-1", "login.us-gov-home.awsapps.com"),
		loginNames.of(ofDirectory).page(autumn2025, "", outsideGovCloud, "<directory>.awsapps.com"),
		loginNames.of(ofDirectory).page(autumn2025, "", govCloud, "login.us-gov-home.awsapps.com"),
		loginNames.of(signIn).page(autumn2025, "", regions2025, "<region>.signin.aws", "<region>.signin.aws.amazon.com", "<region>.sso.signin.aws", "<region>.apps.signin.aws"),
		loginNames.of(signIn).page(autumn2025, "", "us-gov-east-1", "<region>.signin-fips.amazonaws-us-gov.com", "<region>.sso.signin-fips.aws-us-gov.com", "<region>.apps.signin-fips.aws-us-gov.com"),
		loginNames.of(signIn).page(autumn2025, march2026, "us-gov-west-1", "<region>.signin.amazonaws-us-gov.com", "<region>.sso.signin.aws-us-gov.com", "<region>.apps.signin.aws-us-gov.com"),
		loginNames.of(signIn).page(march2026, "", "us-gov-west-1", "<region>.signin-fips.amazonaws-us-gov.com", "<region>.apps.signin.aws-us-gov.com"),
		loginNames.of(signIn).page(august2026, "", govCloud, "signin.amazonaws-us-gov.com"),

		brokerNames.in2020("", regions2020+" us-gov-west-1", "ws-broker-service.<region>.amazonaws.com"),
		brokerNames.in2020("", "us-east-1 us-west-2 us-gov-west-1", "ws-broker-service-fips.<region>.amazonaws.com"),
		brokerNames.page(autumn2025, "", regions2025+" "+govCloud, "ws-broker-service.<region>.amazonaws.com"),
		brokerNames.page(autumn2025, "", fipsRegions2025, "ws-broker-service-fips.<region>.amazonaws.com"),
		brokerNames.ipv6().page(autumn2025, "", regions2025+" "+govCloud, "ws-broker-service.<region>.api.aws"),
		brokerNames.ipv6().page(autumn2025, "", fipsRegions2025, "ws-broker-service-fips.<region>.api.aws"),

		apiNames.in2020("", regions2020+" us-gov-west-1", "workspaces.<region>.amazonaws.com"),
		apiNames.in2020("", "us-east-1 us-west-2 us-gov-west-1", "workspaces-fips.<region>.amazonaws.com"),
		apiNames.page(autumn2025, "", regions2025+" "+govCloud, "workspaces.<region>.amazonaws.com"),
		apiNames.page(autumn2025, "", fipsRegions2025, "workspaces-fips.<region>.amazonaws.com"),
		apiNames.ipv6().page(autumn2025, "", regions2025+" "+govCloud, "workspaces.<region>.api.aws"),
		apiNames.ipv6().page(autumn2025, "", fipsRegions2025, "workspaces-fips.<region>.api.aws"),

		samlNames.page(autumn2025, "", without(without(without(regions2025, "ca-central-1"), "eu-west-1"), "sa-east-1")+" "+govCloud, "euc-sso-sm.<region>.amazonaws.com"),
		samlNames.page(autumn2025, "", fipsRegions2025, "euc-sso-sm-fips.<region>.amazonaws.com"),

		httpsNames(NamesWebClient, browsers, "").under(portsPage, "Ports for Web Access", "2018-02-03", "", "", "clients.amazonworkspaces.com"),

		sessionNames.in2020("2020-10-28", regions2020+" us-gov-west-1", "skylight-cm.<region>.amazonaws.com"),
		sessionNames.in2020("2020-10-28", "us-east-1 us-west-2 us-gov-west-1", "skylight-cm-fips.<region>.amazonaws.com"),
		later("2020-10-28", sessionNames.only(ProtocolPCoIP).in2020("", regions2020+" us-gov-west-1", "skylight-cm.<region>.amazonaws.com")),
		later("2020-10-28", sessionNames.only(ProtocolPCoIP).in2020("", "us-east-1 us-west-2", "skylight-cm-fips.<region>.amazonaws.com")),
		sessionNames.only(ProtocolPCoIP).page(autumn2025, "", regions2025+" "+govCloud, "skylight-cm.<region>.amazonaws.com"),
		sessionNames.only(ProtocolPCoIP).page(autumn2025, "", fipsRegions2025, "skylight-cm-fips.<region>.amazonaws.com"),
		sessionNames.only(ProtocolPCoIP).ipv6().page(autumn2025, "", regions2025+" "+govCloud, "skylight-cm.<region>.api.aws"),
		sessionNames.only(ProtocolPCoIP).ipv6().page(autumn2025, "", fipsRegions2025, "skylight-cm-fips.<region>.api.aws"),

		turnScope.in2020("", regions2020, "*.<region>.rdn.amazonaws.com"),
		turnScope.page(autumn2025, "", regions2020, "*.<region>.rdn.amazonaws.com"),
		turnScope.under(portsPage, byRegion, autumn2025, "", "eu-west-3", "*.<region>.rdn.amazonaws.com"),

		gatewayNames.under(portsPage, gatewayNameSection, autumn2025, "", regions2025+" "+govCloud, "*.prod.<region>.highlander.aws.a2z.com"),
		withOption(withFIPS, gatewayNames).under(portsPage, gatewayNameSection, autumn2025, "", fipsRegions2025, "*.wsp-fips.prod.<region>.highlander.aws.a2z.com"),

		withOption(viaEndpoint, scope{use: NamesPrivateLink, protocol: ProtocolDCV}).under(portsPage, "DCV PrivateLink domain names", march2026, "", "",
			"*.prod.highlander.<region>.vpce.amazonaws.com", "privatelink.prod.<region>.highlander.aws.a2z.com"),

		scope{use: NamesTime, who: zeroClients, scheme: "ntp"}.under(zeroClientPage, "Set Up PCoIP Zero Client for WorkSpaces", "2020-01-10", "", "", "pool.ntp.org"),
	},
)

const gatewayNameSection = "DCV gateway domain names"

func withOption(o option, s scope) scope { s.option = o; return s }

// later makes a row of the guide of April 2020 that counts from a later day on, when a version of the page
// moves the use to its list for one protocol.
func later(since string, r nameRow) nameRow {
	r.Span = tables.During(since, r.Span.Until.String())
	return r
}

// without returns a list of Regions without one.
func without(regions, one string) string {
	return strings.Join(slices.DeleteFunc(strings.Fields(regions), func(r string) bool { return r == one }), " ")
}
