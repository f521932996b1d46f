package preflight

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/wksgo/wks/network"
)

// A picture is what the page of --html draws of a Region. The report says the same in words.
type picture struct {
	Parents []parentBlocks
	Subnets chart
}

// A parentBlocks is a range from which management ranges are taken, block by block.
type parentBlocks struct {
	Prefix netip.Prefix
	Cells  []cell
}

// A cell is a /16 block, and where it is drawn.
type cell struct {
	Prefix netip.Prefix
	State  blockState
	Column int
	Row    int
}

// A blockState is what a /16 block is to the networks of a Region.
type blockState string

const (
	blockFree      blockState = "free"
	blockUsed      blockState = "in use"
	candidateFree  blockState = "management range, free"
	candidateInUse blockState = "management range, in use"
	blockChosen    blockState = "chosen for BYOL"
)

// Letter is what stands in the cell, so that no colour is needed.
func (s blockState) Letter() string {
	return map[blockState]string{blockUsed: "u", candidateFree: "M", candidateInUse: "X", blockChosen: "B"}[s]
}

// Class is the name of the state in the page's style sheet.
func (s blockState) Class() string {
	return strings.NewReplacer(",", "", " ", "-").Replace(string(s))
}

// A chart is bars under a title.
type chart struct {
	Title string
	Bars  []bar
}

// A bar is a part of a whole, with words for both.
type bar struct {
	Name string
	Part int
	Of   int
	Text string
}

// Percent is the length of the bar, from 0 to 100.
func (b bar) Percent() int {
	if b.Of <= 0 {
		return 0
	}
	return min(100, b.Part*100/b.Of)
}

// Length is that of the bar of 300 units.
func (b bar) Length() int { return 3 * b.Percent() }

const blocksPerRow = 16

// draw collects the picture of a Region.
func (c *regionCheck) draw(inUse []netip.Prefix) (*picture, error) {
	p := &picture{Subnets: chart{Title: "Addresses free in the subnets of directories"}}
	if c.vpcs != nil {
		parents, err := c.blocks(inUse)
		if err != nil {
			return nil, err
		}
		p.Parents = parents
	}
	for _, d := range c.directories.elements() {
		for _, id := range d.SubnetIds {
			s := c.subnets.find(id)
			if s == nil || !s.CidrBlock.IsValid() || !s.CidrBlock.Addr().Is4() {
				continue
			}
			size, n := 1<<(32-s.CidrBlock.Bits()), s.room(new(result))
			p.Subnets.Bars = append(p.Subnets.Bars, bar{fmt.Sprintf("%s of %s, %s", s.SubnetId, d.DirectoryId, s.CidrBlock), n, size, fmt.Sprintf("%d of %d addresses free", n, size)})
		}
	}
	return p, nil
}

// blocks classes every /16 of the ranges from which BYOL management ranges are taken.
func (c *regionCheck) blocks(inUse []netip.Prefix) ([]parentBlocks, error) {
	rules, r := c.rules.Network, c.report
	used := network.BlockMap{}
	if err := used.Mark(inUse...); err != nil {
		return nil, err
	}
	free := map[netip.Prefix]bool{}
	for block, err := range rules.FreeManagementCIDRsIn(allIPv4, &used) {
		if err != nil {
			return nil, err
		}
		free[block] = true
	}
	candidates := map[netip.Prefix]blockState{}
	for _, reg := range r.Registrations {
		for _, c := range reg.Candidates {
			if !c.Free {
				candidates[c.Prefix] = candidateInUse
			} else if candidates[c.Prefix] == "" {
				candidates[c.Prefix] = candidateFree
			}
		}
	}
	if r.BYOL != nil && r.BYOL.Chosen != nil {
		candidates[*r.BYOL.Chosen] = blockChosen
	}
	var list []parentBlocks
	for _, parent := range rules.ManagementCIDRParents() {
		p := parentBlocks{Prefix: parent}
		for i := range 1 << (16 - parent.Bits()) {
			a := parent.Addr().As4()
			n := int(a[0])<<8 | int(a[1]) + i
			block := netip.PrefixFrom(netip.AddrFrom4([4]byte{byte(n >> 8), byte(n)}), 16)
			state := candidates[block]
			switch {
			case state != "":
			case free[block]:
				state = blockFree
			default:
				state = blockUsed
			}
			p.Cells = append(p.Cells, cell{Prefix: block, State: state, Column: i % blocksPerRow, Row: i / blocksPerRow})
		}
		list = append(list, p)
	}
	return list, nil
}

// Rows is how many rows the cells take.
func (p parentBlocks) Rows() int { return (len(p.Cells) + blocksPerRow - 1) / blocksPerRow }

// states are those of blocks that are not free, in the order of words.
var states = []blockState{blockUsed, candidateInUse, candidateFree, blockChosen}

// Brief says how many blocks there are of each state.
func (p parentBlocks) Brief() string {
	count := map[blockState]int{}
	for _, c := range p.Cells {
		count[c.State]++
	}
	var parts []string
	for _, s := range append(states[:len(states):len(states)], blockFree) {
		if count[s] > 0 {
			parts = append(parts, fmt.Sprintf("%s: %d", s, count[s]))
		}
	}
	return fmt.Sprintf("%s, of %d blocks", strings.Join(parts, "; "), len(p.Cells))
}

// Words says what the picture shows: which blocks are not free, and how many are. Neighbours of one
// state are told as a run.
func (p parentBlocks) Words() string {
	byState := map[blockState][]string{}
	free := 0
	for i := 0; i < len(p.Cells); {
		state, n := p.Cells[i].State, 1
		for i+n < len(p.Cells) && p.Cells[i+n].State == state {
			n++
		}
		run := p.Cells[i].Prefix.String()
		if n > 1 {
			run = fmt.Sprintf("%s to %s (%d)", run, p.Cells[i+n-1].Prefix, n)
		}
		if byState[state] = append(byState[state], run); state == blockFree {
			free += n
		}
		i += n
	}
	var parts []string
	for _, s := range states {
		if len(byState[s]) > 0 {
			parts = append(parts, fmt.Sprintf("%s: %s", s, strings.Join(byState[s], ", ")))
		}
	}
	return strings.Join(append(parts, fmt.Sprintf("free: %d of %d", free, len(p.Cells))), "; ")
}
