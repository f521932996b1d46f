package wkstest

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// DirectClient is Client without what lies between the SDK's retries and the server: no request is written as JSON,
// signed and sent, and no answer read. It is the SDK's client in everything else: validation, [wks.Guard], retries,
// package throttle, options, metadata and errors. As with [Server.Direct] nothing is copied, so change neither an input
// nor what an answer points at. A middleware of the Build step, and one that stands behind the signature, sees a
// request without headers and body.
func (s *Server) DirectClient(region string, options ...func(*workspaces.Options)) *workspaces.Client {
	return s.Client(region, append([]func(*workspaces.Options){func(o *workspaces.Options) {
		o.HTTPClient = deliverer{}
		o.APIOptions = append(o.APIOptions, s.shorten)
	}}, options...)...)
}

type (
	inputKey struct{} // of the SDK's input in a context
	replyKey struct{} // of what deliverer delivers
)

// A delivery is a reply, or the error of a connection that broke.
type delivery struct {
	reply *reply
	err   error
}

// A deliverer is the SDK's client of HTTP. It delivers what the context has.
type deliverer struct{}

func (deliverer) Do(r *http.Request) (*http.Response, error) {
	d, ok := r.Context().Value(replyKey{}).(delivery)
	switch {
	case !ok:
		return nil, errors.New("wkstest: a DirectClient was asked for something else than an operation")
	case d.err != nil:
		return nil, &url.Error{Op: "Post", URL: r.URL.String(), Err: d.err} // as package net/http has it
	}
	return d.reply.response(r), nil
}

// Middlewares of the SDK that make and sign a request of HTTP. Others may stand beside them, so each leaves one in its
// place that does nothing.
var (
	unbuilt  = []middleware.BuildMiddleware{noBuild("ClientRequestID"), noBuild("ComputeContentLength"), noBuild("SetCredentialSourceMiddleware"), noBuild("RecursionDetection")}
	unsigned = []middleware.FinalizeMiddleware{
		noFinalize("ResolveAuthScheme"), noFinalize("GetIdentity"), noFinalize("ResolveEndpointV2"), noFinalize("disableHTTPS"),
		noFinalize("ComputePayloadHash"), noFinalize("setLegacyContextSigningOptions"), noFinalize("Signing"),
	}
)

func noBuild(id string) middleware.BuildMiddleware {
	return middleware.BuildMiddlewareFunc(id, func(ctx context.Context, in middleware.BuildInput, next middleware.BuildHandler) (middleware.BuildOutput, middleware.Metadata, error) {
		return next.HandleBuild(ctx, in)
	})
}

func noFinalize(id string) middleware.FinalizeMiddleware {
	return middleware.FinalizeMiddlewareFunc(id, func(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (middleware.FinalizeOutput, middleware.Metadata, error) {
		return next.HandleFinalize(ctx, in)
	})
}

// shorten lets an operation's input go to the server, and its output come back, as values.
func (s *Server) shorten(stack *middleware.Stack) error {
	if s.regions == nil {
		return errZero
	}
	for _, m := range unbuilt {
		_, _ = stack.Build.Swap(m.ID(), m) // an operation may lack it
	}
	for _, m := range unsigned {
		_, _ = stack.Finalize.Swap(m.ID(), m)
	}
	const serializer, deserializer = "OperationSerializer", "OperationDeserializer" // the SDK's
	_, err := stack.Serialize.Swap(serializer, middleware.SerializeMiddlewareFunc(serializer, func(ctx context.Context, in middleware.SerializeInput, next middleware.SerializeHandler) (middleware.SerializeOutput, middleware.Metadata, error) {
		return next.HandleSerialize(context.WithValue(ctx, inputKey{}, in.Parameters), in)
	}))
	if err != nil {
		return err
	}
	operation := stack.ID()
	return stack.Deserialize.Insert(middleware.DeserializeMiddlewareFunc("wkstest.Direct", func(ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler) (out middleware.DeserializeOutput, md middleware.Metadata, err error) {
		r, ok := in.Request.(*smithyhttp.Request)
		if !ok {
			return out, md, errors.New("wkstest: the SDK's request is none of HTTP")
		}
		region := awsmiddleware.GetRegion(ctx)
		c := &Call{Region: region, Host: "workspaces." + region + ".amazonaws.com", Operation: operation, MaxAttempts: attemptsOf(r.Header), Outcome: Served}
		q := &request{method: http.MethodPost, target: target + operation, in: ctx.Value(inputKey{})}
		reply, err := s.reply(ctx, c, q)
		if err != nil || reply.output == nil {
			r.URL.Scheme, r.URL.Host, r.URL.Path = "https", c.Host, "/"
			return next.HandleDeserialize(context.WithValue(ctx, replyKey{}, delivery{reply, err}), in)
		}
		out.Result = reply.output
		out.RawResponse = &smithyhttp.Response{Response: reply.response(nil)}
		return out, md, nil
	}), deserializer, middleware.Before)
}
