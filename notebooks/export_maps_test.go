package notebooks_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"sparseq/pkg/notebook"
)

// mapsPage is a page with two maps of words, in the plane and in space, and a figure that is none.
func mapsPage(t *testing.T) string {
	t.Helper()
	words := []string{"good", "goodness", "&lt;b&gt;bold&lt;/b&gt;"}
	for i := len(words); i < 60; i++ {
		words = append(words, fmt.Sprint("word", i))
	}
	var x, y, z []float64
	var notes []string
	for i, w := range words {
		x, y, z = append(x, float64(i%8)), append(y, float64(i/8)), append(z, float64(i%5))
		notes = append(notes, fmt.Sprintf("%s · %d times<br>sentiment: 0.5", w, i))
	}
	marker := map[string]any{"size": 12, "color": "#ff0000"}
	plane := map[string]any{"type": "scatter", "mode": "markers", "x": x, "y": y, "hovertext": notes, "hoverinfo": "text", "marker": marker}
	space := map[string]any{"type": "scatter3d", "mode": "markers", "x": x, "y": y, "z": z, "hovertext": notes, "hoverinfo": "text", "marker": marker}
	bars := map[string]any{"type": "bar", "y": x, "hovertext": notes}
	cells := []any{map[string]any{"cell_type": "markdown", "id": "a", "metadata": map[string]any{}, "source": "# Maps"}}
	for i, trace := range []any{plane, space, bars} {
		cells = append(cells, map[string]any{"cell_type": "code", "id": fmt.Sprint("c", i), "metadata": map[string]any{}, "source": "", "execution_count": 1,
			"outputs": []any{map[string]any{"output_type": "display_data", "metadata": map[string]any{}, "data": map[string]any{
				"application/vnd.plotly.v1+json": map[string]any{"data": []any{trace},
					"layout": map[string]any{"title": map[string]any{"text": fmt.Sprint("Map ", i)}, "meta": map[string]any{"alt": "A map"}, "height": 400}},
				"text/html": `<img alt="A map" src="data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=">`}}}})
	}
	b, err := json.Marshal(map[string]any{"nbformat": 4, "nbformat_minor": 5, "metadata": map[string]any{}, "cells": cells})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "92-maps.ipynb")
	if err := notebook.WriteFile(path, b); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if out, err := export(labRoot(t), folder, path); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return filepath.Join(folder, "92-maps.html")
}

// TestExportedMaps finds words on the maps with the keyboard alone, and sees that the one in space
// is drawn, without a network.
func TestExportedMaps(t *testing.T) {
	path := mapsPage(t)
	page := openBrowser(t, filepath.Join(os.TempDir(), "sparseq-maps.png"), withWebGL)
	said := console(page)
	page.do("the maps are drawn", chromedp.Navigate("file://"+path),
		holds(`document.querySelectorAll("figure.plotly").length == 3`), holds(noPictures),
		holds(`document.querySelectorAll(".search").length == 2`)) // bars are no map

	says := func(n int, want string) chromedp.Action {
		return holds(fmt.Sprintf(`document.querySelectorAll(".search output")[%d].textContent == %q`, n, want))
	}
	rings := func(n int, want string) chromedp.Action {
		return holds(fmt.Sprintf(`JSON.stringify((d => [d.x[0], d.y[0], d.z && d.z[0]])(
			document.querySelectorAll("figure.plotly > div")[%d].data.find(d => d.name == "found") ?? {x: [], y: []})) == %q`, n, want))
	}
	page.do("a word is found in the plane", chromedp.KeyEvent(kb.Tab+kb.Tab+kb.Tab+kb.Tab), // past skip link, header and colours
		holds(`document.activeElement == document.querySelector(".search input")`),
		chromedp.KeyEvent("good"), says(0, "good · 0 times, sentiment: 0.5 (1 of 2; Enter: the next)"), rings(0, `[0,0,null]`),
		holds(`document.querySelector(".hoverlayer .hovertext")?.textContent.includes("good · 0 times")`))
	page.do("and the next one", chromedp.KeyEvent(kb.Enter),
		says(0, "goodness · 1 times, sentiment: 0.5 (2 of 2; Enter: the next)"), rings(0, `[1,0,null]`))
	page.do("and none", chromedp.KeyEvent("x"), says(0, "none begins like this"), rings(0, `[null,null,null]`))
	page.do("a word is found in space", chromedp.SendKeys(`(//input[@type="search"])[2]`, "<b>", chromedp.BySearch),
		says(1, "<b>bold</b> · 2 times, sentiment: 0.5"), rings(1, `[2,0,2]`))

	var picture []byte
	page.do("the map in space has its points", chromedp.Screenshot(`(//figure)[2]`, &picture, chromedp.BySearch))
	if n := reds(t, picture); n < 500 {
		t.Errorf("%d red pixels", n)
	}
	page.do("in print, each figure is a picture", emulation.SetEmulatedMedia().WithMedia("print"),
		holds(`[...document.querySelectorAll("figure.plotly")].every(f =>
			f.querySelector("img").getClientRects().length == 1 && f.querySelector("div").getClientRects().length == 0)`))
	if asked := page.asked("file://"); len(asked) > 0 {
		t.Errorf("the page asks the network for %q", asked)
	}
	if lines := said(); len(lines) > 0 {
		t.Errorf("the browser complains: %q", lines)
	}
}

// reds counts the pixels of a picture in which red prevails.
func reds(t *testing.T, picture []byte) (n int) {
	t.Helper()
	m, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	for y := m.Bounds().Min.Y; y < m.Bounds().Max.Y; y++ {
		for x := m.Bounds().Min.X; x < m.Bounds().Max.X; x++ {
			if r, g, b, _ := m.At(x, y).RGBA(); r > 0xc000 && g < 0x4000 && b < 0x4000 {
				n++
			}
		}
	}
	return n
}

// TestExportedMapsWithoutWebGL opens the page in a browser that cannot draw in three dimensions.
func TestExportedMapsWithoutWebGL(t *testing.T) {
	path := mapsPage(t)
	page := openBrowser(t, filepath.Join(os.TempDir(), "sparseq-maps.png"), withoutWebGL)
	said := console(page)
	var remark string
	page.do("the map in space stays a picture", chromedp.Navigate("file://"+path),
		holds(`document.querySelectorAll("figure.plotly svg.main-svg").length >= 2 && document.querySelectorAll(".search").length == 1`),
		holds(`document.querySelectorAll("figure.plotly")[1].querySelector("img")?.alt == "A map"`),
		chromedp.Text("figcaption", &remark, chromedp.ByQuery))
	if !strings.Contains(remark, "lacks WebGL") {
		t.Errorf("the remark: %q", remark)
	}
	if lines := said(); len(lines) > 0 {
		t.Errorf("the browser complains: %q", lines)
	}
}
