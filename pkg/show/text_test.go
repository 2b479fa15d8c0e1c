package show

import (
	"math"
	"strings"
	"testing"
)

func TestText(t *testing.T) {
	out := capture(t, func() {
		Text(Span{Text: "<script>alert(1)</script> a"}, Span{Text: "good", Weight: .5, Note: `"so"`}, Span{Text: "bad", Weight: -7},
			Span{Text: "film", Weight: math.NaN()}, Span{Text: "!", Weight: .04, Note: "too faint"}, Span{Text: "<pad>", Note: "no word"})
	})
	want := `&lt;script&gt;alert(1)&lt;/script&gt; a ` +
		`<span style="color:#000;background:#acd1e6;border-bottom:2px solid #0072b2" title="&#34;so&#34;">good</span> ` +
		`<span style="color:#000;background:#e69e66;border-bottom:3px dotted #d55e00" title="-1.00">bad</span> film! ` +
		`<span style="border-bottom:1px dotted" title="no word">&lt;pad&gt;</span></div>`
	if !strings.HasSuffix(out[0].HTML, ">"+want) {
		t.Errorf("got %s\nwant %s", out[0].HTML, want)
	}
	if want := "<script>alert(1)</script> a good[+0.50] bad[-1.00] film! <pad>"; out[0].Plain != want {
		t.Errorf("plain: %s", out[0].Plain)
	}
}

// Running text keeps its spaces and lines, and white space is never tinted.
func TestTextKeepsSpacing(t *testing.T) {
	spans := []Span{{Text: "Not"}, {Text: " "}, {Text: "well", Weight: .3}, {Text: "-"}, {Text: "made", Weight: .2}, {Text: ".\n\n"},
		{Text: "  bad\u00a0\t", Weight: -.3}, {Text: "("}, {Text: "sic", Weight: 1}, {Text: ")"}}
	elements, text := wellFormed(t, spansHTML(spans))
	if want := "Not well-made.\n\n  bad\u00a0\t(sic)"; text != want || len(elements) != 4 {
		t.Errorf("%d elements, %q", len(elements), text)
	}
	if html := spansHTML(spans); !strings.Contains(html, "\n\n  <span") || !strings.Contains(html, ">bad</span>\u00a0\t(") {
		t.Errorf("white space is tinted: %s", html)
	}
	if got := spansPlain(spans); got != "Not well[+0.30]-made[+0.20].\n\n  bad[-0.30]\u00a0\t(sic[+1.00])" {
		t.Errorf("plain: %q", got)
	}
}

// A long review stays light: plain words are no elements, and a coloured one costs little.
func TestTextIsLight(t *testing.T) {
	var faint, strong []Span
	for i := range 10_000 {
		faint = append(faint, Span{Text: "word ", Weight: .049 * math.Sin(float64(i))})
		strong = append(strong, Span{Text: "wonderful ", Weight: math.Copysign(1, math.Sin(float64(i))), Note: "adds -0.123 to the score"})
	}
	if html := spansHTML(faint); strings.Contains(html, "<") || len(html) != 50_000 {
		t.Errorf("%d bytes of plain words", len(html))
	}
	if html := spansHTML(strong); len(html) > 10_000*150 {
		t.Errorf("%d bytes a coloured word", len(html)/10_000)
	}
}

func TestTextScale(t *testing.T) {
	out := capture(t, func() { TextScale("says <negative>", "says positive", Span{Text: "good", Weight: .5}) })
	for _, want := range []string{">orange, dotted line</span> says &lt;negative&gt; ", ">blue, solid line</span> says positive ", ">good</span></div>"} {
		if !strings.Contains(out[0].HTML, want) {
			t.Errorf("no %s in %s", want, out[0].HTML)
		}
	}
	if want := "[-] says <negative>, [+] says positive\ngood[+0.50]"; out[0].Plain != want {
		t.Errorf("plain: %q", out[0].Plain)
	}
}

// The contrast of black text is at least 4.5 : 1 (WCAG 2, level AA), on every tint.
func TestTextContrast(t *testing.T) {
	linear := func(c uint8) float64 {
		x := float64(c) / 255
		if x <= .04045 {
			return x / 12.92
		}
		return math.Pow((x+.055)/1.055, 2.4)
	}
	for w := -1.0; w <= 1; w += .01 {
		r, g, b := tint(w)
		luminance := .2126*linear(r) + .7152*linear(g) + .0722*linear(b)
		if contrast := (luminance + .05) / .05; contrast < 7 {
			t.Errorf("weight %.2f: contrast %.1f", w, contrast)
		}
	}
}

func TestNote(t *testing.T) {
	out := capture(t, func() { Note("a <b>", "c") })
	if !strings.Contains(out[0].HTML, "a &lt;b&gt;\nc") || out[0].Plain != "a <b>\nc" {
		t.Errorf("%+v", out[0])
	}
	out = capture(t, func() { Markdown("**x**") })
	if out[0].Data["text/markdown"] != "**x**" || out[0].HTML != "" {
		t.Errorf("%+v", out[0])
	}
}
