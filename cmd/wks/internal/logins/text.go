package logins

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/wksgo/wks/monitor"
	"github.com/wksgo/wks/rule"
)

// writeLogin writes one login on a line.
func writeLogin(w io.Writer, users map[string]string, l *monitor.Tried) error {
	words := []string{l.Time.UTC().Format(time.DateTime), desktopName(l.Workspace, users[l.Workspace])}
	address := "from an unknown address"
	if l.ClientIP.IsValid() {
		address = "from " + rule.Shorten(l.ClientIP.String())
	}
	words = append(words, address, "with", client(l.Product, l.Platform, l.Version))
	if l.Verdict == rule.Denied {
		words = append(words, "- would be refused:", l.Violations[0].Error())
	}
	_, err := fmt.Fprintln(w, rule.Printable(strings.Join(words, " ")))
	return err
}

func client(product, platform, version string) string {
	text := "an unknown client"
	if product != "" {
		text = rule.Shorten(product)
	}
	if platform != "" {
		text += " on " + rule.Shorten(platform)
	}
	if version != "" {
		text += " " + rule.Shorten(version)
	}
	return text
}

// A writer writes lines, and keeps the first error.
type writer struct {
	w   io.Writer
	err error
}

func (w *writer) line(format string, args ...any) {
	if w.err == nil {
		_, w.err = fmt.Fprintln(w.w, rule.Printable(fmt.Sprintf(format, args...)))
	}
}

// list writes what a function gives for each element, and all of them with details.
func list[E any](w *writer, title string, all []E, details bool, element func(E) string) {
	if len(all) == 0 {
		return
	}
	w.line("")
	w.line("%s", title)
	for i, e := range all {
		if i == mostShown && !details {
			w.line("  and %d more; --details prints them", len(all)-i)
			break
		}
		w.line("  %s", element(e))
	}
}

// writeText writes the report for people.
func writeText(out io.Writer, r *Report, details bool) error {
	w := &writer{w: out}
	if details && r.Logins > 0 {
		w.line("")
	}
	head := number(r.Logins, "login", "logins")
	if r.First != nil {
		head += fmt.Sprintf(", %s to %s UTC, from %s", minute(*r.First), minute(*r.Last), number(r.Addresses, "address", "addresses"))
	}
	if r.Others > 0 {
		head += "; " + number(r.Others, "other event was passed over", "other events were passed over")
	}
	if r.Elsewhere > 0 {
		head += fmt.Sprintf("; %s to other directories", number(r.Elsewhere, "login", "logins"))
	}
	if r.Repeated > 0 {
		head += "; " + number(r.Repeated, "event came", "events came") + " more than once"
	}
	w.line("%s", head)
	if r.Trial != nil {
		w.line("")
		w.line("%s of %d would have been refused, and %s not decided", number(r.Trial.Refused, "login", "logins"), r.Logins, is(r.Trial.Undecided))
		for i, f := range r.Trial.Reasons {
			if i == mostShown && !details {
				w.line("  and %d more; --details prints them", len(r.Trial.Reasons)-i)
				break
			}
			w.line("  %s: %d, the last %s: %s", desktopName(f.Workspace, f.User), f.Logins, minute(f.Last), f.Violation.Error())
		}
		list(w, "Not decided", r.Trial.Open, details, func(u Undone) string { return fmt.Sprintf("%d: %s", u.Logins, u.Reason) })
	}
	if r.Use != nil {
		writeUse(w, r.Use, details)
	}
	list(w, "Clients", r.Clients, details, func(c Client) string {
		return fmt.Sprintf("%d: %s", c.Logins, client(c.Product, c.Platform, c.Version))
	})
	list(w, "Events that are not as the documents have them", r.Faulty, details, func(f Fault) string {
		return fmt.Sprintf("%d: %s %q %s", f.Logins, f.Path, f.Value, f.Reason)
	})
	list(w, fmt.Sprintf("Could not be read: %d", r.Failed), r.Failures, details, func(s string) string { return s })
	return w.err
}

func writeUse(w *writer, u *Use, details bool) {
	list(w, fmt.Sprintf("Nobody used %d of %s", len(u.Unused), number(u.Workspaces, "WorkSpace", "WorkSpaces")), u.Unused, details, func(d Desktop) string {
		return desktopName(d.ID, d.User) + " in " + rule.Shorten(d.Directory)
	})
	for _, o := range u.Open {
		w.line("  %s", o)
	}
	list(w, fmt.Sprintf("Always on, with the hours in which AutoStop after %s would have run them if a session lasts %s", u.AutoStop, u.Session), u.AlwaysOn, details, func(d Desktop) string {
		return fmt.Sprintf("%s: %s, used on %s", desktopName(d.ID, d.User), number(d.Hours, "hour", "hours"), number(d.Days, "day", "days"))
	})
	list(w, "Users with several WorkSpaces in a directory", u.Several, details, func(s Several) string {
		var ids []string
		for _, id := range s.Workspaces {
			ids = append(ids, rule.Shorten(id))
		}
		return fmt.Sprintf("%s in %s: %s, %d used", rule.Shorten(s.User), rule.Shorten(s.Directory), strings.Join(ids, ", "), s.Used)
	})
	list(w, "WorkSpaces with logins that the list does not have", u.Unlisted, details, func(d Desktop) string {
		return fmt.Sprintf("%s: %s", desktopName(d.ID, d.User), number(d.Logins, "login", "logins"))
	})
}

func desktopName(id, user string) string {
	if user == "" {
		return rule.Shorten(id)
	}
	return rule.Shorten(id) + " (" + rule.Shorten(user) + ")"
}

func minute(t time.Time) string { return t.UTC().Format("2006-01-02 15:04") }

func number(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func is(n int) string {
	if n == 1 {
		return "1 is"
	}
	return fmt.Sprintf("%d are", n)
}
