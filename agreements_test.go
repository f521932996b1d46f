package wks_test

import (
	"fmt"
	"slices"
	"testing"

	wks "github.com/wksgo/wks"
	"github.com/wksgo/wks/bundles"
	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/byol"
	"github.com/wksgo/wks/devices"
	"github.com/wksgo/wks/internal/lineartest"
	"github.com/wksgo/wks/migrate"
	"github.com/wksgo/wks/monitor"
	"github.com/wksgo/wks/network"
	"github.com/wksgo/wks/rule"
	"github.com/wksgo/wks/troubleshoot"
)

// editionsOf are the days on which each package changes.
var editionsOf = map[string]func() []rule.Edition{
	"network": network.Editions, "bundles": bundles.Editions, "encryption": encryption.Editions, "migrate": migrate.Editions, "byol": byol.Editions,
	"monitor": monitor.Editions, "devices": devices.Editions, "troubleshoot": troubleshoot.Editions,
}

// rulesOn are the rules of an edition; those of a package that does not know the day are zero.
func rulesOn(e rule.Edition) (r wks.Rules) {
	r.Network, _ = network.At(e)
	r.Bundles, _ = bundles.At(e)
	r.Encryption, _ = encryption.At(e)
	r.Migrate, _ = migrate.At(e)
	r.BYOL, _ = byol.At(e)
	r.Monitor, _ = monitor.At(e)
	r.Devices, _ = devices.At(e)
	r.Troubleshoot, _ = troubleshoot.At(e)
	return r
}

// An asking is what comparisons ask with: the rules of an edition, and the desktops that there are.
type asking struct {
	*disagreements
	wks.Rules
	e       rule.Edition
	u       universe
	sources []migrate.Desktop
	offers  map[offerCall]rule.Verdict // what CheckOffer says of each desktop
}

// An agreement holds that no question of one list contradicts one of the other about a subject, in any edition, or says
// why they cannot.
type agreement struct {
	about       []subject
	left, right []string
	why         string                // they cannot contradict one another; "" if they are compared
	compare     func(a *asking) int   // returns how many answers it compared
	on          func() []rule.Edition // nil for the days on which a package of the questions changes
}

func (g *agreement) packages() (list []string) {
	for _, q := range slices.Concat(g.left, g.right) {
		list = append(list, packageOf(q))
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// editions are the days on which an agreement is held: those of its packages from the first that all know.
func (g *agreement) editions() (list []rule.Edition) {
	var first rule.Edition
	for _, p := range g.packages() {
		own := editionsOf[p]()
		list = append(list, own...)
		if own[0].Compare(first) > 0 {
			first = own[0]
		}
	}
	if g.on != nil {
		list = g.on()
	}
	slices.SortFunc(list, rule.Edition.Compare)
	return slices.DeleteFunc(slices.Compact(list), func(e rule.Edition) bool { return e.Compare(first) < 0 })
}

// No package denies what another allows, about whatever two of them are asked, in every edition.
func TestPackagesAgree(t *testing.T) {
	lineartest.SkipRace(t)
	d := &disagreements{t, map[string]int{}, map[string]string{}}
	defer d.report()
	held, compared := map[rule.Edition][]int{}, make([]int, len(agreements))
	var days []rule.Edition
	for i := range agreements {
		if agreements[i].compare == nil {
			continue
		}
		for _, e := range agreements[i].editions() {
			held[e] = append(held[e], i)
			days = append(days, e)
		}
	}
	u := everyDesktop()
	sources := everySource(u)
	slices.SortFunc(days, rule.Edition.Compare)
	for _, e := range slices.Compact(days) {
		a := &asking{d, rulesOn(e), e, u, sources, map[offerCall]rule.Verdict{}}
		if a.Bundles.Edition() == e {
			for _, system := range u.systems {
				for _, c := range u.computes {
					for _, p := range u.protocols {
						a.offers[offerCall{system, c, p}] = must(a.Bundles.CheckOffer(system, c, p)).Verdict
					}
				}
			}
		}
		for _, i := range held[e] {
			compared[i] += agreements[i].compare(a)
		}
	}
	total := 0
	for i, n := range compared {
		if g := &agreements[i]; g.compare != nil && n == 0 {
			t.Errorf("%s: %q and %q are never compared", g.about, g.left, g.right)
		}
		total += n
	}
	t.Log(total, "answers compared")
}

// Two questions of different packages that share a subject are compared, or it is said why they cannot contradict one
// another; and what an agreement names shares the subject.
func TestEveryPairIsHeld(t *testing.T) {
	type pair struct {
		about      subject
		one, other string
	}
	sorted := func(s subject, x, y string) pair { return pair{s, min(x, y), max(x, y)} }
	held, compared, reasons, own := map[pair]bool{}, 0, 0, 0
	for i := range agreements {
		g := &agreements[i]
		if (g.why == "") == (g.compare == nil) {
			t.Errorf("%s: %q and %q: it must either be compared or have a reason", g.about, g.left, g.right)
		}
		for _, x := range g.left {
			for _, y := range g.right {
				for _, s := range g.about {
					p := sorted(s, x, y)
					switch {
					case !slices.Contains(subjectsOf[x], s) || !slices.Contains(subjectsOf[y], s):
						t.Errorf("%s and %s are not both about %s", x, y, s)
					case packageOf(x) == packageOf(y):
						own++
					case held[p] && g.why != "":
						t.Errorf("%s: %s and %s are held twice", s, x, y)
					case held[p]:
					case g.why != "":
						reasons++
					default:
						compared++
					}
					held[p] = true
				}
			}
		}
	}
	about := map[subject]bool{}
	for _, list := range subjectsOf {
		for _, s := range list {
			about[s] = true
		}
	}
	missing := map[string]int{}
	for s := range about {
		list := asked(s)
		for i, x := range list {
			for _, y := range list[i+1:] {
				if packageOf(x) != packageOf(y) && !held[sorted(s, x, y)] {
					missing[fmt.Sprintf("%s: %s and %s", s, x, y)]++
				}
			}
		}
	}
	for _, what := range slices.Sorted(mapKeys(missing)) {
		t.Errorf("%s are neither compared, nor is it said why they cannot contradict one another", what)
	}
	t.Logf("%d questions; of different packages %d pairs compared and %d with a reason; %d compared of one package", len(subjectsOf), compared, reasons, own)
}
