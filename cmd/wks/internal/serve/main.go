// Package serve is the subcommand that serves wkstest over HTTP.
package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/throttle"
	"github.com/wksgo/wks/wkstest"
)

const (
	exitClean  = cli.Clean
	exitUnkept = cli.Broken
	exitUsage  = cli.Unanswered
)

const long = `Serve is Amazon WorkSpaces in memory for every client that can be told where to call: the SDKs,
the AWS CLI, boto3, Terraform. It prints the environment that clients need.

It begins with an account that has a registered directory in every Region, and the public
bundles; with --seed FOLDER it begins with what the AWS CLI exported of an account, whose WorkSpaces
count as launched a month ago, and with --state FILE with what it held when it ended, which it writes
there at its end. Each call is logged with the rule that refused it.

It listens on loopback unless told otherwise, and checks no signature: whoever reaches it may do
everything. Time runs --speed times as fast as on the wall. It waits 10 seconds for the header of a
request, and at its end 5 seconds for requests that are not answered yet.

The exit status is 2 if it cannot begin, 1 if the state cannot be written, else 0.`

// options are what the flags say.
type options struct {
	seed, state string
	config      wkstest.Config
	quiet       bool
}

// Command returns wks serve, which serves until its context ends.
func Command() *cobra.Command { return command(net.Listen) }

func command(listen func(network, address string) (net.Listener, error)) *cobra.Command {
	var o options
	var address string
	var quota, strict bool
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve WorkSpaces in memory, for tests of any client",
		Long:  long,
		Args:  cobra.NoArgs,
	}
	edition := cli.Edition(cmd)
	flags := cmd.Flags()
	flags.StringVar(&address, "listen", "127.0.0.1:4747", "serve at this `ADDRESS`")
	flags.StringVar(&o.seed, "seed", "", "begin with what the AWS CLI exported into this `FOLDER`")
	flags.StringVar(&o.state, "state", "", "begin with the state in this `FILE`, if it is there, and write it there at the end")
	flags.Float64Var(&o.config.Speed, "speed", 1, "let time run so many `TIMES` as fast")
	flags.BoolVar(&o.quiet, "quiet", false, "do not log calls")
	flags.BoolVar(&quota, "quota", false, "keep to the documented quota of two calls a second and a burst of five")
	flags.BoolVar(&strict, "strict", false, "refuse what no document permits or forbids")
	cmd.MarkFlagsMutuallyExclusive("seed", "state")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if quota {
			o.config.Quota = throttle.AsDocumented()
		}
		if strict {
			o.config.Undocumented = wkstest.RefuseUndocumented
		}
		if o.config.Speed == 0 { // which stands for the default in wkstest
			return errors.New("--speed: 0 is not above 0")
		}
		var err error
		if o.config.Edition, err = edition(); err != nil {
			return err
		}
		if err := o.begin(); err != nil {
			return err
		}
		listener, err := listen("tcp", address)
		if err != nil {
			return err
		}
		defer listener.Close()
		return o.serve(cmd.Context(), listener, cmd.OutOrStdout(), cmd.ErrOrStderr())
	}
	return cmd
}

// begin reads the state to begin with.
func (o *options) begin() (err error) {
	switch {
	case o.seed != "":
		if o.config.State, err = wkstest.ReadExport(os.DirFS(o.seed)); err == nil {
			o.config.State.Age(time.Now().AddDate(0, -1, 0))
		}
	case o.state != "":
		f, unread := os.Open(o.state)
		if errors.Is(unread, fs.ErrNotExist) {
			return nil
		}
		if unread != nil {
			return unread
		}
		o.config.State, err = wkstest.Load(f)
		err = errors.Join(err, f.Close())
	}
	return err
}

// serve answers until ctx ends, and then keeps the state.
func (o *options) serve(ctx context.Context, listener net.Listener, stdout, stderr io.Writer) error {
	var mu sync.Mutex
	o.config.OnCall = func(c wkstest.Call) {
		mu.Lock()
		defer mu.Unlock()
		if !o.quiet {
			fmt.Fprintln(stdout, c)
		}
	}
	server, err := wkstest.New(o.config)
	if err != nil {
		return err
	}
	fmt.Fprint(stdout, environment("http://"+listener.Addr().String()))
	hs := &http.Server{Handler: server, ReadHeaderTimeout: 10 * time.Second}
	ended := make(chan error, 1)
	go func() { ended <- hs.Serve(listener) }()
	select {
	case err = <-ended:
		return err
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if hs.Shutdown(last) != nil {
		hs.Close() // what is not answered by then is not
	}
	if err := o.keep(server); err != nil {
		fmt.Fprintln(stderr, "wks serve:", rule.Printable(err.Error()))
		return cli.Exit(exitUnkept)
	}
	return nil
}

// environment is what clients need to find the server.
func environment(url string) string {
	return fmt.Sprintf(`# Amazon WorkSpaces in memory. It checks no signature and keeps no secret.
export AWS_ENDPOINT_URL_WORKSPACES=%s
export AWS_ACCESS_KEY_ID=AKIDEXAMPLE
export AWS_SECRET_ACCESS_KEY=SECRET
export AWS_REGION=eu-west-1
export AWS_DEFAULT_REGION=eu-west-1
`, url)
}

// keep writes the state, to a new file beside the old one that then takes its place.
func (o *options) keep(server *wkstest.Server) error {
	if o.state == "" {
		return nil
	}
	return cli.WriteFile(o.state, server.Save)
}
