package byol

import (
	"cmp"
	"slices"
	"strings"

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

// Violation returns the error as a violation at a path, with the code that CheckMachine or
// CheckImport would have found before the import, or ImageRejected.
func (e ImageError) Violation(at rule.Path) rule.Violation {
	v := rejected(at, e.Cite, string(e.ErrorCode), e.Message)
	if len(e.Codes) > 0 {
		v.Code = e.Codes[0]
	}
	v.Remedy = cmp.Or(e.Remedy, v.Remedy)
	return v
}

// rejected returns the violation for what the service said of an image.
func rejected(at rule.Path, by rule.Citation, said ...string) rule.Violation {
	said = slices.DeleteFunc(said, func(s string) bool { return s == "" })
	for i, s := range said {
		said[i] = rule.Shorten(s)
	}
	return rule.Violation{Code: ImageRejected, Path: at, Detail: rule.Printable(strings.Join(said, ": ")), Level: rule.Must, Cite: by, Remedy: remedies[ImageRejected]}
}

// ExplainImageErrors tells what errors of an image mean. DescribeWorkspaceImages returns them.
// The result has one element for each, in their order. The remedies are those of the newest
// edition, because the errors are those of the service today. An unknown value has no remedy.
func ExplainImageErrors(details []types.ErrorDetails) []ImageError {
	list := make([]ImageError, len(details))
	for i, d := range details {
		e := &list[i]
		e.ErrorCode, e.Message, e.Cite = d.ErrorCode, text(d.ErrorMessage), unknownError
		if row := errorOf(d.ErrorCode); row != nil {
			e.Known, e.Codes, e.Remedy, e.Cite = true, slices.Clone(row.rules), row.remedy, row.Cite
		}
	}
	return list
}

// unknownError is cited for errors that no document explains.
var unknownError = tables.Cite(errorAPI, "ErrorCode", "2023-09-08")

// errorOf returns the row of an error that holds today.
func errorOf(code types.WorkspaceImageErrorDetailCode) *errorRow {
	for i := range imageErrors.Rows {
		if row := &imageErrors.Rows[i]; row.code == code && row.Span.Until == (rule.Edition{}) {
			return &imageErrors.Rows[i]
		}
	}
	return nil
}

// ImageErrorOf returns the importer's name for the error that a rule finds, so that a finding
// before the import can be compared with an error after it. It returns "" for a rule without
// an error, and the first in the order of the SDK for a rule with several.
func ImageErrorOf(c rule.Code) types.WorkspaceImageErrorDetailCode {
	for i := range imageErrors.Rows {
		if slices.Contains(imageErrors.Rows[i].rules, c) {
			return imageErrors.Rows[i].code
		}
	}
	return ""
}

// ImageErrors returns a violation for each error of images, at its path in the output of
// DescribeWorkspaceImages. An image in the state ERROR without details has one, too. The
// answer is Allowed if there are no errors.
func ImageErrors(images []types.WorkspaceImage) rule.Answer {
	var a rule.Answer
	for i := range images {
		image, at := &images[i], rule.Path("Images").Index(i)
		for k, e := range ExplainImageErrors(image.ErrorDetails) {
			a.Violations = append(a.Violations, e.Violation(at.Join("ErrorDetails").Index(k).Join("ErrorCode")))
		}
		if image.State == types.WorkspaceImageStateError && len(image.ErrorDetails) == 0 {
			a.Violations = append(a.Violations, rejected(at.Join("State"), unknownError, "the image is in the state ERROR", text(image.ErrorCode), text(image.ErrorMessage)))
		}
	}
	return a.Concluded()
}

// text returns the text of a member, and "" if there is none.
func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
