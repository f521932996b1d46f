package runner

import (
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/workspaces"

	"github.com/wksgo/wks/migrate"
)

// A room keeps waves within the limits of their plan when a migration does not end: what it
// holds of its subnet and key is not there for the waves after its own. A run does not know
// the limits, but no wave exceeds them, so what a wave takes at most is there.
type room struct {
	most, held use
	flying     use // of what is in flight
}

// use is addresses by subnet and grants by key.
type use struct{ addresses, grants map[string]int }

func newUse() use { return use{map[string]int{}, map[string]int{}} }

func (u use) add(m *migrate.Migration) {
	u.addresses[m.SubnetID]++
	u.grants[m.Key] += m.Grants
}

func (u use) remove(m *migrate.Migration) {
	u.addresses[m.SubnetID]--
	u.grants[m.Key] -= m.Grants
}

func newRoom(p *migrate.Plan) *room {
	r := &room{newUse(), newUse(), newUse()}
	for _, wave := range p.Waves {
		u := newUse()
		for i := range wave {
			u.add(&wave[i])
		}
		for s, n := range u.addresses {
			r.most.addresses[s] = max(r.most.addresses[s], n)
		}
		for k, n := range u.grants {
			r.most.grants[k] = max(r.most.grants[k], n)
		}
	}
	return r
}

// crowded tells why there is no room for a migration beside those in flight, or "".
func (r *run) crowded(m *migrate.Migration) string {
	most, held, flying := r.room.most, r.room.held, r.room.flying
	if n := held.addresses[m.SubnetID]; n > 0 && n+flying.addresses[m.SubnetID]+1 > most.addresses[m.SubnetID] {
		return fmt.Sprintf("%d migrations that have not ended hold addresses of subnet %s", n, m.SubnetID)
	}
	if n := held.grants[m.Key]; m.Grants > 0 && n > 0 && n+flying.grants[m.Key]+m.Grants > most.grants[m.Key] {
		return fmt.Sprintf("migrations that have not ended hold %d grants of key %s", n, m.Key)
	}
	return ""
}

// recheck finds the overdue migrations of earlier runs that still hold what they took: both
// WorkSpaces are there.
func (r *run) recheck() error {
	for _, id := range r.journal.order {
		e := r.journal.entries[id]
		if e.status != migrate.StatusOverdue || e.targetID == "" {
			continue
		}
		described, err := r.describe(&workspaces.DescribeWorkspacesInput{WorkspaceIds: []string{id, e.targetID}})
		if err != nil {
			return err
		}
		if len(described) > 1 {
			r.room.held.add(&e.migration)
		}
	}
	return nil
}
