package wkstest

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"

	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
)

// Rules of the server itself: what the account has, and has not. They are not exported, for
// no document lists them; Call.Rules and the header x-wks-rule have them.
const (
	unknownResource  rule.Code = "wkstest.unknown-resource"    // no resource has the identifier
	alreadyExists    rule.Code = "wkstest.already-exists"      // the name or identifier is taken
	inUse            rule.Code = "wkstest.in-use"              // something else uses the resource
	wrongState       rule.Code = "wkstest.wrong-state"         // the resource's state does not permit it
	notReady         rule.Code = "wkstest.not-available"       // the image or bundle is PENDING, or in ERROR
	notRegistered    rule.Code = "wkstest.not-registered"      // the directory is not REGISTERED
	userUnknown      rule.Code = "wkstest.user-unknown"        // the directory has no such user
	noFreeAddress    rule.Code = "wkstest.no-free-address"     // no subnet of the directory has one
	filtersExclude   rule.Code = "wkstest.filters-exclude"     // the API reference lets one filter be used at a time
	tokenInvalid     rule.Code = "wkstest.token-invalid"       // the page token is none of the operation's
	keyFull          rule.Code = "wkstest.key-full"            // the KMS key has as many WorkSpaces or grants as it may
	notPermitted     rule.Code = "wkstest.not-permitted"       // the resource is of another account, or of AMAZON
	accountNotBYOL   rule.Code = "wkstest.account-not-byol"    // the account is not enabled for BYOL
	notReversible    rule.Code = "wkstest.not-reversible"      // the setting cannot be changed once it is made
	undocumented     rule.Code = "wkstest.undocumented"        // Config.Undocumented refuses
	notImplemented   rule.Code = "wkstest.not-implemented"     // wkstest does not have the operation
	unknownTarget    rule.Code = "wkstest.unknown-operation"   // X-Amz-Target names no operation
	unreadable       rule.Code = "wkstest.unreadable-request"  // the body is not what the protocol wants
	nothingToDo      rule.Code = "wkstest.nothing-to-do"       // the request changes nothing
	quotaOfCalls     rule.Code = "wkstest.quota-of-calls"      // Config.Quota
	injected         rule.Code = "wkstest.injected-fault"      // Config.Faults
	overridden       rule.Code = "wkstest.override"            // Config.Override
	serverQuota      rule.Code = "wkstest.quota"               // Config.Quotas
	directoryHasMore rule.Code = "wkstest.directory-not-empty" // WorkSpaces are registered to the directory
)

// A kind is a sort of refusal, which decides its error code.
type kind uint8

const (
	invalid kind = iota // a value that the service does not take
	malformed
	unknown
	taken
	used
	state
	busy
	limited
	unsupported
	unavailable
	denied
)

// kindCodes are the error codes for each kind, the best first. The first that the model lists for the
// operation is the answer, and ValidationException if it lists none. Which of them the service gives is
// in no document but for a few cases: see kindOf.
var kindCodes = map[kind][]string{
	malformed:   {"ValidationException"},
	invalid:     {"InvalidParameterValuesException"},
	unknown:     {"ResourceNotFoundException"},
	taken:       {"ResourceAlreadyExistsException", "ConflictException", "InvalidParameterValuesException"},
	used:        {"ResourceAssociatedException"},
	state:       {"InvalidResourceStateException", "OperationNotSupportedException", "InvalidParameterValuesException"},
	busy:        {"OperationInProgressException", "InvalidResourceStateException", "OperationNotSupportedException"},
	limited:     {"ResourceLimitExceededException", "InvalidParameterValuesException"},
	unsupported: {"OperationNotSupportedException", "InvalidParameterValuesException"},
	unavailable: {"ResourceUnavailableException", "InvalidResourceStateException"},
	denied:      {"AccessDeniedException"},
}

// kindOf is the kind of each rule that is not of the kind invalid. Documented are: a directory
// that is registered with subnets in unsupported or equal zones, and one that is deregistered with
// WorkSpaces, gives OperationNotSupportedException; a DEDICATED one without BYOL
// InvalidParameterValuesException; over a quota ResourceLimitExceededException (API reference,
// RegisterWorkspaceDirectory and DeregisterWorkspaceDirectory). The others are our choice.
var kindOf = map[rule.Code]kind{
	bundles.StateRefuses:           state,
	bundles.ModeRefuses:            state,
	bundles.ModificationInProgress: busy,
	bundles.SnapshotMissing:        state,
	bundles.StandbyRefuses:         unsupported,
	bundles.StandbyNotInRegion:     unsupported,
	bundles.StandbyOperatingSystem: unsupported,
	bundles.StandbyComputeType:     unsupported,
	bundles.StandbySimpleAD:        unsupported,
	bundles.UserTaken:              taken,
	bundles.UserRepeated:           taken,
	bundles.OverQuota:              limited,
	bundles.TagsTooMany:            limited,
	bundles.ResizeSoonAfterLaunch:  state,
	bundles.VolumeCoolDown:         state,
	bundles.LargerTooSoon:          state,
	bundles.SmallerTooSoon:         state,
	bundles.ImageOfEncrypted:       unsupported,

	encryption.KeyNotEnabled: state,
	keyFull:                  limited,

	network.SubnetsNotTwo:                unsupported,
	network.SubnetsInOneZone:             unsupported,
	network.SubnetZoneUnsupported:        unsupported,
	network.IPGroupsOverQuota:            limited,
	network.IPGroupRulesOverQuota:        limited,
	network.IPGroupsOfDirectoryOverQuota: limited,
	network.ManagementCIDRInUse:          unavailable,

	migrate.ModificationInProgress: busy,
	migrate.NoFreeAddress:          unavailable,

	byol.ImageNameTaken: taken,
	byol.LinkExists:     taken,

	unknownResource:  unknown,
	alreadyExists:    taken,
	inUse:            used,
	wrongState:       state,
	notReady:         unavailable,
	notRegistered:    state,
	noFreeAddress:    unavailable,
	notPermitted:     denied,
	notReversible:    state,
	undocumented:     unsupported,
	serverQuota:      limited,
	directoryHasMore: unsupported,
	userUnknown:      unknown,
}

func kindOfRule(c rule.Code) kind {
	if k, ok := kindOf[c]; ok {
		return k
	}
	switch pkg, _, _ := strings.Cut(string(c), "."); pkg {
	case "wks":
		return malformed
	case "migrate":
		return unsupported
	}
	return invalid
}

// itemCodes are the codes in FailedRequests that are known from elsewhere: met by users of
// Terraform (ResourceExists.WorkSpace, ResourceNotFound.User), or given by moto.
var itemCodes = map[rule.Code]string{
	bundles.UserTaken:                    "ResourceExists.WorkSpace",
	userUnknown:                          "ResourceNotFound.User",
	bundles.AutoStopMinutesNotApplicable: "AutoStopTimeoutIsNotApplicableForAnAlwaysOnWorkspace",
}

// itemKinds are the codes in FailedRequests of the other rules. They are our choice.
var itemKinds = map[kind]string{
	unknown:     "ResourceNotFound",
	taken:       "ResourceExists",
	state:       "InvalidResourceState",
	busy:        "OperationInProgress",
	limited:     "ResourceLimitExceeded",
	unavailable: "ResourceUnavailable",
	unsupported: "OperationNotSupported",
}

// A refusal is why the server does not do what it is asked for.
type refusal struct {
	rule   rule.Code
	path   rule.Path
	detail string
	// resource is what kind of resource an item's code names: Directory, Bundle; "" is WorkSpace.
	resource string
	also     []rule.Code // that the request breaks as well
}

func refuse(c rule.Code, path rule.Path, format string, args ...any) *refusal {
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = rule.Shorten(s)
		}
	}
	return &refusal{rule: c, path: path, detail: fmt.Sprintf(format, args...)}
}

// shown is a text of the caller as people can be shown it.
func shown(s string) string { return rule.Printable(rule.Shorten(s)) }

// Error is the message of the answer.
func (r *refusal) Error() string {
	text := r.detail
	if r.path != "" {
		text = string(r.path) + ": " + text
	}
	return rule.Printable(text) + " [" + string(r.rule) + "]"
}

// item returns the code in FailedRequests.
func (r *refusal) item() string {
	if code, ok := itemCodes[r.rule]; ok {
		return code
	}
	code, ok := itemKinds[kindOfRule(r.rule)]
	if !ok {
		code = "InvalidParameterValues"
	}
	resource := r.resource
	if resource == "" {
		resource = "WorkSpace"
	}
	return code + "." + resource
}

// A failure is an answer that is an error. The SDK's error has code and message, and leaves open whose fault it is.
type failure struct {
	*smithy.GenericAPIError
	status int
	rules  []rule.Code
}

func failing(status int, code, message string, rules ...rule.Code) *failure {
	return &failure{&smithy.GenericAPIError{Code: code, Message: message}, status, rules}
}

// fail makes the answer to an operation of an error: a *refusal, a *failure, or one of its own.
func fail(operation string, err error) *failure {
	if r := (*refusal)(nil); errors.As(err, &r) {
		return failing(http.StatusBadRequest, codeFor(operation, r.rule), r.Error(), append([]rule.Code{r.rule}, r.also...)...)
	}
	f := failing(http.StatusInternalServerError, "InternalServerException", err.Error())
	errors.As(err, &f)
	return f
}

// codeFor returns the error code of a rule that an operation breaks.
func codeFor(operation string, c rule.Code) string {
	for _, code := range kindCodes[kindOfRule(c)] {
		if slices.Contains(modelErrors[operation], code) {
			return code
		}
	}
	return "ValidationException"
}

// header is where an answer names the rules that refused the call, or a part of it, by comma.
const header = "X-Wks-Rule"

// RefusedBy returns the codes of the rules by which the server refused a call, from the error that the
// SDK, or a Direct, returned for it. They are those of the packages of this module, and of the server's own,
// which start with "wkstest.". It is empty for other errors, and for nil.
func RefusedBy(err error) []rule.Code {
	if r := (*refused)(nil); errors.As(err, &r) {
		return slices.Clone(r.rules)
	}
	var response *awshttp.ResponseError
	if !errors.As(err, &response) || response.Response == nil {
		return nil
	}
	return rulesOf(response.Response.Header.Get(header))
}

func rulesOf(text string) (codes []rule.Code) {
	for c := range strings.SplitSeq(text, ",") {
		if c != "" {
			codes = append(codes, rule.Code(c))
		}
	}
	return codes
}

func textOf(codes []rule.Code) string {
	texts := make([]string, len(codes))
	for i, c := range codes {
		texts[i] = string(c)
	}
	return strings.Join(texts, ",")
}
