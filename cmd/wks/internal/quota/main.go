// Package quota is the subcommand that shows how a quota stands that processes share on Redis.
package quota

import (
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"
	"github.com/spf13/cobra"

	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/throttle/redisquota"
)

// Command returns wks quota.
func Command() *cobra.Command {
	var url, key string
	var verbose, asJSON bool
	var every time.Duration
	cmd := &cobra.Command{
		Use:   "quota",
		Short: "Show how a quota stands that programs share on Redis or Valkey",
		Long: `Quota prints the tokens of a quota that package throttle/redisquota keeps on Redis or Valkey, how many
callers stand in line, and which process holds which booking. It only reads.

    wks quota --redis redis://localhost:6379/0 --key wks:111122223333:eu-west-1`,
		Args: cobra.NoArgs,
	}
	flags := cmd.Flags()
	flags.StringVar(&url, "redis", "redis://localhost:6379", "the server at `URL`: redis://, rediss:// or unix://")
	flags.StringVar(&key, "key", "", "the key of the quota, `NAME`, as the programs have it")
	flags.BoolVar(&verbose, "verbose", false, "print a line for each process")
	flags.BoolVar(&asJSON, "json", false, "print it as JSON")
	flags.DurationVar(&every, "watch", 0, "print it again after each `TIME` such as 1s, until it is told to end")
	cmd.MarkFlagsMutuallyExclusive("verbose", "json")
	if err := cmd.MarkFlagRequired("key"); err != nil {
		panic(err) // there is such a flag
	}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if err := cli.NotEmpty(cmd, "redis", "key"); err != nil {
			return err
		}
		if every < 0 {
			return fmt.Errorf("--watch: %s is negative", every)
		}
		o, err := redis.ParseURL(url)
		if err != nil {
			return cli.URLError("--redis", err)
		}
		logging.Disable() // the client would write a line for each attempt that fails
		client := redis.NewClient(o)
		defer client.Close()
		for {
			s, err := redisquota.Read(cmd.Context(), client, key)
			if err != nil {
				return err
			}
			switch {
			case asJSON:
				err = cli.WriteJSON(cmd.OutOrStdout(), s)
			case verbose:
				_, err = fmt.Fprint(cmd.OutOrStdout(), s)
			default:
				_, err = fmt.Fprintln(cmd.OutOrStdout(), rule.Printable(s.Line()))
			}
			if err != nil || every == 0 {
				return err
			}
			select {
			case <-cmd.Context().Done():
				return nil
			case <-time.After(every):
			}
		}
	}
	return cmd
}
