package show

import (
	"math"
	"strings"
	"testing"
)

func TestText(t *testing.T) {
	out := capture(t, func() {
		Text(Span{Text: "<script>alert(1)</script> a"}, Span{Text: "good", Weight: .5, Note: `"so"`}, Span{Text: "bad ", Weight: -7},
			Span{Text: "film", Weight: math.NaN()})
	})
	html := out[0].HTML
	for _, want := range []string{
		"&lt;script&gt;alert(1)&lt;/script&gt; a <span", `title="&#34;so&#34;, weight +0.50"`, "3px solid", ">good</span> <span",
		`title="weight -1.00"`, "3px dotted", ">bad </span>film",
	} {
		if !strings.Contains(html, want) {
			t.Errorf("no %s in %s", want, html)
		}
	}
	if want := "<script>alert(1)</script> a good[+0.50] bad [-1.00]film"; out[0].Plain != want {
		t.Errorf("plain: %s", out[0].Plain)
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
