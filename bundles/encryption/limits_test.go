package encryption_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/wksgo/wks/bundles/encryption"
	"github.com/wksgo/wks/internal/ruletest"
)

// The grid is drawn from the documents by hand: on each date, the limits, the grants of a
// WorkSpace and how many WorkSpaces one key takes.
func TestLimitsGolden(t *testing.T) {
	var b strings.Builder
	b.WriteString(`# What one key takes. Limits: of WorkSpaces, of grants of one grantee, of grants.
# Grants of a WorkSpace with root, user or both volumes encrypted: of WorkSpaces+EBS.
# WorkSpaces with one volume and with both, on a customer managed and on an AWS managed key.
#            limits            grants            customer        AWS
# from       ws  grantee grants root user both    one   both     one   both
`)
	for _, e := range encryption.Editions() {
		r := at(t, e.String())
		words := map[encryption.LimitScope]string{encryption.WorkSpacesPerKey: "-", encryption.GrantsPerGrantee: "-", encryption.GrantsPerKey: "-"}
		for _, l := range r.Limits() {
			words[l.Scope] = fmt.Sprint(l.Value)
		}
		fmt.Fprintf(&b, "%-12s %-3s %-7s %-6s", e, words[encryption.WorkSpacesPerKey], words[encryption.GrantsPerGrantee], words[encryption.GrantsPerKey])
		for _, v := range [][2]bool{{true, false}, {false, true}, {true, true}} {
			word := "-"
			if g, ok := r.Grants(v[0], v[1]); ok {
				word = fmt.Sprintf("%d+%d", g.WorkSpaces, g.EBS)
				if g.Total() != g.WorkSpaces+g.EBS || g.Cite.Date.Compare(e) > 0 {
					t.Errorf("%s: %+v", e, g)
				}
			}
			fmt.Fprintf(&b, " %-4s", word)
		}
		for _, aws := range []bool{false, true} {
			for _, v := range [][2]bool{{true, false}, {true, true}} {
				word := "-"
				if n, by, ok := r.MaxWorkSpaces(v[0], v[1], aws); ok {
					word = fmt.Sprint(n)
					if by.Value < n || by.Cite.Document == "" {
						t.Errorf("%s: %d by %+v", e, n, by)
					}
				}
				fmt.Fprintf(&b, "  %-5s", word)
			}
		}
		b.WriteString("\n")
	}
	ruletest.Golden(t, "testdata/limits.txt", []byte(b.String()))
}

// One grant for the user and directory, and one for each volume that is encrypted: "Overview of Amazon WorkSpaces
// Encryption Using AWS KMS", 2017-11-15.
func TestGrantsOfVolumes(t *testing.T) {
	for _, e := range encryption.Editions() {
		for _, v := range []struct {
			root, user bool
			ebs        int
		}{{true, false, 1}, {false, true, 1}, {true, true, 2}} {
			if g, ok := at(t, e.String()).Grants(v.root, v.user); !ok || g.WorkSpaces != 1 || g.EBS != v.ebs || g.Total() != 1+v.ebs {
				t.Errorf("%s, root %t, user %t: %+v, %t", e, v.root, v.user, g, ok)
			}
		}
	}
}

func TestNothingEncrypted(t *testing.T) {
	if g, ok := encryption.Newest().Grants(false, false); !ok || g.Total() != 0 {
		t.Errorf("got %+v, %t", g, ok)
	}
	if n, _, ok := encryption.Newest().MaxWorkSpaces(false, false, false); ok {
		t.Errorf("got %d", n)
	}
}

func TestLimitsAreCopies(t *testing.T) {
	limits := encryption.Newest().Limits()
	limits[0].Value = 0
	if encryption.Newest().Limits()[0].Value == 0 {
		t.Error("Limits is not a copy")
	}
}
