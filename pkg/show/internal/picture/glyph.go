package picture

import (
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// dashes is the pattern of plotly's named dashes.
func dashes(v any) []vg.Length {
	switch str(v) {
	case "dot":
		return []vg.Length{2, 3}
	case "dash":
		return []vg.Length{8, 4}
	case "longdash":
		return []vg.Length{14, 5}
	case "dashdot":
		return []vg.Length{8, 3, 2, 3}
	case "longdashdot":
		return []vg.Length{14, 4, 2, 4}
	}
	return nil
}

// shape is gonum's glyph for plotly's symbol.
func shape(v any) draw.GlyphDrawer {
	symbol, open := strings.CutSuffix(str(v), "-open")
	switch symbol {
	case "square":
		if open {
			return draw.SquareGlyph{}
		}
		return draw.BoxGlyph{}
	case "diamond":
		return diamond{}
	case "triangle-up":
		if open {
			return draw.TriangleGlyph{}
		}
		return draw.PyramidGlyph{}
	case "x":
		return draw.CrossGlyph{}
	case "cross":
		return draw.PlusGlyph{}
	}
	if open {
		return draw.RingGlyph{}
	}
	return draw.CircleGlyph{}
}

// diamond is a filled square on its corner.
type diamond struct{}

func (diamond) DrawGlyph(c *draw.Canvas, sty draw.GlyphStyle, at vg.Point) {
	r := sty.Radius * 1.2
	c.SetColor(sty.Color)
	var path vg.Path
	path.Move(vg.Point{X: at.X, Y: at.Y + r})
	path.Line(vg.Point{X: at.X + r, Y: at.Y})
	path.Line(vg.Point{X: at.X, Y: at.Y - r})
	path.Line(vg.Point{X: at.X - r, Y: at.Y})
	path.Close()
	c.Fill(path)
}
