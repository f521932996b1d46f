// Package throttletest is an Amazon WorkSpaces endpoint in memory that keeps to a quota, for
// testing how a client paces and retries its calls.
//
// A [Server] is an http.RoundTripper. It admits and throttles calls as a
// [github.com/wksgo/wks/throttle.Bucket] does, is slow, faulty and forgetful as told, the
// same way for the same seed, and keeps a log. In a [testing/synctest] bubble hours of
// calls take moments and no network:
//
//	synctest.Test(t, func(t *testing.T) {
//		server, err := throttletest.New(throttletest.Config{})
//		…
//		client := server.Client("eu-west-1", throttle.Pace(throttle.Strict()))
//		result := server.Run(t.Context(), throttletest.Job{Clients: []*workspaces.Client{client}, Goroutines: 8, Calls: 1000})
//		// result.Throttled == 0
//	})
//
// The server is a model of what the document says, not of the service: whether that refills
// its bucket each second or continuously, and whether a refusal costs a token, is not
// documented. The SDK's adaptive retry mode must not be used in a bubble: it sleeps for times
// of less than a nanosecond, which there never end.
package throttletest
