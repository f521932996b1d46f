package byol

import (
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"

	"github.com/wksgo/wks/internal/tables"
	"github.com/wksgo/wks/rule"
)

// An ImageError is an error of an image, as the service gives it, and what it means.
type ImageError struct {
	ErrorCode types.WorkspaceImageErrorDetailCode `json:"errorCode"`
	Message   string                              `json:"message,omitempty"` // the service's own
	// Known is not set for a value that is newer than this release.
	Known bool `json:"known"`
	// Codes are the rules that find the error before the import, the one that has its
	// name first. It is empty if there is no check.
	Codes  []rule.Code   `json:"codes,omitempty"`
	Remedy string        `json:"remedy,omitempty"`
	Cite   rule.Citation `json:"cite"` // of the remedy
}

// Violation is the error as the same finding that CheckMachine or CheckImport would have
// made before the import: its code, or ImageRejected, at the given place.
func (e ImageError) Violation(at rule.Path) rule.Violation {
	v := rule.Violation{Code: ImageRejected, Path: at, Detail: string(e.ErrorCode), Level: rule.Must, Cite: e.Cite}
	if len(e.Codes) > 0 {
		v.Code = e.Codes[0]
	}
	if e.Message != "" {
		v.Detail += ": " + e.Message
	}
	if e.Remedy != "" {
		v.Detail += "; " + e.Remedy
	}
	return v
}

// ExplainImageErrors tells what the errors of an image mean that DescribeWorkspaceImages
// returns, in their order, none left out. The remedies are those of the newest edition:
// the errors are those of the service as it is. A value that is not known has no remedy.
func ExplainImageErrors(details []types.ErrorDetails) []ImageError {
	list := make([]ImageError, len(details))
	for i, d := range details {
		e := &list[i]
		e.ErrorCode, e.Cite = d.ErrorCode, unknownError
		if d.ErrorMessage != nil {
			e.Message = *d.ErrorMessage
		}
		if row := errorOf(d.ErrorCode); row != nil {
			e.Known, e.Codes, e.Remedy, e.Cite = true, slices.Clone(row.rules), row.remedy, row.cite
		}
	}
	return list
}

// unknownError is cited for what no document explains.
var unknownError = tables.Cite(errorAPI, "ErrorCode", lastReading)

func errorOf(code types.WorkspaceImageErrorDetailCode) *errorRow {
	for i := range errorRows {
		if errorRows[i].code == code {
			return &errorRows[i]
		}
	}
	return nil
}

// ImageErrorOf returns the name of the error that the importer has for what a rule
// forbids, so that a finding before the import can be compared with an error after it. It
// is "" for a rule without one, and the first in the SDK's order for a rule with several.
func ImageErrorOf(c rule.Code) types.WorkspaceImageErrorDetailCode {
	for i := range errorRows {
		if slices.Contains(errorRows[i].rules, c) {
			return errorRows[i].code
		}
	}
	return ""
}

// ImageErrors returns a violation for each error of images, at its place in the output of
// DescribeWorkspaceImages. An image in the state ERROR without details has one, too.
func ImageErrors(images []types.WorkspaceImage) rule.Violations {
	var vs rule.Violations
	for i := range images {
		image, at := &images[i], rule.Path("Images").Index(i)
		for k, e := range ExplainImageErrors(image.ErrorDetails) {
			vs = append(vs, e.Violation(at.Join("ErrorDetails").Index(k).Join("ErrorCode")))
		}
		if image.State == types.WorkspaceImageStateError && len(image.ErrorDetails) == 0 {
			detail := "the image is in the state ERROR"
			for _, s := range []*string{image.ErrorCode, image.ErrorMessage} {
				if s != nil && *s != "" {
					detail = fmt.Sprintf("%s: %s", detail, *s)
				}
			}
			vs = append(vs, rule.Violation{Code: ImageRejected, Path: at.Join("State"), Detail: detail, Level: rule.Must, Cite: unknownError})
		}
	}
	return vs
}
