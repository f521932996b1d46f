package remote

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"
)

// Client returns the SDK's client of a Server, with the credentials of account 111122223333, in eu-west-1.
func Client(url string) *workspaces.Client {
	return workspaces.New(workspaces.Options{
		BaseEndpoint: &url, Region: "eu-west-1",
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: "AKID", SecretAccessKey: "secret", AccountID: "111122223333"}, nil
		}),
	})
}

// A Clock is that of a Server, by its URL, and a pace of two calls a second by it.
type Clock string

func (c Clock) ask(ctx context.Context, query string) (time.Time, error) {
	var now time.Time
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, string(c)+"/clock"+query, nil)
	if err != nil {
		return now, err
	}
	response, err := http.DefaultClient.Do(r)
	if err == nil {
		err = errors.Join(json.NewDecoder(response.Body).Decode(&now), response.Body.Close())
	}
	return now, err
}

// Now returns the time. It ends the process if the server is gone, for then the test has ended.
func (c Clock) Now() time.Time {
	now, err := c.ask(context.Background(), "")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return now
}

// Sleep lets a time pass.
func (c Clock) Sleep(ctx context.Context, d time.Duration) error {
	_, err := c.ask(ctx, "?sleep="+strconv.FormatInt(int64(d), 10))
	return err
}

// Wait lets half a second pass.
func (c Clock) Wait(ctx context.Context) error { return c.Sleep(ctx, time.Second/2) }
