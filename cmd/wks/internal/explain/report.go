package explain

import (
	"github.com/wksgo/wks/cmd/wks/internal/cli"
	"github.com/wksgo/wks/cmd/wks/internal/finding"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/troubleshoot"
)

// A Report is what the command prints.
type Report struct {
	Schema  int          `json:"schema"`
	Edition rule.Edition `json:"edition"`
	Text    string       `json:"text"`
	// Symptom is the one that is explained: the best match, or the one that was named.
	Symptom  *troubleshoot.Symptom `json:"symptom,omitempty"`
	Matches  []Match               `json:"matches"`  // the best first
	Meanings []Meaning             `json:"meanings"` // of codes and names in the text
	// Diagnosis is that of the flags alone; with WorkSpaces each has its own.
	Diagnosis  *troubleshoot.Diagnosis `json:"diagnosis,omitempty"`
	Workspaces []Workspace             `json:"workspaces"`
	Notes      []string                `json:"notes,omitempty"`
	Exit       int                     `json:"exit"`

	symptom     troubleshoot.Key
	unknownUser string
}

// A Match is a symptom that the text may mean.
type Match struct {
	Symptom troubleshoot.Key `json:"symptom"`
	Title   string           `json:"title"`
	Score   float64          `json:"score"`
	Sure    bool             `json:"sure"`
	Why     []string         `json:"why"`
}

// A Workspace is one of the export, with what its checks tell.
type Workspace struct {
	ID          string                  `json:"workspace"`
	User        string                  `json:"user,omitempty"`
	Region      string                  `json:"region"`
	Directory   string                  `json:"directory,omitempty"`
	State       string                  `json:"state,omitempty"`
	Error       string                  `json:"error,omitempty"`
	System      string                  `json:"operatingSystem,omitempty"`
	Protocols   []string                `json:"protocols,omitempty"`
	RunningMode string                  `json:"runningMode,omitempty"`
	Facts       troubleshoot.Facts      `json:"facts"`
	Diagnosis   *troubleshoot.Diagnosis `json:"diagnosis,omitempty"`
	Findings    []finding.Finding       `json:"findings,omitempty"` // of preflight about the WorkSpace and what it belongs to

	fetch map[string]string
}

func (r *Report) take(s troubleshoot.Symptom) { r.Symptom, r.symptom = &s, s.Key }

// conclude sets the exit status. Given is set if facts were given.
func (r *Report) conclude(given bool) {
	shown, open := false, false
	look := func(d *troubleshoot.Diagnosis) {
		if d != nil {
			shown = shown || len(d.Of(troubleshoot.Shown)) > 0
			open = open || len(d.Of(troubleshoot.Open)) > 0
		}
	}
	look(r.Diagnosis)
	for i := range r.Workspaces {
		look(r.Workspaces[i].Diagnosis)
		for _, f := range r.Workspaces[i].Findings {
			shown = shown || f.Level == rule.Must
		}
	}
	if r.unknownUser != "" && r.Symptom == nil && len(r.Meanings) == 0 {
		r.Notes = append(r.Notes, rule.Printable(rule.Shorten(r.unknownUser))+" is no user of the export, and the word matches no symptom")
	}
	nothing := r.Symptom == nil && len(r.Meanings) == 0 && len(r.Workspaces) == 0
	switch {
	case shown:
		r.Exit = cli.Broken
	case nothing, given && open:
		r.Exit = cli.Unanswered
	default:
		r.Exit = cli.Clean
	}
}
