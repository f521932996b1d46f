package finding

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/url"
	"path"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/rule"
)

// The types of this file are the part of SARIF 2.1.0 that the report has.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool         `json:"tool"`
		Invocations []sarifInvocation `json:"invocations"`
		Results     sarifResults      `json:"results"`
		ColumnKind  string            `json:"columnKind"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		Version        string      `json:"version,omitempty"`
		InformationURI string      `json:"informationUri"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID                   string      `json:"id"`
		ShortDescription     sarifText   `json:"shortDescription"`
		FullDescription      sarifText   `json:"fullDescription"`
		Help                 sarifText   `json:"help"`
		HelpURI              string      `json:"helpUri,omitempty"`
		DefaultConfiguration sarifConfig `json:"defaultConfiguration"`
	}
	sarifText struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifConfig struct {
		Level string `json:"level"`
	}
	sarifInvocation struct {
		ExecutionSuccessful        bool                `json:"executionSuccessful"`
		ToolExecutionNotifications []sarifNotification `json:"toolExecutionNotifications"`
	}
	sarifNotification struct {
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations,omitempty"`
	}
	sarifResult struct {
		RuleID              string             `json:"ruleId"`
		RuleIndex           int                `json:"ruleIndex"`
		Level               string             `json:"level"`
		Message             sarifText          `json:"message"`
		Locations           []sarifLocation    `json:"locations"`
		PartialFingerprints map[string]string  `json:"partialFingerprints"`
		Suppressions        []sarifSuppression `json:"suppressions,omitempty"`
	}
	sarifSuppression struct {
		Kind          string `json:"kind"`
		Justification string `json:"justification"`
	}
	sarifLocation struct {
		PhysicalLocation *sarifPhysical `json:"physicalLocation,omitempty"`
		LogicalLocations []sarifLogical `json:"logicalLocations,omitempty"`
	}
	sarifPhysical struct {
		ArtifactLocation sarifArtifact `json:"artifactLocation"`
		Region           *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
	}
	sarifLogical struct {
		Name               string `json:"name,omitempty"`
		FullyQualifiedName string `json:"fullyQualifiedName,omitempty"`
		Kind               string `json:"kind,omitempty"`
	}
)

// home is where the rules are explained.
const home = "https://github.com/wksgo/wks"

// WriteSARIF writes the report as a log of SARIF 2.1.0: findings as results, those that a baseline
// accepts as suppressed ones, and open questions as notifications. Base is where the files of the
// report lie.
func (r *Report) WriteSARIF(w io.Writer, base string) error {
	index := map[rule.Code]int{}
	run := sarifRun{
		Tool:        sarifTool{sarifDriver{Name: "wks", Version: versionOf(debug.ReadBuildInfo()), InformationURI: home, Rules: []sarifRule{}}},
		Invocations: []sarifInvocation{{ExecutionSuccessful: true, ToolExecutionNotifications: []sarifNotification{}}},
		Results:     sarifResults{r, base, index},
		ColumnKind:  "unicodeCodePoints",
	}
	for _, list := range [][]*Finding{r.Findings, r.Accepted} {
		for _, f := range list {
			if _, seen := index[f.Code]; !seen {
				index[f.Code] = len(run.Tool.Driver.Rules)
				run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRuleOf(f))
			}
		}
	}
	for _, q := range r.Open {
		n := sarifNotification{Level: "note", Message: sarifText{Text: q.Kind() + ": " + q.Reason}}
		if q.Decides {
			n.Level = "warning"
		}
		if q.Fetch() != "" {
			n.Message.Text += ". To answer it: " + q.Fetch()
		}
		told := map[string]bool{} // a notification must not have a location twice
		for _, o := range q.Occurrences {
			if key := o.Place() + "\x00" + o.Resource.ID; o.File != "" && !told[key] {
				told[key] = true
				n.Locations = append(n.Locations, sarifAt(base, o))
			}
		}
		run.Invocations[0].ToolExecutionNotifications = append(run.Invocations[0].ToolExecutionNotifications, n)
	}
	return cli.WriteJSON(w, sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
}

// sarifResults are the results of a report, one for each occurrence of a finding. They are made as they are
// written.
type sarifResults struct {
	report *Report
	base   string
	index  map[rule.Code]int // of rules
}

// MarshalJSONTo writes the results.
func (s sarifResults) MarshalJSONTo(enc *jsontext.Encoder) error {
	if err := enc.WriteToken(jsontext.BeginArray); err != nil {
		return err
	}
	for _, list := range [][]*Finding{s.report.Findings, s.report.Accepted} {
		for _, f := range list {
			for _, o := range f.Occurrences {
				if err := json.MarshalEncode(enc, s.result(f, o)); err != nil {
					return err
				}
			}
		}
	}
	return enc.WriteToken(jsontext.EndArray)
}

func (s sarifResults) result(f *Finding, o Occurrence) sarifResult {
	result := sarifResult{
		RuleID: string(f.Code), RuleIndex: s.index[f.Code], Level: sarifLevel(f.Level),
		Message:             sarifText{Text: about(o) + o.Detail + ". " + f.Remedy},
		Locations:           []sarifLocation{sarifAt(s.base, o)},
		PartialFingerprints: map[string]string{"wksSubject/v1": fingerprint(f, o)},
	}
	if o.Reason != "" {
		result.Suppressions = []sarifSuppression{{"external", o.Reason + " (until " + o.Until + ")"}}
	}
	return result
}

func sarifRuleOf(f *Finding) sarifRule {
	help := "Remedy: " + f.Remedy + "\nSource: " + Cited(f.Cite)
	return sarifRule{
		ID:                   string(f.Code),
		ShortDescription:     sarifText{Text: f.Title},
		FullDescription:      sarifText{Text: f.Title + " " + f.Remedy},
		Help:                 sarifText{Text: help},
		HelpURI:              f.Help,
		DefaultConfiguration: sarifConfig{sarifLevel(f.Level)},
	}
}

func sarifLevel(l rule.Level) string {
	if l == rule.Must {
		return "error"
	}
	return "warning"
}

// sarifAt is where an occurrence stands. Code scanning wants a line, and an export has paths: it
// is the first line where none is known.
func sarifAt(base string, o Occurrence) sarifLocation {
	at := sarifLocation{LogicalLocations: []sarifLogical{}}
	if o.Resource.ID != "" {
		at.LogicalLocations = append(at.LogicalLocations, sarifLogical{Name: o.Resource.ID, Kind: "resource"})
	}
	if o.Path != "" {
		at.LogicalLocations = append(at.LogicalLocations, sarifLogical{FullyQualifiedName: o.Path, Kind: "member"})
	}
	if o.File != "" {
		at.PhysicalLocation = &sarifPhysical{sarifArtifact{fileURI(base, o.File)}, &sarifRegion{StartLine: max(1, o.Line), StartColumn: o.Column}}
	}
	return at
}

// fileURI is the reference to a file below base.
func fileURI(base, file string) string {
	return (&url.URL{Path: path.Join(filepath.ToSlash(base), filepath.ToSlash(file))}).String()
}

// fingerprint stays the same from run to run.
func fingerprint(f *Finding, o Occurrence) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{string(f.Code), o.Region, o.Resource.Kind, o.Resource.ID, o.Resource.Part, o.Path}, "\x00")))
	return hex.EncodeToString(sum[:16])
}

// about names the resource at the start of a sentence.
func about(o Occurrence) string {
	if s := strings.TrimSpace(o.Resource.Kind + " " + o.Resource.String()); o.Resource.ID != "" {
		return s + ": "
	}
	return ""
}

// Cited writes a citation on one line.
func Cited(c rule.Citation) string {
	s := c.Document + `, "` + c.Section + `"`
	if c.Date != (rule.Edition{}) {
		s += ", " + c.Date.String()
	}
	return s
}

// versionOf is that of the module of a program, "" if it is not known.
func versionOf(info *debug.BuildInfo, known bool) string {
	if known && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return ""
}
