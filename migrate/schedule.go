package migrate

import (
	"slices"
	"time"
)

// schedule fills the waves and the estimate.
func (p *Plan) schedule(s *survey, l *Limits) {
	waveOf, waves, bound := pack(s, l)
	p.Bound = bound
	room := make([][]Migration, waves) // of each wave, in the order of their first
	sizes := make([]int, waves)
	for _, w := range waveOf {
		sizes[w]++
	}
	all := make([]Migration, len(waveOf))
	for i, w := range waveOf {
		if room[w] == nil {
			room[w], all = all[:0:sizes[w]], all[sizes[w]:]
			p.Waves = append(p.Waves, room[w][:sizes[w]])
		}
		room[w] = append(room[w], s.migration(&s.members[i]))
	}
	p.Estimate = l.estimate(p.Waves)
}

func (s *survey) migration(m *member) Migration {
	w, at := &s.fleet[m.n], &s.places[m.place]
	is := s.ways[m.way].migration
	is.WorkspaceID, is.DirectoryID, is.UserName = w.ID, w.DirectoryID, w.UserName
	is.SubnetID, is.Key, is.Grants = at.subnet, at.key, at.grants
	is.Before, is.After = slices.Clone(is.Before), slices.Clone(is.After)
	return is
}

// idsPerDescribe is how many IDs DescribeWorkspaces takes, by the API's model.
const idsPerDescribe = 25

func (l *Limits) estimate(waves [][]Migration) (e Estimate) {
	looks := int((l.Each-1)/l.PollEvery) + 1
	for _, w := range waves {
		n := len(w)
		before := 3*n + (n+idsPerDescribe-1)/idsPerDescribe
		e.Migrations += n
		e.Calls += before + looks*((2*n+idsPerDescribe-1)/idsPerDescribe)
		e.Longest = min(e.Longest+l.pace(before)+l.Each, decades)
	}
	e.CallTime = l.pace(e.Calls)
	return e
}

// decades is the most that an estimate says, 73 years.
const decades = time.Duration(1 << 61)

// pace returns how long a number of calls take.
func (l *Limits) pace(calls int) time.Duration {
	return time.Duration(min(float64(max(0, calls-l.Burst))/l.CallsPerSecond*float64(time.Second), float64(decades)))
}
