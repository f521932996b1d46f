package wkstest

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/aws-sdk-go-v2/service/workspaces/types"
	"github.com/aws/smithy-go"

	"github.com/wksgo/wks/rule"
)

// A Direct calls a server with the SDK's own values, without HTTP, JSON and the SDK: for simulations and tests that make a
// hundred thousand calls. It has the methods of *workspaces.Client, so it is whatever interface of those a program
// declares for itself. Rules, quota, latency, faults and errors are those of the wire: an error holds the types.…Exception
// that the SDK's client would give. Two things differ: nothing is retried, and nothing is copied, so change
// neither an input nor what an answer points at. Of the options of a call Region and Retryer count; the latter is in
// Call.MaxAttempts. Make one with [Server.Direct].
type Direct struct {
	server *Server
	region string
}

// Direct returns what calls the server in a Region with the SDK's values alone.
func (s *Server) Direct(region string) *Direct { return &Direct{s, region} }

// direct does one call.
func direct[Out, In any](ctx context.Context, d *Direct, operation string, in *In, options []func(*workspaces.Options)) (*Out, error) {
	if d == nil || d.server == nil || d.server.regions == nil {
		return nil, errors.New("wkstest: the Direct or its Server is the zero value: use New and Server.Direct")
	}
	if in == nil {
		in = new(In)
	}
	c := &Call{Region: d.region, Operation: operation, Outcome: Served}
	if len(options) > 0 {
		o := workspaces.Options{Region: d.region}
		for _, f := range options {
			if f != nil {
				f(&o)
			}
		}
		if c.Region = o.Region; o.Retryer != nil {
			c.MaxAttempts = o.Retryer.MaxAttempts()
		}
	}
	c.Host = "workspaces." + c.Region + ".amazonaws.com"
	var output any
	var failed *failure
	befalls, err := d.server.serve(ctx, c, &request{method: http.MethodPost, target: target + operation, in: in}, func(out any, f *failure) { output, failed = out, f })
	switch {
	case err != nil:
	case befalls == Broken:
		err = errBroken
	case failed != nil:
		err = failed.typed(operation)
	default:
		if out, ok := output.(*Out); ok {
			return out, nil
		}
		if output == struct{}{} { // of Override
			return new(Out), nil
		}
		err = fmt.Errorf("Config.Override returned a %T", output)
	}
	return nil, &smithy.OperationError{ServiceID: workspaces.ServiceID, OperationName: operation, Err: err}
}

// exceptions are the SDK's types of errors by code.
var exceptions = func() map[string]reflect.Type {
	m := map[string]reflect.Type{}
	for _, e := range []smithy.APIError{
		(*types.AccessDeniedException)(nil), (*types.ApplicationNotSupportedException)(nil), (*types.ComputeNotCompatibleException)(nil), (*types.ConflictException)(nil),
		(*types.IncompatibleApplicationsException)(nil), (*types.InternalServerException)(nil), (*types.InvalidParameterCombinationException)(nil),
		(*types.InvalidParameterValuesException)(nil), (*types.InvalidResourceStateException)(nil), (*types.OperatingSystemNotCompatibleException)(nil),
		(*types.OperationInProgressException)(nil), (*types.OperationNotSupportedException)(nil), (*types.ResourceAlreadyExistsException)(nil),
		(*types.ResourceAssociatedException)(nil), (*types.ResourceCreationFailedException)(nil), (*types.ResourceInUseException)(nil),
		(*types.ResourceLimitExceededException)(nil), (*types.ResourceNotFoundException)(nil), (*types.ResourceUnavailableException)(nil),
		(*types.UnsupportedNetworkConfigurationException)(nil), (*types.UnsupportedWorkspaceConfigurationException)(nil), (*types.ValidationException)(nil),
		(*types.WorkspacesDefaultRoleNotFoundException)(nil),
	} {
		m[e.ErrorCode()] = reflect.TypeOf(e).Elem()
	}
	return m
}()

// typed is a failure as the SDK's client gives it: of the type that the service's model lists for the operation, or else a
// generic error.
func (f *failure) typed(operation string) error {
	r := &refused{error: f.GenericAPIError, status: f.status, rules: f.rules}
	if t, ok := exceptions[f.Code]; ok && slices.Contains(modelErrors[operation], f.Code) {
		v := reflect.New(t)
		v.Elem().FieldByName("Message").Set(reflect.ValueOf(aws.String(f.Message)))
		r.error = v.Interface().(error)
	}
	return r
}

// refused is an error of the SDK with what over the wire the response tells: status and rules.
type refused struct {
	error
	status int
	rules  []rule.Code
}

func (r *refused) Unwrap() error { return r.error }

// HTTPStatusCode is the method of the SDK's ResponseError.
func (r *refused) HTTPStatusCode() int { return r.status }
