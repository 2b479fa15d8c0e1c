package show

import (
	"fmt"
	"html"
	"math"
	"strings"
)

// Span is a piece of highlighted text.
type Span struct {
	Text string
	// Weight from -1 (orange, dotted underline) over 0 (plain) to 1 (blue, solid underline).
	// What lies outside is cut to the range; NaN is 0.
	Weight float64
	Note   string // shown when the mouse is over the piece, before its weight
}

// Text shows spans one after the other, with a space between them unless one brings its own.
func Text(spans ...Span) {
	Display(Output{HTML: `<div style="line-height: 1.9; white-space: pre-wrap;">` +
		spansHTML(spans) + `</div>`, Plain: spansPlain(spans)})
}

func spansHTML(spans []Span) string {
	var b strings.Builder
	for i, s := range spans {
		if i > 0 && spaced(spans[i-1].Text, s.Text) {
			b.WriteByte(' ')
		}
		text := html.EscapeString(s.Text)
		w := s.weight()
		if w == 0 && s.Note == "" {
			b.WriteString(text)
			continue
		}
		title := s.Note
		style := "border-bottom: 1px dotted;"
		if w != 0 {
			title = strings.TrimPrefix(title+", weight "+signed(w), ", ")
			style = highlight(w)
		}
		fmt.Fprintf(&b, `<span title="%s" style="%s">%s</span>`, html.EscapeString(title), style, text)
	}
	return b.String()
}

// highlight is the style of a weight: a tint of the palette's blue or vermilion under black text,
// and a line below, in the colour itself, that tells the sign by its form. It reads in the light
// theme and in the dark one, and JupyterLab's sanitiser lets it pass.
func highlight(w float64) string {
	r, g, b := tint(w)
	line := "solid #0072b2"
	if w < 0 {
		line = "dotted #d55e00"
	}
	return fmt.Sprintf("color: #000000; background-color: #%02x%02x%02x; padding: 1px 3px; border-bottom: 3px %s;", r, g, b, line)
}

// tint mixes white with blue (#0072b2) or vermilion (#d55e00), at most to 60 %, where black text
// still has a contrast above 7 : 1.
func tint(w float64) (r, g, b uint8) {
	color := [3]float64{0x00, 0x72, 0xb2}
	if w < 0 {
		color = [3]float64{0xd5, 0x5e, 0x00}
	}
	share := .1 + .5*math.Abs(w)
	mix := func(c float64) uint8 { return uint8(math.Round(255 + (c-255)*share)) }
	return mix(color[0]), mix(color[1]), mix(color[2])
}

func spansPlain(spans []Span) string {
	var b strings.Builder
	for i, s := range spans {
		if i > 0 && spaced(spans[i-1].Text, s.Text) {
			b.WriteByte(' ')
		}
		b.WriteString(s.Text)
		if w := s.weight(); w != 0 {
			b.WriteString("[" + signed(w) + "]")
		}
	}
	return b.String()
}

// weight is s.Weight in [-1, 1].
func (s Span) weight() float64 {
	if math.IsNaN(s.Weight) {
		return 0
	}
	return max(-1, min(1, s.Weight))
}

func signed(w float64) string { return fmt.Sprintf("%+.2f", w) }

// spaced says whether a space belongs between two pieces.
func spaced(before, after string) bool {
	return before != "" && after != "" &&
		!strings.ContainsAny(before[len(before)-1:], " \n\t") && !strings.ContainsAny(after[:1], " \n\t")
}
