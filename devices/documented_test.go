package devices_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"fmt"
	"strings"
	"testing"

	"github.com/wksgo/wks/devices"
	"github.com/wksgo/wks/rule"
)

// The versions that documents ask for, by use: FIPS 140-2 Validated Mode, the requirements of DCV, the move from PCoIP to DCV, and the ports of
// client applications. The version itself is fit, and the one before it is too old.
func TestDocumentedVersions(t *testing.T) {
	const notFIPS, notDCV = "client-unsupported Platform", "client-unsupported Platform"
	for _, tt := range []struct {
		date     string
		use      devices.ClientUse
		platform devices.Platform
		of       string // the protocol, or the release of Ubuntu
		least    string // "" is any
		before   string
	}{
		{"2019-09-24", devices.UseFIPS, devices.Windows, "", "2.4.3", "2.4.2"}, {"2019-09-24", devices.UseFIPS, devices.MacOS, "", "2.4.3", "2.4.2"}, {"2025-10-20", devices.UseFIPS, devices.MacOS, "dcv", "2.4.3", "2.4.2"},
		{"2019-09-24", devices.UseFIPS, devices.IOS, "", "2.4.1", "2.4.0"}, {"2019-09-24", devices.UseFIPS, devices.Android, "", "2.4.1", "2.4.0"}, {"2019-09-24", devices.UseFIPS, devices.FireTablet, "", "2.4.1", "2.4.0"},
		{"2019-09-24", devices.UseFIPS, devices.ChromeOS, "", "2.4.1", "2.4.0"}, {"2020-05-07", devices.UseFIPS, devices.Linux, "", "3.0.0", "2.9.9"}, {"2025-10-21", devices.UseFIPS, devices.MacOS, "pcoip", "2.4.3", "2.4.2"},
		{"2025-10-21", devices.UseFIPS, devices.MacOS, "dcv", "5.21.0", "5.20.9"}, {"2026-09-10", devices.UseFIPS, devices.Windows, "dcv", "2.4.3", "2.4.2"}, {"2025-10-21", devices.UseFIPS, devices.Web, "", "", ""},
		{"2025-10-21", devices.UseDCV, devices.Windows, "", "5.1.0.329", "5.1.0.328"}, {"2025-10-21", devices.UseDCV, devices.MacOS, "", "5.5.0", "5.4.9"}, {"2025-10-21", devices.UseDCV, devices.Linux, "22.04", "2024", "2023.9"},
		{"2025-10-21", devices.UseDCV, devices.ThinClient, "", "", ""}, {"2025-10-21", devices.UseDCV, devices.Web, "", "", ""},
		{"2026-06-30", devices.UseMove, devices.Windows, "", "5.22.1", "5.22.0"}, {"2026-06-30", devices.UseMove, devices.MacOS, "", "5.22.1", "5.22.0"}, {"2026-06-30", devices.UseMove, devices.Linux, "24.04", "2025.1", "2025.0"},
		{"2026-06-30", devices.UseMove, devices.Linux, "22.04", "2025.0", "2024.9"}, {"2026-06-30", devices.UseMove, devices.Linux, "20.04", "2025.0", "2024.9"},
		{"2025-10-21", devices.UseProxy, devices.Windows, "", "5.1", "5.0.9"}, {"2025-10-21", devices.UseProxy, devices.MacOS, "", "5.4", "5.3.9"},
	} {
		c := devices.ClientApplication{Use: tt.use, Platform: tt.platform, Version: tt.least}
		if tt.use == devices.UseFIPS {
			c.Protocol = tt.of
		} else {
			c.Release = tt.of
		}
		if a, err := at(t, tt.date).CheckClientVersion(c); err != nil || told(t, a) != "" {
			t.Errorf("%s, %+v: %s, %v", tt.date, c, told(t, a), err)
		}
		if tt.before == "" {
			continue
		}
		c.Version = tt.before
		want := fmt.Sprintf("client-too-old Version: %s of %s is older than %s, for %s", tt.before, tt.platform, tt.least, tt.use)
		if tt.use == devices.UseMove {
			want = strings.Replace(want, "client-too-old", "client-too-old-for-migration", 1)
		}
		if a, err := at(t, tt.date).CheckClientVersion(c); err != nil || told(t, a) != want {
			t.Errorf("%s, %+v: %s, %v, want %s", tt.date, c, told(t, a), err, want)
		}
	}
	for _, tt := range []struct {
		date     string
		use      devices.ClientUse
		platform devices.Platform
		want     string
	}{
		{"2025-10-20", devices.UseFIPS, devices.Web, notFIPS}, {"2020-05-06", devices.UseFIPS, devices.Linux, notFIPS}, {"2026-09-10", devices.UseFIPS, devices.ZeroClient, notFIPS},
		{"2026-09-10", devices.UseDCV, devices.IOS, notDCV}, {"2026-09-10", devices.UseDCV, devices.ZeroClient, notDCV},
	} {
		a, err := at(t, tt.date).CheckClientVersion(devices.ClientApplication{Use: tt.use, Platform: tt.platform})
		if err != nil || broken(t, a) != tt.want {
			t.Errorf("%s, %s of %s: %s, %v", tt.date, tt.use, tt.platform, told(t, a), err)
		}
	}
}

// What directories admit before anybody changes it: the page on directories blocks the web and Linux until the reading of autumn 2025, in which
// the page on trusted devices admits the web; the last reading does not tell. Windows and macOS are never told of.
func TestDocumentedDefaults(t *testing.T) {
	for date, want := range map[string]string{
		"2019-11-15": "Web=DENY Ios=ALLOW Android=ALLOW ChromeOs=ALLOW ZeroClient=ALLOW Windows= Osx=", "2021-05-25": "Web=DENY Ios=ALLOW Android=ALLOW ChromeOs=ALLOW ZeroClient=ALLOW Linux=DENY Windows= Osx=",
		"2025-10-20": "Web=DENY Ios=ALLOW Android=ALLOW ChromeOs=ALLOW ZeroClient=ALLOW Linux=DENY Windows= Osx= WorkSpacesThinClient=", "2025-10-21": "Web=ALLOW Ios=ALLOW Android=ALLOW ChromeOs=ALLOW ZeroClient=ALLOW Linux=DENY Windows= Osx= WorkSpacesThinClient=",
		"2026-09-10": "Web= Ios= Android= ChromeOs= ZeroClient= Linux= Windows= Osx= WorkSpacesThinClient=",
	} {
		types := at(t, date).DeviceTypes()
		words := strings.Fields(want)
		if len(types) != len(words) {
			t.Errorf("%s: %v", date, types)
		}
		for _, w := range words {
			name, value, _ := strings.Cut(w, "=")
			if got, ok := types[devices.DeviceType("DeviceType"+name)]; !ok || got != value {
				t.Errorf("%s: %s is %q, want %q", date, name, got, value)
			}
		}
	}
}

// Which platforms can be restricted to trusted devices, by the day of the page: it speaks of more than Windows and macOS since 2020-03-31, Android and
// Chrome OS are among those since 2021-09-03, and of the web it no longer speaks since autumn 2025.
func TestDocumentedTrust(t *testing.T) {
	for date, want := range map[string]string{
		"2020-03-30": "Windows+ Osx+ Android? ChromeOs? Ios? Web? ZeroClient?", "2020-03-31": "Windows+ Osx+ Android- ChromeOs- Ios- Web- ZeroClient-", "2021-09-02": "Windows+ Osx+ Android- ChromeOs- Ios- Web- ZeroClient- Linux-", "2021-09-03": "Windows+ Osx+ Android+ ChromeOs+ Ios- Web- ZeroClient- Linux-",
		"2025-10-20": "Windows+ Osx+ Android+ ChromeOs+ Ios- Web- ZeroClient- Linux-", "2025-10-21": "Windows+ Osx+ Android+ ChromeOs+ Ios- Web? ZeroClient- Linux-", "2026-09-10": "Windows+ Osx+ Android+ ChromeOs+ Ios- Web? ZeroClient- Linux-",
	} {
		for w := range strings.FieldsSeq(want) {
			name, is := w[:len(w)-1], w[len(w)-1:]
			a, err := at(t, date).CheckAccess(devices.Access{Types: map[devices.DeviceType]string{devices.DeviceType("DeviceType" + name): "TRUST"}, DirectoryType: "SIMPLE_AD"})
			got := "+"
			switch text := told(t, a); {
			case strings.Contains(text, "trust-unsupported "):
				got = "-"
			case strings.Contains(text, "no document of the edition says whether access"):
				got = "?"
			}
			if err != nil || got != is || a.Verdict == rule.Allowed {
				t.Errorf("%s: %s is %s, want %s: %s, %v", date, name, got, is, told(t, a), err)
			}
		}
	}
}

// The page speaks of Fire tablets, Linux and iPads since 2020-03-31, as of those to which the restriction does not apply; of Fire tablets it no longer
// does since 2021-09-03.
func TestDocumentedTrustOfOtherPlatforms(t *testing.T) {
	const silent, unsupported = "documents Platform: no document of the edition says whether access of %s can be restricted to trusted devices", "trust-unsupported Platform: access of %s cannot be restricted to trusted devices"
	for _, tt := range []struct {
		from, until, want string
		platforms         []devices.Platform
	}{
		{"2018-02-03", "2020-03-30", silent, []devices.Platform{devices.FireTablet, devices.Linux, devices.IOS, devices.Android, devices.Web, devices.ZeroClient}},
		{"2020-03-31", "2021-09-02", unsupported, []devices.Platform{devices.FireTablet, devices.Linux, devices.IOS, devices.Android, devices.Web, devices.ZeroClient}},
		{"2021-09-03", "2026-09-10", unsupported, []devices.Platform{devices.Linux, devices.IOS, devices.ZeroClient}},
		{"2021-09-03", "2026-09-10", silent, []devices.Platform{devices.FireTablet, devices.ThinClient}},
	} {
		for _, date := range []string{tt.from, tt.until} {
			for _, platform := range tt.platforms {
				c, err := at(t, date).CheckDeviceCertificate(devices.Device{
					Platform: platform, DirectoryType: "SIMPLE_AD", Certificates: file(t, "device.pem"), Roots: [][]byte{file(t, "root.pem")}, On: noon,
				})
				if want := fmt.Sprintf(tt.want, platform); err != nil || told(t, c.Answer) != want {
					t.Errorf("%s: %s, %v, want %s", date, told(t, c.Answer), err, want)
				}
			}
		}
	}
}

// The page on trusted devices: "We recommend SHA256 with RSA, SHA256 with ECDSA, SHA384 with ECDSA, or SHA512 with ECDSA".
func TestRecommendedAlgorithms(t *testing.T) {
	const sentence = "SHA256 with RSA, SHA256 with ECDSA, SHA384 with ECDSA, SHA512 with ECDSA"
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	for words, algorithm := range map[string]x509.SignatureAlgorithm{
		"SHA1 with RSA": x509.SHA1WithRSA, "SHA256 with RSA": x509.SHA256WithRSA, "SHA384 with RSA": x509.SHA384WithRSA, "SHA512 with RSA": x509.SHA512WithRSA,
		"SHA256 with ECDSA": x509.ECDSAWithSHA256, "SHA384 with ECDSA": x509.ECDSAWithSHA384, "SHA512 with ECDSA": x509.ECDSAWithSHA512,
	} {
		keys := []crypto.Signer{key}
		if strings.HasSuffix(words, "ECDSA") {
			keys = nil
		}
		root := issue(words, nil, func(c *x509.Certificate) { c.SignatureAlgorithm = algorithm }, keys...)
		want := "algorithm-not-recommended RootCertificates[0]"
		if strings.Contains(sentence, words) {
			want = ""
		}
		if a, err := devices.Newest().CheckRootCertificates(inPEM(root)); err != nil || broken(t, a) != want {
			t.Errorf("%s: %s, %v", words, told(t, a), err)
		}
	}
}

// The service model of 2019-11-15 is the first with types of devices. In it the texts of two members name TRUST, and the list of values
// has ALLOW and DENY alone.
func TestTrustIsContradictedByItsModel(t *testing.T) {
	first := rule.MustParseEdition("2019-11-15")
	for _, date := range []string{"2019-11-15", "2020-04-29", "2021-09-29"} {
		a, err := at(t, date).CheckAccess(devices.Access{Types: map[devices.DeviceType]string{devices.TypeWindows: "TRUST", devices.TypeOsx: "TRUST"}, DirectoryType: "SIMPLE_AD"})
		if err != nil || len(a.Open) != 2 {
			t.Errorf("%s: %s, %v", date, told(t, a), err)
		}
		for _, o := range a.Open {
			want := [2]rule.Citation{{Document: "service-model", Section: "WorkspaceAccessProperties", Date: first}, {Document: "service-model", Section: "AccessPropertyValue", Date: first}}
			if o.Cites != want {
				t.Errorf("%s: %s is read in %v, want %v", date, o.Path, o.Cites, want)
			}
		}
	}
	if before := at(t, "2019-11-14").DeviceTypes(); before != nil {
		t.Errorf("types before the model: %v", before)
	}
}
