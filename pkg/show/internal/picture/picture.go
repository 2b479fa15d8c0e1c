// Package picture draws plotly figures as static SVG pictures, with gonum/plot.
//
// It reads figures as JSON values (maps, slices, float64, string, bool), so that it draws those of
// any origin. It knows scatter, bar, histogram and heatmap traces on one pair of axes, with
// annotations, lines and rectangles, and points in three dimensions; in place of another figure
// it draws a box that says where to see it.
package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image/color"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

// The size of a picture where the figure does not give one, in pixels.
const (
	defaultWidth  = 700
	defaultHeight = 400
)

var (
	ink      = color.RGBA{R: 0x2a, G: 0x3f, B: 0x5f, A: 0xff}
	axisGray = color.RGBA{R: 0x44, G: 0x44, B: 0x44, A: 0xff}
	gridGray = color.RGBA{R: 0xe3, G: 0xe3, B: 0xe3, A: 0xff}
)

// SVG is the picture of the figure f, whose keys "data" and "layout" are plotly's.
func SVG(f map[string]any) []byte {
	svg, err := draws(f)
	if err != nil {
		svg, _ = onCanvas(f, func(c draw.Canvas) error {
			placeholder(c, title(object(f["layout"])), "This figure has no static picture ("+err.Error()+"):",
				"open the notebook in JupyterLab to see it.")
			return nil
		})
	}
	return svg
}

func draws(f map[string]any) (svg []byte, err error) {
	// gonum/plot panics on what it cannot draw, and a figure may ask for anything: a picture
	// less is better than a cell that ends.
	defer func() {
		if r := recover(); r != nil {
			svg, err = nil, fmt.Errorf("%v", r)
		}
	}()
	return onCanvas(f, func(c draw.Canvas) error { return drawFigure(c, f) })
}

// onCanvas runs paint on a white canvas of the figure's size, and returns the SVG.
func onCanvas(f map[string]any, paint func(draw.Canvas) error) ([]byte, error) {
	layout := object(f["layout"])
	w := min(2000, max(200, number(layout["width"], defaultWidth)))
	h := min(2000, max(150, number(layout["height"], defaultHeight)))
	canvas := vgsvg.New(vg.Length(w), vg.Length(h))
	c := draw.New(canvas)
	c.SetColor(color.White)
	c.Fill(c.Path())
	if err := paint(c); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if _, err := canvas.WriteTo(&b); err != nil {
		return nil, err
	}
	// The canvas counts in points, a third larger than the pixels of a page. And a page may not
	// have the font that the text was measured with: Arial has its widths.
	svg := strings.NewReplacer(
		fmt.Sprintf(`width="%gpt"`, w), fmt.Sprintf(`width="%g"`, w),
		fmt.Sprintf(`height="%gpt"`, h), fmt.Sprintf(`height="%g"`, h),
		"font-family:Liberation Sans", "font-family:Liberation Sans,Arial,Helvetica,sans-serif",
	).Replace(b.String())
	return []byte(svg), nil
}

func drawFigure(c draw.Canvas, f map[string]any) error {
	layout := object(f["layout"])
	traces, err := readTraces(f)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(traces, func(t trace) bool { return t.kind == "scatter3d" }) {
		s, err := newSpace(layout, traces)
		if err != nil {
			return err
		}
		s.draw(inner(c, layout))
		return nil
	}
	p := plot.New()
	ch := &chart{plot: p, layout: layout, x: newAxis(object(layout["xaxis"]), traces, "x"),
		y: newAxis(object(layout["yaxis"]), traces, "y")}
	ch.legend = newLegend()
	grid := plotter.NewGrid()
	for key, line := range map[string]*draw.LineStyle{"xaxis": &grid.Vertical, "yaxis": &grid.Horizontal} {
		line.Color, line.Width = gridGray, 1
		if object(layout[key])["showgrid"] == false {
			line.Color = nil
		}
	}
	p.Add(grid)
	ch.addExtras("below")
	if err := ch.add(traces); err != nil {
		return err
	}
	ch.addExtras("above")
	ch.x.apply(&p.X)
	ch.y.apply(&p.Y)
	c = inner(c, layout)
	right := ch.side()
	p.Draw(draw.Crop(c, 0, -right, 0, 0))
	ch.drawSide(draw.Crop(c, c.Max.X-c.Min.X-right+14, 0, 0, 0))
	return nil
}

// inner writes the title and returns the canvas below it.
func inner(c draw.Canvas, layout map[string]any) draw.Canvas {
	return drawTitle(draw.Crop(c, 12, -12, 8, -10), title(layout), subtitle(layout))
}

// chart is a figure while it is drawn.
type chart struct {
	plot    *plot.Plot
	layout  map[string]any
	x, y    *axis
	legend  plot.Legend
	entries []string    // what the legend holds
	bar     *colorScale // of a heatmap, or nil
}

func (ch *chart) add(traces []trace) error {
	if err := ch.addBars(traces); err != nil {
		return err
	}
	for _, t := range traces {
		var err error
		switch t.kind {
		case "bar", "histogram": // drawn together, above
		case "scatter", "scattergl":
			err = ch.addScatter(t)
		case "heatmap":
			err = ch.addHeatmap(t)
		default:
			err = errors.New("a trace of type " + t.kind)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// style is text of the given size in pixels.
func style(size float64, c color.Color) text.Style {
	return text.Style{
		Color: c, Handler: plot.DefaultTextHandler,
		Font: font.Font{Typeface: "Liberation", Variant: "Sans", Size: vg.Length(size)},
	}
}

// drawTitle writes the title and what stands below it, and returns what is left of the canvas.
func drawTitle(c draw.Canvas, title, subtitle string) draw.Canvas {
	for _, part := range []struct {
		text string
		sty  text.Style
	}{{title, style(16, ink)}, {subtitle, style(12, ink)}} {
		for line := range strings.SplitSeq(part.text, "\n") {
			if line == "" {
				continue
			}
			height := part.sty.FontExtents().Height
			c.FillText(part.sty, vg.Point{X: c.Min.X + 4, Y: c.Max.Y - part.sty.FontExtents().Ascent}, line)
			c.Max.Y -= height + 2
		}
	}
	if title != "" || subtitle != "" {
		c.Max.Y -= 8
	}
	return c
}

// placeholder fills the canvas with a frame and lines of text.
func placeholder(c draw.Canvas, lines ...string) {
	c = draw.Crop(c, 8, -8, 8, -8)
	c.StrokeLines(draw.LineStyle{Color: axisGray, Width: 1}, []vg.Point{
		c.Min, {X: c.Max.X, Y: c.Min.Y}, c.Max, {X: c.Min.X, Y: c.Max.Y}, c.Min})
	sty := style(13, ink)
	sty.XAlign = draw.XCenter
	at := c.Center()
	at.Y += 20 * vg.Length(len(lines)) / 2
	for _, line := range lines {
		c.FillText(sty, at, line)
		at.Y -= 20
	}
}
