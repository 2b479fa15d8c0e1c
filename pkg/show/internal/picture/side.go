package picture

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// newLegend is an empty legend in our style.
func newLegend() plot.Legend {
	l := plot.NewLegend()
	l.Top, l.Left, l.Padding, l.ThumbnailWidth = true, true, 5, 26
	l.TextStyle = style(12, ink)
	return l
}

// entry adds a trace to the legend, unless it has no name or wants none.
func (ch *chart) entry(t trace, thumbs ...plot.Thumbnailer) {
	name := shorten(PlainText(str(t.m["name"])), 32)
	if name == "" || t.m["showlegend"] == false || ch.layout["showlegend"] == false || len(thumbs) == 0 {
		return
	}
	ch.legend.Add(name, thumbs...)
	ch.entries = append(ch.entries, name)
}

// side is how much room the legend and the colour scale need on the right.
func (ch *chart) side() vg.Length {
	var width vg.Length
	for _, name := range ch.entries {
		width = max(width, ch.legend.TextStyle.Width(name)+ch.legend.ThumbnailWidth+24)
	}
	if ch.bar != nil {
		width = max(width, 80)
		width = max(width, style(12, ink).Width(ch.bar.title)+24)
	}
	return width
}

// drawSide draws the legend, or below it the colour scale.
func (ch *chart) drawSide(c draw.Canvas) {
	if len(ch.entries) > 0 {
		ch.legend.Draw(c)
	}
	if ch.bar == nil {
		return
	}
	c = draw.Crop(c, 0, 0, 50, -vg.Length(22*len(ch.entries)))
	sty := style(12, ink)
	if ch.bar.title != "" {
		c.FillText(sty, vg.Point{X: c.Min.X, Y: c.Max.Y - 10}, ch.bar.title)
		c.Max.Y -= 20
	}
	const steps, width = 64, 16
	height := (c.Max.Y - c.Min.Y) / steps
	for i := range steps {
		v := ch.bar.low + (ch.bar.high-ch.bar.low)*(float64(i)+.5)/steps
		c.SetColor(ch.bar.color(v))
		low := c.Min.Y + height*vg.Length(i)
		// A little higher than the step, lest the page shows through between two.
		c.Fill(vg.Rectangle{Min: vg.Point{X: c.Min.X, Y: low}, Max: vg.Point{X: c.Min.X + width, Y: min(c.Max.Y, low+height+.5)}}.Path())
	}
	sty.YAlign = draw.YCenter
	for _, tick := range (roundTicks{}).Ticks(ch.bar.low, ch.bar.high) {
		share := vg.Length((tick.Value - ch.bar.low) / (ch.bar.high - ch.bar.low))
		c.FillText(sty, vg.Point{X: c.Min.X + width + 5, Y: c.Min.Y + (c.Max.Y-c.Min.Y)*share}, tick.Label)
	}
}
