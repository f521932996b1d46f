package throttletest_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/workspaces"

	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/throttle/throttletest"
)

// A program's own client is tested as it is, in virtual time: seven calls at once are two
// more than the burst, and the pace makes them wait in place of being throttled.
func ExampleServer() {
	synctest.Test(new(testing.T), func(*testing.T) {
		server, err := throttletest.New(throttletest.Config{Refill: throttle.Continuous})
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, options := range [][]func(*workspaces.Options){
			{func(o *workspaces.Options) { o.Retryer = aws.NopRetryer{} }},
			{throttle.Pace(throttle.Strict())},
		} {
			client := server.Client("eu-west-1", options...)
			start := time.Now()
			refused := 0
			for range 7 {
				_, err := client.DescribeAccount(context.Background(), &workspaces.DescribeAccountInput{})
				if throttle.Throttled(err) {
					refused++
				} else if err != nil && !errors.Is(err, context.Canceled) {
					fmt.Println(err)
				}
			}
			fmt.Println("refused", refused, "in", time.Since(start))
			time.Sleep(time.Minute) // the bucket fills
		}
		fmt.Println("throttled in all:", server.Count(throttletest.Throttled))
	})
	// Output:
	// refused 2 in 0s
	// refused 0 in 1.5s
	// throttled in all: 2
}
