package picture

import (
	"image/color"
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// extras are the figure's lines, rectangles and annotations. They do not widen the axes.
type extras struct {
	ch         *chart
	maps       []map[string]any
	annotation bool // else lines and rectangles
}

// addExtras adds the shapes of one layer ("below" or "above" the traces), and with those above
// the annotations.
func (ch *chart) addExtras(layer string) {
	var shapes []map[string]any
	for _, v := range list(ch.layout["shapes"]) {
		of := str(object(v)["layer"])
		if of == "" {
			of = "above"
		}
		if of == layer && object(v)["visible"] != false {
			shapes = append(shapes, object(v))
		}
	}
	if len(shapes) > 0 {
		ch.plot.Add(extras{ch: ch, maps: shapes})
	}
	if layer != "above" {
		return
	}
	var notes []map[string]any
	for _, v := range list(ch.layout["annotations"]) {
		if object(v)["visible"] != false {
			notes = append(notes, object(v))
		}
	}
	if len(notes) > 0 {
		ch.plot.Add(extras{ch: ch, maps: notes, annotation: true})
	}
}

// place is where v lies between low and high on the canvas: a share of it where ref says so, else
// a value of the axis.
func place(v any, ref string, a *axis, along func(float64) vg.Length, low, high vg.Length) (vg.Length, bool) {
	if ref == "paper" || strings.HasSuffix(ref, "domain") {
		x := number(v, math.NaN())
		return low + vg.Length(x)*(high-low), !math.IsNaN(x)
	}
	x, ok := a.value(v)
	if !ok {
		return 0, false
	}
	return along(x), true
}

func (e extras) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	point := func(m map[string]any, keyX, keyY string) (vg.Point, bool) {
		vx, vy := m[keyX], m[keyY]
		if e.annotation { // whose positions on such an axis plotly gives as logarithms, unlike a shape's
			if e.ch.x.log {
				vx = math.Pow(10, number(vx, math.NaN()))
			}
			if e.ch.y.log {
				vy = math.Pow(10, number(vy, math.NaN()))
			}
		}
		px, okX := place(vx, str(m["xref"]), e.ch.x, x, c.Min.X, c.Max.X)
		py, okY := place(vy, str(m["yref"]), e.ch.y, y, c.Min.Y, c.Max.Y)
		return vg.Point{X: px, Y: py}, okX && okY
	}
	for _, m := range e.maps {
		if e.annotation {
			if at, ok := point(m, "x", "y"); ok {
				annotate(c, m, at)
			}
			continue
		}
		from, okFrom := point(m, "x0", "y0")
		to, okTo := point(m, "x1", "y1")
		if okFrom && okTo {
			drawShape(c, m, from, to)
		}
	}
}

// drawShape draws a line or a rectangle from one corner to the other, as much as lies on the canvas.
func drawShape(c draw.Canvas, m map[string]any, from, to vg.Point) {
	opacity := max(0, min(1, number(m["opacity"], 1)))
	faded := func(v any, or color.NRGBA) color.NRGBA {
		if parsed, ok := parseColor(str(v)); ok {
			or = parsed
		}
		or.A = uint8(math.Round(float64(or.A) * opacity))
		return or
	}
	line := object(m["line"])
	sty := draw.LineStyle{Color: faded(line["color"], color.NRGBA{R: 0x44, G: 0x44, B: 0x44, A: 0xff}),
		Width: vg.Length(number(line["width"], 2)), Dashes: dashes(line["dash"])}
	switch str(m["type"]) {
	case "line":
		c.StrokeLines(sty, c.ClipLinesXY([]vg.Point{from, to})...)
	case "rect", "":
		left, right := order(from.X, to.X)
		bottom, top := order(from.Y, to.Y)
		left, right, bottom, top = max(left, c.Min.X), min(right, c.Max.X), max(bottom, c.Min.Y), min(top, c.Max.Y)
		if left > right || bottom > top {
			return
		}
		area := vg.Rectangle{Min: vg.Point{X: left, Y: bottom}, Max: vg.Point{X: right, Y: top}}
		if str(m["fillcolor"]) != "" {
			c.SetColor(faded(m["fillcolor"], color.NRGBA{}))
			c.Fill(area.Path())
		}
		if sty.Width > 0 {
			c.StrokeLines(sty, []vg.Point{area.Min, {X: right, Y: bottom}, area.Max, {X: left, Y: top}, area.Min})
		}
	}
}

// annotate writes a text at a point, or beside it with a line that leads there.
func annotate(c draw.Canvas, m map[string]any, at vg.Point) {
	l := newNote(m)
	if l.text == "" {
		return
	}
	if m["showarrow"] != false {
		foot := vg.Point{X: at.X + vg.Length(number(m["ax"], -10)), Y: at.Y - vg.Length(number(m["ay"], -30))}
		c.StrokeLine2(draw.LineStyle{Color: axisGray, Width: 1}, foot.X, foot.Y, at.X, at.Y)
		if foot.Y > at.Y {
			l.dy = 1
		} else if foot.Y < at.Y {
			l.dy = -1
		}
		l.draw(c, foot)
		return
	}
	switch str(m["xanchor"]) {
	case "left":
		l.dx = 1
	case "right":
		l.dx = -1
	}
	switch str(m["yanchor"]) {
	case "bottom":
		l.dy = 1
	case "top":
		l.dy = -1
	}
	l.draw(c, at)
}

// newNote is the text of an annotation.
func newNote(m map[string]any) label {
	font := object(m["font"])
	l := label{text: PlainText(str(m["text"])), size: number(font["size"], 12)}
	if fill, ok := parseColor(str(font["color"])); ok {
		l.color = fill
	}
	return l
}
