package byol

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/rule"
)

// A Result is what a test of the BYOL Checker says, in its own words where it has one.
type Result string

const (
	Passed  Result = "PASSED"
	Warning Result = "WARNING" // can mostly be fixed by the checker itself
	Failed  Result = "FAILED"
	Exempt  Result = "EXEMPT"  // the checker does not run the test on this system
	Unknown Result = "UNKNOWN" // a fact that the test looks at was not provided
)

// A Test is the result of one test.
type Test struct {
	Name   string `json:"name"` // without Test-BYOL_
	Result Result `json:"result"`
	// Counted is set for a result that keeps the whole run from succeeding: a failure, or
	// a warning that is more than advice.
	Counted bool `json:"counted"`
	// Fixable is set for a warning that the button for all warnings removes.
	Fixable bool      `json:"fixable"`
	Got     string    `json:"got,omitempty"` // the fact, if there is one
	Code    rule.Code `json:"code"`          // of CheckMachine for the same matter
	// ErrorCode is the name of the error after an import. The script calls one of them
	// otherwise, 64BitOS for Requires64BitOS; versions before 2.13.25 have no error codes.
	ErrorCode types.WorkspaceImageErrorDetailCode `json:"errorCode"`
}

// A CheckerRun is what a run of the checker prints.
type CheckerRun struct {
	Version string        `json:"version"`
	Tests   []Test        `json:"tests"` // in the order of the script, exempt ones included
	Cite    rule.Citation `json:"cite"`
}

// Verdict is Allowed if the checker would print Validation Successful: nothing failed and
// no warning counted. It is Undocumented if that hangs on a test that is Unknown.
func (c CheckerRun) Verdict() rule.Verdict {
	v := rule.Allowed
	for _, t := range c.Tests {
		switch {
		case t.Counted:
			return rule.Denied
		case t.Result == Unknown:
			v = rule.Undocumented
		}
	}
	return v
}

// Violations returns a violation for each test that did not pass, in the order of the
// tests: a Must for a failure, a Should for a warning, citing the script. The same codes
// come from CheckMachine, which holds the documents' figures against the machine.
func (c CheckerRun) Violations() rule.Violations {
	var vs rule.Violations
	for _, t := range c.Tests {
		level := rule.Should
		if t.Result == Failed {
			level = rule.Must
		}
		if t.Result == Failed || t.Result == Warning {
			detail := t.Name + " of BYOLChecker " + c.Version + " says " + string(t.Result)
			if t.Got != "" {
				detail += ": " + t.Got
			}
			vs = append(vs, rule.Violation{Code: t.Code, Path: rule.Path("BYOLChecker").Join(rule.Path(t.Name)), Detail: detail, Level: level, Cite: c.Cite})
		}
	}
	return vs
}

// CheckerOptions tell how the checker is run. The zero value is a run in its window.
type CheckerOptions struct {
	Automated bool // without a window, as the import runs it
	Office    bool // for an image that subscribes to Office; read for automated runs alone
}

// RunChecker tells what the BYOL Checker of the edition prints on a machine: 2.0.6 from
// 2019-10-25, 2.1.1 from 2020-04-29, 2.13.25 from 2024-12-31 on. It does what the script
// does where that is odd, too: in its window a warning for less than 20 GB hides the
// failure for less than 10 GB, builds are accepted that the guide has dropped and 24H2
// and 25H2 are not, and the language is not tested.
//
// The error is a *rule.InputError for an edition without a known checker, and as
// CheckMachine's.
func (r Rules) RunChecker(m *Machine, o CheckerOptions) (CheckerRun, error) {
	if err := r.machine(m); err != nil {
		return CheckerRun{}, err
	}
	i := slices.IndexFunc(checkerRows, func(c checkerRow) bool { return c.span.Contains(r.edition) })
	if i < 0 {
		return CheckerRun{}, &rule.InputError{Path: "Edition", Value: r.edition.String(), Reason: "has no BYOL Checker whose tests are known"}
	}
	c := &checkerRows[i]
	run := CheckerRun{Version: c.version, Cite: c.cite}
	windows7 := m.Version != nil && strings.HasPrefix(*m.Version, "6.")
	for i := range checkerTests {
		t := &checkerTests[i]
		if t.since21325 && !c.errorCodes {
			continue
		}
		test := Test{Name: t.name, Code: t.code, ErrorCode: t.errorCode}
		var got any
		switch {
		case bool(t.windows7) && windows7, bool(t.newer) && !windows7, bool(t.automation) && o.Automated, t.name == "FreeDiskSpace" && windows7 && c.errorCodes:
			test.Result = Exempt
		default:
			test.Result, got = t.run(c, o, m)
		}
		test.Got = show(got)
		// Two warnings are advice to those who will subscribe to Office.
		advice := c.errorCodes && (t.name == "OfficeInstalled" || t.name == "FreeDiskSpace")
		test.Counted = test.Result == Failed || test.Result == Warning && !advice
		test.Fixable = test.Result == Warning && t.fixable
		run.Tests = append(run.Tests, test)
	}
	return run, nil
}

// factTest is the test of a fact that must be good.
func factTest(field func(*Machine) *bool, good bool, breach Result) func(*checkerRow, CheckerOptions, *Machine) (Result, any) {
	return func(_ *checkerRow, _ CheckerOptions, m *Machine) (Result, any) {
		p := field(m)
		if p == nil {
			return Unknown, nil
		}
		return passed(*p == good, breach), p
	}
}

// passed is Passed, or else the breach.
func passed(ok bool, breach Result) Result {
	if ok {
		return Passed
	}
	return breach
}

func testPowerShell(_ *checkerRow, _ CheckerOptions, m *Machine) (Result, any) {
	const least = 4
	if m.PowerShellMajor == nil {
		return Unknown, nil
	}
	return passed(*m.PowerShellMajor >= least, Failed), m.PowerShellMajor
}

// testOffice matters to an automated run if the image is to have Office.
func testOffice(_ *checkerRow, o CheckerOptions, m *Machine) (Result, any) {
	p := m.OfficeInstalled
	switch {
	case o.Automated && !o.Office:
		return Passed, p
	case p == nil:
		return Unknown, nil
	case o.Automated:
		return passed(!*p, Failed), p
	}
	return passed(!*p, Warning), p
}

func testPCoIP(_ *checkerRow, _ CheckerOptions, m *Machine) (Result, any) {
	switch {
	case m.PCoIPAgent == nil:
		return Unknown, nil
	case !*m.PCoIPAgent:
		return Passed, m.PCoIPAgent
	case m.PCoIPUninstaller == nil:
		return Unknown, m.PCoIPAgent
	}
	if !*m.PCoIPUninstaller {
		return Failed, m.PCoIPAgent
	}
	return Warning, m.PCoIPAgent
}

func testUpdates(_ *checkerRow, _ CheckerOptions, m *Machine) (Result, any) {
	update, installer := m.WindowsUpdateStart, m.ModulesInstallerStart
	switch {
	case update != nil && !strings.EqualFold(*update, "Disabled"):
		return Warning, update
	case installer != nil && !strings.EqualFold(*installer, "Manual"):
		return Warning, installer
	case update == nil || installer == nil:
		return Unknown, nil
	}
	return Passed, update
}

// testAccountDisabled warns of an account that does not exist, too.
func testAccountDisabled(_ *checkerRow, _ CheckerOptions, m *Machine) (Result, any) {
	switch {
	case m.BYOLAccount != nil && !*m.BYOLAccount:
		return Warning, m.BYOLAccount
	case m.BYOLAccountEnabled == nil:
		return Unknown, nil
	}
	return passed(*m.BYOLAccountEnabled, Warning), m.BYOLAccountEnabled
}

func testFreeSpace7(c *checkerRow, _ CheckerOptions, m *Machine) (Result, any) {
	if m.FreeBytes == nil {
		return Unknown, nil
	}
	return passed(float64(*m.FreeBytes)/GB >= c.minFreeGB, Failed), (*size)(m.FreeBytes)
}

// testFreeSpace rounds to hundredths in the version that knows of Office.
func testFreeSpace(c *checkerRow, o CheckerOptions, m *Machine) (Result, any) {
	if m.FreeBytes == nil {
		return Unknown, nil
	}
	free, got := float64(*m.FreeBytes)/GB, (*size)(m.FreeBytes)
	if c.officeGB == 0 {
		return passed(free >= c.minFreeGB, Failed), got
	}
	free = math.RoundToEven(free*100) / 100
	if !o.Automated {
		return passed(free >= c.officeGB, Warning), got
	}
	least := c.minFreeGB
	if o.Office {
		if m.OfficeInstalled == nil && free >= c.minFreeGB && free < c.officeGB {
			return Unknown, got
		}
		if m.OfficeInstalled != nil && *m.OfficeInstalled { // it asks for the space where Office stands already
			least = c.officeGB
		}
	}
	return passed(free >= least, Failed), got
}

func testDrives(_ *checkerRow, _ CheckerOptions, m *Machine) (Result, any) {
	if m.Drives == nil {
		return Unknown, nil
	}
	return passed(len(m.Drives) == 1 && m.Drives[0].Type == localDisk, Failed), &m.Drives
}

func testOS(c *checkerRow, _ CheckerOptions, m *Machine) (Result, any) {
	switch {
	case m.ProductType != nil && *m.ProductType != workstation:
		return Failed, m.ProductType
	case m.Version == nil:
		return Unknown, nil
	case c.major[1] > 0:
		var major int
		if _, err := fmt.Sscanf(*m.Version, "%d.", &major); err != nil || major < c.major[0] || major > c.major[1] {
			return Failed, m.Version
		}
	case !slices.Contains(c.versions, *m.Version):
		return Failed, m.Version
	}
	if m.ProductType == nil {
		return Unknown, m.Version
	}
	return Passed, m.Version
}

func testDiskSize(c *checkerRow, _ CheckerOptions, m *Machine) (Result, any) {
	if m.DiskBytes == nil {
		return Unknown, nil
	}
	return passed(float64(*m.DiskBytes)/GB <= c.maxDiskGB, Failed), (*size)(m.DiskBytes)
}

// testPartitions looks for types that start with MBR, which those of WMI do not.
func testPartitions(c *checkerRow, _ CheckerOptions, m *Machine) (Result, any) {
	if m.Partitions == nil || c.gptWithUEFI && m.UEFI == nil {
		return Unknown, nil
	}
	bad := "GPT"
	if c.gptWithUEFI && *m.UEFI {
		bad = "MBR"
	}
	ok := !slices.ContainsFunc(m.Partitions, func(p Partition) bool { return strings.HasPrefix(p.Type, bad) })
	return passed(ok, Failed), &m.Partitions
}

func testBootPartitions(_ *checkerRow, _ CheckerOptions, m *Machine) (Result, any) {
	if m.Partitions == nil {
		return Unknown, nil
	}
	return passed(m.bootable() <= 1, Failed), &m.Partitions
}

func testArchitecture(_ *checkerRow, _ CheckerOptions, m *Machine) (Result, any) {
	if m.SystemType == nil {
		return Unknown, nil
	}
	return passed(x64(*m.SystemType), Failed), m.SystemType
}

func testRearm(_ *checkerRow, _ CheckerOptions, m *Machine) (Result, any) {
	if m.RearmCount == nil {
		return Unknown, nil
	}
	return passed(*m.RearmCount > 0, Failed), m.RearmCount
}

func testAntiVirus(_ *checkerRow, _ CheckerOptions, m *Machine) (Result, any) {
	if m.AntiVirus == nil {
		return Unknown, nil
	}
	if i := slices.IndexFunc(m.AntiVirus, func(name string) bool { return !defender(name) }); i >= 0 {
		return Failed, &m.AntiVirus[i]
	}
	return Passed, &m.AntiVirus
}

// testUEFI knows Windows 10 by the caption.
func testUEFI(_ *checkerRow, _ CheckerOptions, m *Machine) (Result, any) {
	switch {
	case m.UEFI != nil && !*m.UEFI, m.Caption != nil && !containsFold(*m.Caption, "windows 10"):
		return Passed, m.UEFI
	case m.UEFI == nil || m.Caption == nil:
		return Unknown, nil
	}
	return Failed, m.UEFI
}
