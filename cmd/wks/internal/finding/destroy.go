package finding

import (
	"github.com/spf13/cobra"

	"github.com/wksgo/wks/rule"
)

// A Destroy is what the flags say about desktops that a change destroys.
type Destroy struct {
	Fail bool // --fail-on destroy: fail on each of them
	OK   bool // --destroy-ok: those that are replaced are intended
}

// destroyWord asks for a failure when a desktop is destroyed.
const destroyWord = "destroy"

// AddFlags adds --destroy-ok to a command, and the word destroy to its flag --fail-on, which o has added.
func (d *Destroy) AddFlags(cmd *cobra.Command, o *Options) {
	flags := cmd.Flags()
	level := flags.Lookup("fail-on")
	level.Value = &failOn{&o.FailOn, d}
	level.Usage += "; or destroy: must, and each desktop that is destroyed, asked for or not"
	flags.BoolVar(&d.OK, "destroy-ok", false, "report desktops that are replaced as advice: it is intended")
}

// Level is that of a desktop that is destroyed, and whether another one takes its place.
func (d Destroy) Level(replaced bool) rule.Level {
	if !d.Fail && (d.OK || !replaced) {
		return rule.Should
	}
	return rule.Must
}

// failOn is the flag --fail-on with one more word.
type failOn struct {
	*Threshold
	destroy *Destroy
}

func (f *failOn) Set(s string) error {
	if f.destroy.Fail = s == destroyWord; f.destroy.Fail {
		s = string(FailMust)
	}
	return f.Threshold.Set(s)
}
