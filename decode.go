package wks

import (
	"fmt"
	"io"

	"github.com/wksgo/wks/internal/wire/request"
	"github.com/wksgo/wks/rule"
)

// longestRequest bounds what Decode reads, in bytes. The service takes no larger request: the
// most that its model lets one hold, certificates and logos included, is well under it.
const longestRequest = 16 << 20

// NewInput returns a pointer to an empty input of the SDK for an operation, as the API spells it:
// a *workspaces.CreateWorkspacesInput for "CreateWorkspaces". It is for programs that decode
// requests themselves and hand them to [Check]. The error is a *rule.InputError for a name that is
// no operation.
func NewInput(operation string) (any, error) {
	if in := request.New(operation); in != nil {
		return in, nil
	}
	return nil, &rule.InputError{Path: "operation", Value: operation, Reason: "is not an operation of the WorkSpaces API"}
}

// Decode reads one request of an operation, written in the JSON of the API as the AWS CLI takes it
// with --cli-input-json, into the SDK's input, which is what NewInput returns.
//
// Decode is strict, so that nothing which was written is dropped on the way to a check: names of
// members are those of the API in its case, and each stands once in its object. A null is an absent
// member. Blobs are base64. The error names the member and its place, as a *rule.InputError, or
// tells at which byte the JSON is malformed. A request of more than 16 MiB is refused.
func Decode(operation string, r io.Reader) (any, error) {
	in, err := NewInput(operation)
	if err != nil {
		return nil, err
	}
	limited := &io.LimitedReader{R: r, N: longestRequest + 1}
	if err = request.Decode(limited, in); limited.N == 0 {
		err = &rule.InputError{Path: "input", Value: operation, Reason: fmt.Sprintf("has a request of more than %d bytes", longestRequest)}
	}
	if err != nil {
		return nil, fmt.Errorf("wks: Decode: %s: %w", operation, err)
	}
	return in, nil
}
