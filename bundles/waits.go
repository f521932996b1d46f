package bundles

import (
	"fmt"
	"time"

	"github.com/wksgo/wks/rule"
)

// waited adds a violation of c if the wait after an event is not over. A zero event has
// not happened.
func (r Rules) waited(a *Answer, w Wait, c rule.Code, at rule.Path, event, now time.Time) {
	row := r.wait(w)
	switch {
	case row == nil || event.IsZero():
	case now.IsZero():
		a.lacks(at, fmt.Sprintf("without the time it is not known whether %s has passed: %s", row.long, w))
	case now.Before(event.Add(row.long)):
		r.citing(a, c, at, fmt.Sprintf("not before %s: %s takes %s", event.Add(row.long).Format(time.RFC3339), w, row.long), row.cite)
	}
}

// waitedSinceLaunch is waited for a launch, of which a zero time is not known.
func (r Rules) waitedSinceLaunch(a *Answer, w Wait, c rule.Code, at rule.Path, h History, now time.Time) {
	if row := r.wait(w); row != nil && h.Launched.IsZero() {
		a.lacks(at, fmt.Sprintf("the time of the launch is not known, and %s takes %s", w, row.long))
		return
	}
	r.waited(a, w, c, at, h.Launched, now)
}
