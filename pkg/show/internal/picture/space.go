package picture

import (
	"errors"
	"image/color"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// spacePoint is a marker or a label in three dimensions, at its place in the unit cube.
type spacePoint struct {
	at    vec
	glyph *draw.GlyphStyle // nil for a label
	label label
}

// space is a figure in three dimensions while it is drawn.
type space struct {
	chart  *chart
	axes   [3]*spaceAxis
	points []spacePoint
	lines  []spaceLine
}

type spaceLine struct {
	style draw.LineStyle
	at    []vec
}

// newSpace reads the traces, all of which must be points in three dimensions.
func newSpace(layout map[string]any, traces []trace) (*space, error) {
	s := &space{chart: &chart{layout: layout, legend: newLegend()}}
	scene := object(layout["scene"])
	for _, t := range traces {
		if t.kind != "scatter3d" {
			return nil, errors.New("traces of type scatter3d and " + t.kind + " in one figure")
		}
		if name := str(t.m["scene"]); name != "" && name != "scene" {
			return nil, errors.New("several scenes")
		}
	}
	for i, key := range []string{"x", "y", "z"} {
		m := object(scene[key+"axis"])
		if m["type"] == "log" {
			return nil, errors.New("a logarithmic axis in three dimensions")
		}
		s.axes[i] = newSpaceAxis(newAxis(m, traces, key))
	}
	coordinates := make([][3][]float64, len(traces))
	for k, t := range traces {
		n := min(len(list(t.m["x"])), len(list(t.m["y"])), len(list(t.m["z"])))
		for i, key := range []string{"x", "y", "z"} {
			coordinates[k][i] = s.axes[i].values(t.m[key], n, nil, nil)[:n]
		}
		for j := range n { // a point that lacks one coordinate has none
			if c := coordinates[k]; math.IsNaN(c[0][j]) || math.IsNaN(c[1][j]) || math.IsNaN(c[2][j]) {
				c[0][j], c[1][j], c[2][j] = math.NaN(), math.NaN(), math.NaN()
			}
		}
		for i := range s.axes {
			s.axes[i].include(coordinates[k][i])
		}
	}
	aspect := aspects(scene, s.axes)
	for i, a := range s.axes {
		a.finish(aspect[i])
	}
	for k, t := range traces {
		s.add(t, coordinates[k])
	}
	for _, v := range list(scene["annotations"]) {
		s.annotate(object(v))
	}
	return s, nil
}

// add takes the lines, markers and labels of a trace.
func (s *space) add(t trace, at [3][]float64) {
	mode := str(t.m["mode"])
	if mode == "" {
		mode = "lines+markers"
	}
	opacity := number(t.m["opacity"], 1)
	line, marker := object(t.m["line"]), object(t.m["marker"])
	var scale *colorScale
	var thumbs []plot.Thumbnailer
	if strings.Contains(mode, "markers") {
		scale = s.chart.markerScale(marker)
	}
	stroke := draw.LineStyle{Color: s.chart.color(t, opacity, line["color"], marker["color"]),
		Width: vg.Length(number(line["width"], 2)), Dashes: dashes(line["dash"])}
	run := spaceLine{style: stroke}
	flush := func() {
		if len(run.at) > 1 {
			s.lines = append(s.lines, run)
		}
		run.at = nil
	}
	sampled := draw.GlyphStyle{Color: s.chart.color(t, opacity, marker["color"]), Radius: 4, Shape: shape(pick(marker["symbol"], 0))}
	for i := range at[0] {
		if math.IsNaN(at[0][i]) {
			flush()
			continue
		}
		p := vec{s.axes[0].place(at[0][i]), s.axes[1].place(at[1][i]), s.axes[2].place(at[2][i])}
		if strings.Contains(mode, "lines") {
			run.at = append(run.at, p)
		}
		if strings.Contains(mode, "markers") {
			g := s.chart.glyph(t, marker, scale, i, opacity)
			s.points = append(s.points, spacePoint{at: p, glyph: &g})
			sampled = g
		}
		if l, ok := newLabel(t, i, 0, 0); ok && strings.Contains(mode, "text") {
			s.points = append(s.points, spacePoint{at: p, label: l})
		}
	}
	flush()
	if strings.Contains(mode, "lines") {
		thumbs = append(thumbs, &plotter.Line{LineStyle: stroke})
	}
	if strings.Contains(mode, "markers") {
		thumbs = append(thumbs, &plotter.Scatter{GlyphStyle: sample(sampled)})
	}
	s.chart.entry(t, thumbs...)
}

// annotate takes an annotation of the scene: a text, some pixels above a point.
func (s *space) annotate(m map[string]any) {
	var at vec
	for i, key := range []string{"x", "y", "z"} {
		x, ok := s.axes[i].value(m[key])
		if !ok {
			return
		}
		at[i] = s.axes[i].place(x)
	}
	l := newNote(m)
	if l.text == "" || m["visible"] == false {
		return
	}
	up := number(m["yshift"], 0)
	if m["showarrow"] != false {
		up -= number(m["ay"], -30)
	}
	l.shift = vg.Length(max(-200, min(200, up)))
	s.points = append(s.points, spacePoint{at: at, label: l})
}

// draw paints the box, then what is in it, far points first, then the names.
func (s *space) draw(c draw.Canvas) {
	right := s.chart.side()
	v := newView(object(object(s.chart.layout["scene"])["camera"]), s.axes, draw.Crop(c, 0, -right, 0, 0))
	s.drawBox(c, v)
	for _, l := range s.lines {
		points := make([]vg.Point, len(l.at))
		for i, p := range l.at {
			points[i] = v.point(p)
		}
		c.StrokeLines(l.style, points)
	}
	slices.SortStableFunc(s.points, func(a, b spacePoint) int {
		switch near := v.near(a.at) - v.near(b.at); {
		case near < 0:
			return -1
		case near > 0:
			return 1
		}
		return 0
	})
	for _, p := range s.points {
		if p.glyph != nil {
			c.DrawGlyph(*p.glyph, v.point(p.at))
		}
	}
	for _, p := range s.points {
		if p.glyph == nil {
			p.label.draw(c, v.point(p.at))
		}
	}
	s.chart.drawSide(draw.Crop(c, c.Max.X-c.Min.X-right+14, 0, 0, 0))
}

var boxGray = color.RGBA{R: 0xaa, G: 0xaa, B: 0xaa, A: 0xff}

// drawBox draws the three planes behind the points, with their grids, and the axes.
func (s *space) drawBox(c draw.Canvas, v *view) {
	line := func(sty draw.LineStyle, a, b vec) {
		c.StrokeLine2(sty, v.point(a).X, v.point(a).Y, v.point(b).X, v.point(b).Y)
	}
	grid, edge := draw.LineStyle{Color: gridGray, Width: 1}, draw.LineStyle{Color: boxGray, Width: 1}
	far, near := v.farCorner(s.axes), v.farCorner(s.axes).times(-1)
	for i, a := range s.axes {
		j, k := (i+1)%3, (i+2)%3
		for _, other := range []int{j, k} { // axis i's grid runs along the other, on the plane behind
			for _, tick := range a.ticks {
				from := far
				from[i] = a.place(tick.Value)
				to := from
				to[other] = near[other]
				line(grid, from, to)
			}
			// The plane's own edges.
			from, to := far, far
			from[i], to[i] = near[i], near[i]
			to[other] = near[other]
			line(edge, from, to)
		}
		to := far
		to[i] = near[i]
		line(edge, far, to)
	}
	for i, a := range s.axes {
		s.drawAxis(c, v, i, a, far, near)
	}
}

// drawAxis writes the ticks and the title of axis i beside an edge of the box's outline.
func (s *space) drawAxis(c draw.Canvas, v *view, i int, a *spaceAxis, far, near vec) {
	from := far
	if i == 2 { // upright: the left one of the two edges of the outline
		from[0] = near[0]
		other := far
		other[1] = near[1]
		if v.point(other).X < v.point(from).X {
			from = other
		}
	} else { // on the ground, at the near side
		from[1-i] = near[1-i]
	}
	to := from
	to[i] = near[i]
	p, q, middle := v.point(from), v.point(to), v.point(vec{})
	c.StrokeLine2(draw.LineStyle{Color: axisGray, Width: 1}, p.X, p.Y, q.X, q.Y)
	outward := vg.Point{X: (p.X+q.X)/2 - middle.X, Y: (p.Y+q.Y)/2 - middle.Y}
	if i == 2 {
		outward = vg.Point{X: -1}
	}
	length := vg.Length(math.Hypot(float64(outward.X), float64(outward.Y)))
	if length == 0 { // seen along the axis
		return
	}
	out := func(at vg.Point, by vg.Length) vg.Point {
		return vg.Point{X: at.X + outward.X/length*by, Y: at.Y + outward.Y/length*by}
	}
	sty := style(11, ink)
	sty.XAlign, sty.YAlign = draw.XCenter, draw.YCenter
	var widest vg.Length
	for _, tick := range a.ticks {
		if tick.Label == "" {
			continue
		}
		at := from
		at[i] = a.place(tick.Value)
		c.FillText(sty, out(v.point(at), 7+sty.Width(tick.Label)/2), tick.Label)
		widest = max(widest, sty.Width(tick.Label))
	}
	sty = style(13, ink)
	sty.XAlign, sty.YAlign = draw.XCenter, draw.YCenter
	title := titleText(a.m["title"])
	across := float64(outward.X/length)*float64(sty.Width(title)) + float64(outward.Y/length)*float64(sty.FontExtents().Height)
	if i == 2 { // written upwards
		sty.Rotation = math.Pi / 2
		across = float64(sty.FontExtents().Height)
	}
	middleOfEdge := vg.Point{X: (p.X + q.X) / 2, Y: (p.Y + q.Y) / 2}
	c.FillText(sty, out(middleOfEdge, widest+14+vg.Length(math.Abs(across)/2)), title)
}
