package picture

import (
	"image/color"
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// label is a text beside a point.
type label struct {
	x, y  float64 // of the point, in the coordinates of the data
	text  string
	dx    float64   // -1: left of the point, 0: centred, 1: right
	dy    float64   // -1: below, 0: level, 1: above
	away  vg.Length // from the point's middle, the radius of its marker
	shift vg.Length // upwards
	size  float64   // of the letters in pixels; 0: the usual one
	color color.Color
}

// newLabel is the text of point i of trace t, and whether it has any.
func newLabel(t trace, i int, x, y float64) (label, bool) {
	s := PlainText(str(pick(t.m["text"], i)))
	if s == "" || math.IsNaN(x) || math.IsNaN(y) {
		return label{}, false
	}
	l := label{x: x, y: y, text: s}
	position := str(pick(t.m["textposition"], i))
	for word, at := range map[string]*float64{"left": &l.dx, "bottom": &l.dy} {
		if strings.Contains(position, word) {
			*at = -1
		}
	}
	for word, at := range map[string]*float64{"right": &l.dx, "top": &l.dy} {
		if strings.Contains(position, word) {
			*at = 1
		}
	}
	if strings.Contains(str(t.m["mode"]), "markers") {
		l.away = vg.Length(min(200, diameter(object(t.m["marker"]), i)) / 2)
	}
	return l, true
}

// draw writes the label of a point that lies at p on the canvas.
func (l label) draw(c draw.Canvas, p vg.Point) {
	sty := style(11, color.Black)
	if l.size > 0 {
		sty.Font.Size = vg.Length(min(100, l.size))
	}
	if l.color != nil {
		sty.Color = l.color
	}
	lines := strings.Split(l.text, "\n")
	extents := sty.FontExtents()
	var width vg.Length
	for _, line := range lines {
		width = max(width, sty.Width(line))
	}
	height := extents.Height * vg.Length(len(lines))
	left := p.X + vg.Length(l.dx)*(l.away+2+width/2) - width/2
	bottom := p.Y + vg.Length(l.dy)*(l.away+1+height/2) - height/2
	if l.dx != 0 && l.dy != 0 { // towards a corner of the marker's square is too far from its circle
		bottom = p.Y + vg.Length(l.dy)*(l.away*.7+1+height/2) - height/2
	}
	bottom += l.shift
	c.SetColor(color.NRGBA{R: 0xff, G: 0xff, B: 0xff, A: 0xb4}) // it reads on points too
	c.Fill(vg.Rectangle{Min: vg.Point{X: left - 1, Y: bottom}, Max: vg.Point{X: left + width + 1, Y: bottom + height}}.Path())
	for i, line := range lines {
		c.FillText(sty, vg.Point{X: left, Y: bottom + extents.Descent + extents.Height*vg.Length(len(lines)-1-i)}, line)
	}
}

// labels are the texts of a plot, drawn over its points.
type labels []label

func (l labels) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	for _, one := range l {
		one.draw(c, vg.Point{X: x(one.x), Y: y(one.y)})
	}
}

func (l labels) DataRange() (xmin, xmax, ymin, ymax float64) {
	xmin, xmax, ymin, ymax = math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, one := range l {
		xmin, xmax = min(xmin, one.x), max(xmax, one.x)
		ymin, ymax = min(ymin, one.y), max(ymax, one.y)
	}
	return xmin, xmax, ymin, ymax
}
