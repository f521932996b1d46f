// Package explain is the subcommand that tells what a message or an error code means, and what causes it.
package explain

import (
	"errors"
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/cmd/wks/internal/preflight"
	"github.com/wksgo/wks/cmd/wks/internal/terminal"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/troubleshoot"
)

const long = `Explain tells what a message of a client, a symptom, an error of the API or of an image, a folder
named NotMigrated or a code of wks means, which causes the guide names for it, and how to test each cause.
Typos and other words in the text do not matter:

    wks explain "Device can't connect to the registration service"

Give it the export of an account, as wks collect or the AWS CLI writes it, and a WorkSpace or its user.
Then it runs the checks of wks preflight, and says which causes the export shows, which it rules out, and
which command would decide those that are still open. Without a text it explains the state UNHEALTHY, and
prints what preflight finds:

    wks explain --dir export ws-0a1b2c3d4 "This device is not authorized" --client-ip 198.51.100.7
    wks explain --dir export grace

Flags tell what else is known. --answer takes the name of a question, which --details prints:

    wks explain "gray loading screen" --protocol dcv --answer client-port-open=yes

The exit status is 1 if a cause is shown, or if preflight finds something about the WorkSpace that must be
changed. Else it is 2 if facts were given and a cause is open, if nothing is found or if the input cannot be
read. Else it is 0.`

// A request is what the command line asks for.
type request struct {
	dir, region, clientIP string
	symptom               string
	client, system        string
	protocol              string
	answers               []string
	json, details, list   bool
}

// Command returns wks explain.
func Command() *cobra.Command {
	var q request
	cmd := &cobra.Command{
		Use:   "explain [--dir EXPORT] [WORKSPACE | USER]... [TEXT]",
		Short: "Tell what a message or an error code means, and which of its causes it is",
		Long:  long,
		Args:  cobra.ArbitraryArgs,
	}
	f := cmd.Flags()
	f.StringVar(&q.dir, "dir", "", "look into the export in the folder `EXPORT`")
	f.StringVar(&q.region, "region", "", "look at `REGION` of the export only; the Region of files that lie in EXPORT itself")
	f.StringVar(&q.clientIP, "client-ip", "", "public `ADDRESS` from which the user connects")
	f.StringVar(&q.client, "client", "", "what the user connects with: windows, macos, linux, ios, android, chromeos, web or zero-client")
	f.StringVar(&q.system, "system", "", "system of the WorkSpace: windows, amazon-linux, ubuntu or other-linux")
	f.StringVar(&q.protocol, "protocol", "", "protocol of the WorkSpace: pcoip or dcv")
	f.StringArrayVar(&q.answers, "answer", nil, "`QUESTION=yes` or QUESTION=no; may be given several times")
	f.StringVar(&q.symptom, "symptom", "", "explain the symptom with this `KEY`, and do not search the text")
	f.BoolVar(&q.list, "list", false, "list the symptoms and their keys")
	f.BoolVar(&q.details, "details", false, "print all causes, tests and sources")
	f.BoolVar(&q.json, "json", false, "print the report as JSON, by docs/schema/explain.json")
	cmd.MarkFlagsMutuallyExclusive("json", "details")
	cmd.MarkFlagsMutuallyExclusive("json", "list")
	rules := cli.Rules(cmd, wks.Newest, wks.At)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		r, err := rules()
		if err != nil {
			return err
		}
		if q.list {
			flags := 1 // --list
			if f.Changed("edition") {
				flags++
			}
			if len(args) > 0 || f.NFlag() > flags {
				return errors.New("--list takes nothing else but --edition")
			}
			return writeList(cmd.OutOrStdout(), r.Troubleshoot)
		}
		rep, err := q.explain(r, args)
		if err != nil {
			return err
		}
		if q.json {
			err = cli.WriteJSON(cmd.OutOrStdout(), rep)
		} else {
			err = writeText(cmd.OutOrStdout(), rep, terminal.WantColor(cmd.OutOrStdout()), q.details)
		}
		if err != nil {
			return err
		}
		return cli.Exit(rep.Exit)
	}
	return cmd
}

// workspaceID is the form of an identifier, in the API's own words.
var workspaceID = regexp.MustCompile(`\bws-[0-9a-z]{8,63}\b`)

// explain answers the request.
func (q *request) explain(rules wks.Rules, args []string) (*Report, error) {
	if len(args) == 0 && q.symptom == "" {
		return nil, errors.New("nothing to explain: give a text, --symptom KEY, or --dir EXPORT with a WorkSpace; --list lists the symptoms")
	}
	facts, err := q.facts()
	if err != nil {
		return nil, err
	}
	for _, s := range rules.Troubleshoot.Symptoms()[:1] { // any one: the flags must be right though none is found
		if _, err := rules.Troubleshoot.Diagnose(s.Key, facts); err != nil {
			return nil, flagged(err)
		}
	}
	var client netip.Addr
	if q.clientIP != "" {
		if client, err = netip.ParseAddr(q.clientIP); err != nil || client.Zone() != "" {
			return nil, fmt.Errorf("--client-ip: %q is not an address", rule.Shorten(q.clientIP))
		}
		if q.dir == "" {
			return nil, errors.New("--client-ip needs --dir, which has the IP access control groups")
		}
	}
	if q.region != "" && q.dir == "" {
		return nil, errors.New("--region needs --dir")
	}
	rep := &Report{Schema: 1, Edition: rules.Edition(), Text: strings.Join(args, " "), Matches: []Match{}, Meanings: []Meaning{}, Workspaces: []Workspace{}}
	text := rep.Text
	var desktops []preflight.Desktop
	if q.dir != "" {
		if desktops, text, err = q.lookUp(rules, rep, args); err != nil {
			return nil, err
		}
	}
	rep.Text = rule.Printable(rule.Shorten(text))
	rep.Meanings = append(rep.Meanings, meanings(text)...)
	if err := q.findSymptom(rules, rep, text, desktops); err != nil {
		return nil, err
	}
	given := q.given()
	for i := range desktops {
		w, err := newWorkspace(rules, rep.symptom, facts, client, q.client, &desktops[i])
		if err != nil {
			return nil, flagged(err)
		}
		rep.Workspaces = append(rep.Workspaces, w)
	}
	if len(desktops) == 0 && rep.symptom != "" {
		d, err := rules.Troubleshoot.Diagnose(rep.symptom, facts)
		if err != nil {
			return nil, flagged(err)
		}
		rep.Diagnosis = &d
	}
	rep.conclude(given)
	return rep, nil
}

// lookUp splits arguments into WorkSpaces of the export and the text.
func (q *request) lookUp(rules wks.Rules, rep *Report, args []string) ([]preflight.Desktop, string, error) {
	var who []string
	for _, a := range args {
		if ids := workspaceID.FindAllString(a, -1); ids != nil {
			who = append(who, ids...)
		} else if a != "" && !strings.ContainsAny(a, " \t\n") {
			who = append(who, a)
		}
	}
	slices.Sort(who)
	found, err := preflight.Inspect(rules, q.dir, q.region, slices.Compact(who))
	if err != nil {
		return nil, "", fmt.Errorf("--dir: %w", err)
	}
	var words []string
	for _, a := range args {
		rest := strings.TrimSpace(workspaceID.ReplaceAllString(a, ""))
		switch {
		case rest == "":
		case slices.Contains(who, a) && !slices.Contains(found.Unknown, a): // a user
		default:
			words = append(words, rest)
		}
	}
	for _, id := range found.Unknown {
		if workspaceID.MatchString(id) {
			rep.Notes = append(rep.Notes, id+" is not a WorkSpace of the export")
		} else if len(args) == 1 && found.Listed && q.symptom == "" {
			rep.unknownUser = id
		}
	}
	for _, u := range found.Unusable {
		rep.Notes = append(rep.Notes, "cannot be used: "+u)
	}
	if len(found.Found) == 0 {
		rep.Notes = append(rep.Notes, "no WorkSpace of the export is named, so no check of the export is run: give the ID of a WorkSpace or its user")
	}
	return found.Found, strings.Join(words, " "), nil
}

// findSymptom sets the symptom: the one that is named, that of the text, or that of the state of a WorkSpace.
func (q *request) findSymptom(rules wks.Rules, rep *Report, text string, desktops []preflight.Desktop) error {
	r := rules.Troubleshoot
	if q.symptom != "" {
		s, err := r.Symptom(troubleshoot.Key(q.symptom))
		if err != nil {
			return flagged(err)
		}
		rep.take(s)
		return nil
	}
	matches, err := r.Find(text)
	if err != nil {
		return fmt.Errorf("the text: %w", err)
	}
	for i := range matches {
		m := &matches[i]
		rep.Matches = append(rep.Matches, Match{Symptom: m.Symptom.Key, Title: m.Symptom.Title, Score: m.Score, Sure: m.Sure, Why: m.Why})
	}
	exact := slices.ContainsFunc(rep.Meanings, func(m Meaning) bool { return m.Exact })
	switch {
	case len(matches) > 0 && (!exact || matches[0].Sure):
		rep.take(matches[0].Symptom)
	case text == "" && len(desktops) > 0 && desktops[0].State == "UNHEALTHY":
		s, err := r.Symptom("state-unhealthy")
		if err != nil {
			return err
		}
		rep.take(s)
	}
	return nil
}

// flagged names the flag instead of the member that an error is about.
func flagged(err error) error {
	var input *rule.InputError
	if !errors.As(err, &input) {
		return err
	}
	flag := map[rule.Path]string{"Client": "--client", "System": "--system", "Protocol": "--protocol", "Answers": "--answer", "Symptom": "--symptom"}[input.Path]
	if flag == "" {
		return err
	}
	reason := input.Reason
	switch flag {
	case "--answer":
		reason = "is not the name of a question; --details prints the names for a symptom"
	case "--symptom":
		reason = "is not the key of a symptom in this edition; --list lists them"
	}
	return fmt.Errorf("%s: %q %s", flag, rule.Shorten(input.Value), reason)
}
