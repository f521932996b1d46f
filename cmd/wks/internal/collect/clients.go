package collect

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/aws/aws-sdk-go-v2/service/resourcegroupstaggingapi"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
	"github.com/aws/smithy-go"

	"github.com/wksgo/wks/throttle"
)

// connectTimeout is how long a connection may take to be made. What cannot be reached is not tried again.
const connectTimeout = 5 * time.Second

// clients are those of one Region.
type clients struct {
	ec2        *ec2.Client
	kms        *kms.Client
	tagging    *resourcegroupstaggingapi.Client
	workspaces *workspaces.Client
}

// load reads the configuration as the AWS CLI does.
func (o Options) load(ctx context.Context) (aws.Config, error) {
	http := awshttp.NewBuildableClient().WithDialerOptions(func(d *net.Dialer) { d.Timeout = connectTimeout })
	options := []func(*config.LoadOptions) error{
		config.WithRegion(o.Regions[0]),
		config.WithHTTPClient(http),
		config.WithRetryer(func() aws.Retryer {
			return retry.NewAdaptiveMode(func(a *retry.AdaptiveModeOptions) {
				a.StandardOptions = append(a.StandardOptions, func(s *retry.StandardOptions) {
					s.MaxAttempts = 8
					s.Retryables = append([]retry.IsErrorRetryable{retry.IsErrorRetryableFunc(onceIfUnreachable)}, s.Retryables...)
				})
			})
		}),
	}
	if o.Profile != "" {
		options = append(options, config.WithSharedConfigProfile(o.Profile))
	}
	if o.EndpointURL != "" {
		options = append(options, config.WithBaseEndpoint(o.EndpointURL))
	}
	return config.LoadDefaultConfig(ctx, options...)
}

// newClients returns the clients of a Region. That of WorkSpaces keeps to a quota.
func newClients(cfg aws.Config, region string, quota throttle.Quota) (*clients, error) {
	policy := throttle.DefaultPolicy()
	policy.Passes = func(err error) bool {
		return !unreachable(err) && retry.IsErrorRetryables(retry.DefaultRetryables).IsErrorRetryable(err) == aws.TrueTernary
	}
	retryer, err := throttle.NewRetryer(policy)
	if err != nil {
		return nil, err
	}
	cfg.Region = region
	return &clients{
		ec2:        ec2.NewFromConfig(cfg),
		kms:        kms.NewFromConfig(cfg),
		tagging:    resourcegroupstaggingapi.NewFromConfig(cfg),
		workspaces: workspaces.NewFromConfig(cfg, throttle.Pace(quota), retryer.Client),
	}, nil
}

// identify asks who the caller is. The error is for credentials that are not there or not valid, and
// for a service that cannot be reached; that the question is denied is none.
func identify(ctx context.Context, cfg aws.Config) (sts.GetCallerIdentityOutput, error) {
	out, err := sts.NewFromConfig(cfg).GetCallerIdentity(ctx, nil)
	switch {
	case err == nil:
		return *out, nil
	case denied(err):
		return sts.GetCallerIdentityOutput{}, nil
	}
	return sts.GetCallerIdentityOutput{}, errors.New("who asks? " + reason(err))
}

func onceIfUnreachable(err error) aws.Ternary {
	if unreachable(err) {
		return aws.FalseTernary
	}
	return aws.UnknownTernary
}

// unreachable reports whether no connection was made.
func unreachable(err error) bool {
	var dial *net.OpError
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	return errors.As(err, &dial) && dial.Op == "dial" || errors.As(err, &name) || errors.As(err, &certificate)
}

// denied reports whether IAM or the owner of a resource forbids an operation.
func denied(err error) bool {
	return hasCode(err, "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError")
}

// stranger reports whether the service does not take the caller's credentials in the Region.
func stranger(err error) bool {
	return hasCode(err, "AuthFailure", "UnrecognizedClientException", "InvalidClientTokenId", "InvalidSignatureException", "SignatureDoesNotMatch", "OptInRequired")
}

// expired reports whether the caller's credentials have ended.
func expired(err error) bool {
	return hasCode(err, "ExpiredToken", "ExpiredTokenException", "RequestExpired")
}

func hasCode(err error, codes ...string) bool {
	var api smithy.APIError
	if !errors.As(err, &api) {
		return false
	}
	for _, c := range codes {
		if api.ErrorCode() == c {
			return true
		}
	}
	return false
}

// reason says in one line why a call failed.
func reason(err error) string {
	var api smithy.APIError
	if errors.As(err, &api) {
		return api.ErrorCode() + ": " + api.ErrorMessage()
	}
	var dial *net.OpError
	if errors.As(err, &dial) {
		return "cannot be reached: " + dial.Error()
	}
	text := err.Error()
	if _, cause, found := strings.Cut(text, "get identity: get credentials: "); found {
		return "no credentials: " + cause
	}
	return text
}

func lastPart(arn string) string { return arn[strings.LastIndexByte(arn, '/')+1:] }
