package troubleshoot

import (
	"maps"
	"slices"

	"github.com/wksgo/wks/rule"
)

// A Client is what a user connects with.
type Client string

const (
	Windows    Client = "windows"
	MacOS      Client = "macos"
	Linux      Client = "linux"
	IOS        Client = "ios"
	Android    Client = "android"
	ChromeOS   Client = "chromeos"
	Web        Client = "web" // a browser
	ZeroClient Client = "zero-client"
)

var clients = []Client{Windows, MacOS, Linux, IOS, Android, ChromeOS, Web, ZeroClient}

// A System is the family of the operating system of a WorkSpace.
type System string

const (
	WindowsSystem System = "windows"
	AmazonLinux   System = "amazon-linux"
	Ubuntu        System = "ubuntu"
	OtherLinux    System = "other-linux" // Red Hat Enterprise Linux, Rocky Linux
)

var systems = []System{WindowsSystem, AmazonLinux, Ubuntu, OtherLinux}

// A Protocol is one that a WorkSpace streams over.
type Protocol string

const (
	PCoIP Protocol = "pcoip"
	DCV   Protocol = "dcv" // WSP until 2025
)

var protocols = []Protocol{PCoIP, DCV}

// Facts are what is known of a case. Each field is three-valued: its zero value is not known, which is not the same
// as not so. The values of the fields that AWS spells, from DirectoryType on, are those of the API; one that
// this release does not know decides nothing.
type Facts struct {
	Client   Client   `json:",omitempty"`
	System   System   `json:",omitempty"`
	Protocol Protocol `json:",omitempty"`

	DirectoryType string `json:",omitempty"` // SIMPLE_AD, AD_CONNECTOR, CUSTOMER_MANAGED, …
	RunningMode   string `json:",omitempty"` // ALWAYS_ON, AUTO_STOP or MANUAL
	ComputeType   string `json:",omitempty"` // STANDARD, PERFORMANCE, …
	// DeviceAccess is the value that the directory has for the type of the user's device: ALLOW, DENY or TRUST.
	DeviceAccess string `json:",omitempty"`

	// Answers are the questions that are answered with yes or no. One that is missing is not known.
	Answers map[Question]bool `json:",omitempty"`
}

// A field is a member of Facts with a closed list of values.
type field struct {
	name   rule.Path
	of     func(*Facts) string
	values []string
	open   bool   // AWS may add values: another one decides nothing
	asks   string // what it is that is not known
}

func texts[T ~string](list []T) (out []string) {
	for _, v := range list {
		out = append(out, string(v))
	}
	return out
}

var (
	clientField    = &field{"Client", func(f *Facts) string { return string(f.Client) }, texts(clients), false, "Which client does the user connect with?"}
	systemField    = &field{"System", func(f *Facts) string { return string(f.System) }, texts(systems), false, "Which operating system does the WorkSpace run?"}
	protocolField  = &field{"Protocol", func(f *Facts) string { return string(f.Protocol) }, texts(protocols), false, "Which protocol does the WorkSpace stream over?"}
	directoryField = &field{"DirectoryType", func(f *Facts) string { return f.DirectoryType }, []string{"SIMPLE_AD", "AD_CONNECTOR", "CUSTOMER_MANAGED", "AWS_IAM_IDENTITY_CENTER"}, true, "What is the type of the directory?"}
	modeField      = &field{"RunningMode", func(f *Facts) string { return f.RunningMode }, []string{"ALWAYS_ON", "AUTO_STOP", "MANUAL"}, true, "What is the running mode of the WorkSpace?"}
	computeField   = &field{"ComputeType", func(f *Facts) string { return f.ComputeType }, []string{
		"VALUE", "STANDARD", "PERFORMANCE", "POWER", "POWERPRO", "GRAPHICS", "GRAPHICSPRO", "GRAPHICS_G4DN", "GRAPHICSPRO_G4DN", "GENERALPURPOSE_4XLARGE", "GENERALPURPOSE_8XLARGE",
		"GRAPHICS_G6_XLARGE", "GRAPHICS_G6_2XLARGE", "GRAPHICS_G6_4XLARGE", "GRAPHICS_G6_8XLARGE", "GRAPHICS_G6_16XLARGE", "GRAPHICS_GR6_4XLARGE", "GRAPHICS_GR6_8XLARGE",
		"GRAPHICS_G6F_LARGE", "GRAPHICS_G6F_XLARGE", "GRAPHICS_G6F_2XLARGE", "GRAPHICS_G6F_4XLARGE", "GRAPHICS_GR6F_4XLARGE",
	}, true, "What is the compute type of the WorkSpace?"}
	accessField = &field{"DeviceAccess", func(f *Facts) string { return f.DeviceAccess }, []string{"ALLOW", "DENY", "TRUST"}, true, "Which devices of the user's type does the directory admit: all (ALLOW), trusted ones (TRUST) or none (DENY)?"}
)

var fields = []*field{clientField, systemField, protocolField, directoryField, modeField, computeField, accessField}

// check returns a *rule.InputError for a value that no edition has, and for a question that there is not.
func (f *Facts) check() error {
	for _, d := range fields {
		if v := d.of(f); v != "" && !d.open && !slices.Contains(d.values, v) {
			return &rule.InputError{Path: d.name, Value: v, Reason: "is none that this release knows"}
		}
	}
	for _, q := range slices.Sorted(maps.Keys(f.Answers)) {
		if _, ok := questionTexts[q]; !ok {
			return &rule.InputError{Path: "Answers", Value: string(q), Reason: "is no question; Questions lists them"}
		}
	}
	return nil
}
