package picture

import (
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// rectangle is a filled area, its corners in the coordinates of the data.
type rectangle struct {
	x0, x1, y0, y1 float64
	fill           color.Color
	text           string // written in its middle
}

// rectangles are bars, or the cells of a heatmap.
type rectangles struct {
	all []rectangle
	gap vg.Length // left free between neighbours
}

func (r rectangles) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	for _, b := range r.all {
		left, right := order(x(b.x0), x(b.x1))
		bottom, top := order(y(b.y0), y(b.y1))
		left, right = max(left, c.Min.X)+r.gap/2, min(right, c.Max.X)-r.gap/2
		bottom, top = max(bottom, c.Min.Y)+r.gap/2, min(top, c.Max.Y)-r.gap/2
		if left >= right || bottom >= top {
			continue
		}
		c.SetColor(b.fill)
		var path vg.Path
		path.Move(vg.Point{X: left, Y: bottom})
		path.Line(vg.Point{X: right, Y: bottom})
		path.Line(vg.Point{X: right, Y: top})
		path.Line(vg.Point{X: left, Y: top})
		path.Close()
		c.Fill(path)
		if b.text != "" {
			sty := style(12, ink)
			if fill, ok := b.fill.(color.NRGBA); ok {
				sty.Color = readableOn(fill)
			}
			sty.XAlign, sty.YAlign = draw.XCenter, draw.YCenter
			c.FillText(sty, vg.Point{X: (left + right) / 2, Y: (bottom + top) / 2}, b.text)
		}
	}
}

func order(a, b vg.Length) (low, high vg.Length) { return min(a, b), max(a, b) }

func (r rectangles) DataRange() (xmin, xmax, ymin, ymax float64) {
	xmin, xmax, ymin, ymax = math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, b := range r.all {
		xmin, xmax = min(xmin, b.x0, b.x1), max(xmax, b.x0, b.x1)
		ymin, ymax = min(ymin, b.y0, b.y1), max(ymax, b.y0, b.y1)
	}
	return xmin, xmax, ymin, ymax
}

// swatch is a legend's sample of a filled area.
type swatch struct{ fill color.Color }

func (s swatch) Thumbnail(c *draw.Canvas) {
	c.SetColor(s.fill)
	c.Fill(draw.Crop(*c, 3, -3, 1, -1).Path())
}
