package preflight

import (
	"fmt"
	"strconv"

	g "maragu.dev/gomponents"
	h "maragu.dev/gomponents/html"

	"github.com/wksgo/wks/rule"
)

// cellSide is how far the cells of a picture are apart.
const cellSide = 20

// pictures are the drawings of the Region's addresses, nothing without one. The number tells its identifiers from those
// of other Regions.
func (r regionReport) pictures(number int) g.Node {
	p := r.picture
	if p == nil || len(p.Parents)+len(p.Subnets.Bars) == 0 {
		return nil
	}
	content := g.Group{h.Summary(g.Text("Pictures of the addresses of " + r.Region))}
	if len(p.Parents) > 0 {
		content = append(content, key())
	}
	drawn := g.Group{h.Class("pictures")}
	for i, parent := range p.Parents {
		drawn = append(drawn, parent.figure(fmt.Sprintf("%d-%d", number, i)))
	}
	return h.Details(append(content, h.Div(append(drawn, p.Subnets.node())))...)
}

// key explains the letters of cells.
func key() g.Node {
	letter := func(s string) g.Node { return h.Span(g.Text(s)) }
	return h.P(h.Class("key"), g.Text("A cell is a /16 block. "), letter("u"), g.Text("in use, "), letter("M"), g.Text("management range, free, "),
		letter("X"), g.Text("management range, in use, "), letter("B"), g.Text("chosen for BYOL, "), h.Span(g.Raw("&#160;")), g.Text("free."))
}

// figure draws the blocks of a range.
func (p parentBlocks) figure(id string) g.Node {
	title, brief := "t-"+id, "d-"+id
	return h.Figure(
		h.SVG(viewBox(322, p.Rows()*cellSide+2), h.Role("img"), h.Aria("labelledby", title+" "+brief),
			g.El("title", h.ID(title), g.Text(p.Prefix.String())),
			g.El("desc", h.ID(brief), g.Text(p.Brief())),
			g.Map(p.Cells, cell.node)),
		h.FigCaption(g.Text(p.Prefix.String()+". "+p.Words())),
	)
}

func (c cell) node() g.Node {
	x, y := 1+c.Column*cellSide, 1+c.Row*cellSide
	node := g.Group{g.El("title", g.Text(c.Prefix.String()+": "+string(c.State))), rectangle(x, y, cellSide, cellSide, c.State.Class())}
	if letter := c.State.Letter(); letter != "" {
		node = append(node, g.El("text", number("x", x+cellSide/2), number("y", y+14), g.Text(letter)))
	}
	return g.El("g", node...)
}

// node draws a chart, nothing without bars.
func (c chart) node() g.Node {
	if len(c.Bars) == 0 {
		return nil
	}
	return h.Figure(h.Table(h.Caption(g.Text(c.Title)), h.TBody(g.Map(c.Bars, func(b bar) g.Node {
		drawn := h.SVG(viewBox(300, 16), h.Aria("hidden", "true"), rectangle(0, 1, 300, 14, "whole"), rectangle(0, 1, b.Length(), 14, "part"))
		return g.Group{h.Tr(h.Th(h.Scope("row"), h.Code(g.Text(rule.Shorten(b.Name))))), h.Tr(h.Td(drawn, g.Text(b.Text)))}
	}))))
}

func viewBox(width, height int) g.Node {
	return g.Attr("viewBox", fmt.Sprintf("0 0 %d %d", width, height))
}

func rectangle(x, y, width, height int, class string) g.Node {
	return g.El("rect", number("x", x), number("y", y), number("width", width), number("height", height), h.Class(class))
}

// number is an attribute.
func number(name string, n int) g.Node { return g.Attr(name, strconv.Itoa(n)) }
