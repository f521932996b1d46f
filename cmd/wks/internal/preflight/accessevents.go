package preflight

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"net/netip"
	"path"
	"strings"
	"time"

	"github.com/wksgo/wks"
	"github.com/wksgo/wks/monitor"
	"github.com/wksgo/wks/rule"
)

// eventsName is the file of access events, and eventsPrefix begins the names of several.
const (
	eventsName   = "access-events.json"
	eventsPrefix = "access-events"
)

// eventsCommand fetches access events, which no service keeps by itself: a rule of EventBridge sends them to a log
// group of any name.
const eventsCommand = `logs filter-log-events --log-group-name LOG-GROUP --filter-pattern '{ $.source = "aws.workspaces" }'`

// isEventsName reports whether a file of the name may hold access events.
func isEventsName(name string) bool {
	rest, ok := strings.CutPrefix(name, eventsPrefix)
	if !ok {
		return false
	}
	switch path.Ext(strings.TrimSuffix(rest, ".gz")) {
	case ".json", ".ndjson", ".jsonl", ".csv", ".txt", ".log":
		return true
	}
	return strings.HasSuffix(rest, ".gz")
}

// An eventsFile is a file of access events, and the folder of a Region that it lies in, nil for the root.
type eventsFile struct {
	name   string
	region *regionExport
}

// accessEvents are the events of a Region, counted. They grow with WorkSpaces and days, and not with logins.
type accessEvents struct {
	at          place // of the first file
	usage       monitor.Usage
	first, last time.Time
	logins      int
	refused     map[refusalKey]*refusal
	undecided   map[undecided]int // how many logins
	trials      map[string]*trial
	wrong       *fileError // why events are missing
}

// A refusalKey is a rule that logins of a WorkSpace would break.
type refusalKey struct {
	workspace string
	code      rule.Code
}

// An undecided is why logins are not decided.
type undecided struct {
	why string
	by  rule.Cause
}

// A refusal is what would be refused of the logins of a WorkSpace.
type refusal struct {
	logins    int
	last      time.Time
	violation rule.Violation // of the last
}

// An eventReader takes the logins of all files.
type eventReader struct {
	*account
	rules            wks.Rules
	regions          map[string]*regionExport
	repeats          monitor.Repeats
	session          time.Duration
	repeated, others int // events that came before, and logins to Regions that the export does not have
}

// readEvents reads the files of access events, each from its front to its end. An event belongs to the Region that
// it names, and else to that of its folder. A session is how long users are taken to stay after a login.
func (a *account) readEvents(rules wks.Rules, fsys fs.FS, session time.Duration) {
	r := eventReader{account: a, rules: rules, regions: map[string]*regionExport{}, session: session}
	for _, e := range a.regions {
		r.regions[e.region] = e
	}
	for _, f := range a.events {
		if err := r.file(fsys, f); err != nil {
			wrong := newFileError(inFile(f.name), err.Error())
			a.refuse(wrong)
			r.doubt(f, wrong)
		}
	}
	if len(a.events) == 0 {
		return
	}
	at := inFile(a.events[0].name)
	if r.repeated > 0 {
		a.notes.add(at, "%d access %s more than once; each counts once", r.repeated, plural(r.repeated, "event came", "events came"))
	}
	if r.others > 0 {
		a.notes.add(at, "%d access %s of Regions that the export does not have", r.others, plural(r.others, "event is", "events are"))
	}
}

// doubt keeps why events are missing: of the Region of a file, or of all.
func (r *eventReader) doubt(f eventsFile, wrong *fileError) {
	for _, e := range r.account.regions {
		if f.region == nil || f.region == e {
			ev := r.of(e, f)
			ev.wrong = cmp.Or(ev.wrong, wrong)
		}
	}
}

// of returns the events of a Region.
func (r *eventReader) of(e *regionExport, f eventsFile) *accessEvents {
	if e.events == nil {
		e.events = &accessEvents{
			at: inFile(f.name), usage: monitor.Usage{Assumption: monitor.Assumption{Session: r.session}}, refused: map[refusalKey]*refusal{}, undecided: map[undecided]int{}, trials: map[string]*trial{},
		}
	}
	return e.events
}

// file reads one file. The error is for one that cannot be read on.
func (r *eventReader) file(fsys fs.FS, f eventsFile) error {
	file, err := openFile(fsys, f.name)
	if err != nil {
		return err
	}
	defer file.Close()
	source, err := text(file, f.name)
	if err != nil {
		return err
	}
	for _, e := range r.account.regions {
		if f.region == nil || f.region == e {
			r.of(e, f) // though it may hold none
		}
	}
	broken := 0
	var first error
	for l, err := range r.rules.Monitor.ReadLogins(source, monitor.Lenient).All() {
		if err != nil {
			broken++
			first = cmp.Or(first, err)
			continue
		}
		r.login(&l, f)
	}
	if broken > 0 {
		wrong := newFileError(inFile(f.name), rule.Printable(rule.Shorten(first.Error())))
		r.account.notes.unusable(wrong.place, "%d of its events, or lines, cannot be read, and are left out; the first: %s", broken, said(wrong.msg))
		r.doubt(f, wrong)
	}
	return nil
}

// text returns a source without the mark of UTF-8 in front. The error is for what is known to be something else.
func text(file io.Reader, name string) (io.Reader, error) {
	source := bufio.NewReaderSize(file, 64<<10)
	front, err := source.Peek(4096)
	switch {
	case isUTF16(front):
		return nil, errors.New("is in UTF-16, as the redirection of Windows PowerShell writes; write it in UTF-8")
	case err != nil && !errors.Is(err, io.EOF):
		return nil, reason(err)
	case len(bytes.TrimSpace(front)) == 0 && err != nil:
		return nil, errors.New("is empty: the command that wrote it has failed")
	case cliError.Match(front) && bytes.IndexByte(front, '{') < 0:
		return nil, errors.New(otherwise(name, front, err != nil))
	}
	if bytes.HasPrefix(front, []byte("\xef\xbb\xbf")) {
		_, _ = source.Discard(3) // they were peeked at
	}
	return source, nil
}

// login counts a login.
func (r *eventReader) login(l *monitor.Login, f eventsFile) {
	if r.repeats.Again(l) {
		r.repeated++
		return
	}
	e := r.regions[l.Region]
	switch {
	case e != nil:
	case l.Region == "" && f.region != nil:
		e = f.region
	case l.Region == "" && len(r.account.regions) == 1:
		e = r.account.regions[0]
	default:
		r.others++
		return
	}
	ev := r.of(e, f)
	ev.logins++
	ev.usage.Add(l)
	if !l.Time.IsZero() {
		if ev.first.IsZero() || l.Time.Before(ev.first) {
			ev.first = l.Time
		}
		if l.Time.After(ev.last) {
			ev.last = l.Time
		}
	}
	t := ev.trials[l.Directory]
	if t == nil {
		if e.directories.find(l.Directory) == nil {
			return
		}
		t = e.trial(r.rules, l.Directory)
		ev.trials[l.Directory] = t
	}
	a, err := r.rules.Monitor.CheckLogin(l, t.Trial)
	if err != nil {
		ev.undecide(undecided{err.Error(), rule.ByInput})
		return
	}
	for _, v := range a.Violations {
		key := refusalKey{l.Workspace, v.Code}
		x := ev.refused[key]
		if x == nil {
			x = new(refusal)
			ev.refused[key] = x
		}
		if x.logins++; !l.Time.Before(x.last) {
			x.last, x.violation = l.Time, v
		}
	}
	if a.Verdict == rule.Undocumented {
		for _, o := range a.Open {
			ev.undecide(undecided{o.Reason, o.By})
		}
	}
}

// A trial is the settings of a directory, as far as the export tells them.
type trial struct {
	monitor.Trial
	lacks []string // what is not tried, and why
}

// trial returns the settings of a directory that the export has.
func (e *regionExport) trial(rules wks.Rules, id string) *trial {
	d := e.directories.find(id)
	t := &trial{Trial: monitor.Trial{Devices: map[monitor.DeviceType]monitor.DeviceAccess{}}}
	if d.lacks("WorkspaceAccessProperties") != nil {
		t.lacks = append(t.lacks, "the types of devices that "+id+" admits cannot be used")
	} else {
		for name, value := range d.WorkspaceAccessProperties.deviceTypes() {
			switch access := monitor.DeviceAccess(value); access {
			case monitor.AllowDevices, monitor.DenyDevices, monitor.TrustDevices:
				t.Devices[monitor.DeviceType(name)] = access
			default:
				t.lacks = append(t.lacks, id+" has an unknown value for "+string(name))
			}
		}
	}
	groups, why := e.groupsOf(d)
	switch {
	case why != "":
		t.lacks = append(t.lacks, why)
	case len(groups) > 0:
		answers := map[netip.Addr]rule.Answer{}
		t.Admits = func(client netip.Addr) (rule.Answer, error) {
			if a, ok := answers[client]; ok {
				return a, nil
			}
			access, err := rules.Network.IPAccess(groups, client)
			if err == nil && len(answers) < 1<<16 {
				answers[client] = access.Answer
			}
			return access.Answer, err
		}
	}
	return t
}

// mostReasons is how many reasons are told apart why logins are not decided: events can have any text.
const mostReasons = 100

// undecide counts a login that is not decided.
func (ev *accessEvents) undecide(why undecided) {
	if _, known := ev.undecided[why]; !known && len(ev.undecided) >= mostReasons {
		why = undecided{"other reasons", rule.ByInput}
	}
	ev.undecided[why]++
}
