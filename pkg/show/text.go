package show

import (
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Span is a piece of highlighted text.
type Span struct {
	Text string
	// Weight from -1 (orange, dotted underline) over 0 (plain) to 1 (blue, solid underline).
	// What lies outside is cut to the range; NaN is 0. Below 0.05 in size it is not drawn: in a
	// long text, where each word has some weight, the eye shall find those that matter.
	Weight float64
	// Note is shown when the mouse is over the piece, in place of its weight. The note of a piece
	// whose weight is exactly 0 underlines it, that it can be found; the one of a piece whose
	// weight is too small to be drawn is not shown.
	Note string
}

// faintest is the smallest weight that is drawn.
const faintest = .05

// Text shows spans one after the other: as they are where some begin or end with white space,
// which then is all there is; else as words, with a space between two, but none before a
// punctuation mark.
func Text(spans ...Span) {
	Display(Output{HTML: textOpen + spansHTML(spans) + `</div>`, Plain: spansPlain(spans)})
}

// TextScale is [Text] with a line above it that says what the two ends of the scale mean:
// TextScale("says negative", "says positive", spans...).
func TextScale(negative, positive string, spans ...Span) {
	const sample = `<span style="%s">%s</span> %s`
	legend := fmt.Sprintf(sample, highlight(-.6), "orange, dotted line", escape(negative)) + " &nbsp;·&nbsp; " +
		fmt.Sprintf(sample, highlight(.6), "blue, solid line", escape(positive)) + " &nbsp;·&nbsp; the stronger, the more"
	Display(Output{
		HTML:  `<div style="line-height: 1.9; font-size: 90%; margin-bottom: .6em; print-color-adjust: exact;">` + legend + `</div>` + textOpen + spansHTML(spans) + `</div>`,
		Plain: fmt.Sprintf("[-] %s, [+] %s\n", negative, positive) + spansPlain(spans),
	})
}

// textOpen begins the text's element. Browsers leave backgrounds out of a print unless they are
// told not to; the lines below the words they print anyway.
const textOpen = `<div style="line-height: 1.9; white-space: pre-wrap; overflow-wrap: anywhere; max-width: 52rem; print-color-adjust: exact;">`

func spansHTML(spans []Span) string {
	var b strings.Builder
	running := running(spans)
	for i, s := range spans {
		if i > 0 && !running && spaced(spans[i-1].Text, s.Text) {
			b.WriteByte(' ')
		}
		b.WriteString(s.html())
	}
	return b.String()
}

// html is the span's text, in as few bytes as will do: a long review has thousands of spans.
// The white space around its words stays plain.
func (s Span) html() string {
	w := s.weight()
	word := strings.TrimSpace(s.Text)
	if word == "" || w == 0 && (s.Note == "" || s.Weight != 0 && !math.IsNaN(s.Weight)) {
		return escape(s.Text)
	}
	title, style := s.Note, "border-bottom:1px dotted"
	if w != 0 {
		style = highlight(w)
	}
	if title == "" {
		title = signed(w)
	}
	before, after, _ := strings.Cut(s.Text, word)
	return fmt.Sprintf(`%s<span style="%s" title="%s">%s</span>%s`,
		before, style, escape(title), escape(word), after)
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
	return fmt.Sprintf("color:#000;background:#%02x%02x%02x;border-bottom:%dpx %s", r, g, b, thickness(w), line)
}

// thickness is that of the line below a piece, in pixels: 1 for the faint, 3 for the strong.
func thickness(w float64) int { return 1 + min(2, int(3*math.Abs(w))) }

// tint mixes white with blue (#0072b2) or vermilion (#d55e00), at most to 60 %, where black text
// still has a contrast above 7 : 1.
func tint(w float64) (r, g, b uint8) {
	color := [3]float64{0x00, 0x72, 0xb2}
	if w < 0 {
		color = [3]float64{0xd5, 0x5e, 0x00}
	}
	share := .05 + .55*math.Abs(w)
	mix := func(c float64) uint8 { return uint8(math.Round(255 + (c-255)*share)) }
	return mix(color[0]), mix(color[1]), mix(color[2])
}

func spansPlain(spans []Span) string {
	var b strings.Builder
	running := running(spans)
	for i, s := range spans {
		if i > 0 && !running && spaced(spans[i-1].Text, s.Text) {
			b.WriteByte(' ')
		}
		w, word := s.weight(), strings.TrimRightFunc(s.Text, unicode.IsSpace)
		b.WriteString(word)
		if w != 0 && word != "" {
			b.WriteString("[" + signed(w) + "]")
		}
		b.WriteString(s.Text[len(word):])
	}
	return b.String()
}

// weight is s.Weight in [-1, 1], 0 where it is too small to be drawn.
func (s Span) weight() float64 {
	if !(math.Abs(s.Weight) >= faintest) {
		return 0
	}
	return max(-1, min(1, s.Weight))
}

func signed(w float64) string { return fmt.Sprintf("%+.2f", w) }

// running says whether the spans bring their own spaces.
func running(spans []Span) bool {
	for _, s := range spans {
		first, _ := utf8.DecodeRuneInString(s.Text)
		last, _ := utf8.DecodeLastRuneInString(s.Text)
		if unicode.IsSpace(first) || unicode.IsSpace(last) {
			return true
		}
	}
	return false
}

// spaced says whether a space belongs between two words.
func spaced(before, after string) bool {
	return before != "" && after != "" && !strings.ContainsAny(after[:1], ".,;:!?)")
}
