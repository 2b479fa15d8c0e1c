package notebooks_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"sparseq/pkg/notebook"
)

// export turns executed notebooks into pages in folder.
func export(root, folder string, executed ...string) ([]byte, error) {
	args := append([]string{filepath.Join(root, "docker", "export", "export.py"), folder}, executed...)
	return exec.Command(filepath.Join(root, ".venv", "bin", "python"), args...).CombinedOutput()
}

// checkPages exports the executed lessons and looks at each page as a reader
// without a network does.
func checkPages(t *testing.T, root string, executed []string) {
	t.Helper()
	folder := t.TempDir()
	if out, err := export(root, folder, executed...); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, path := range executed {
		n, err := notebook.Read(path)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(path), ".ipynb")
		t.Run(name, func(t *testing.T) { checkPage(t, filepath.Join(folder, name+".html"), n) })
	}
	t.Run("access", func(t *testing.T) {
		source := axeCore(t, siteRoot(t))
		page := openBrowser(t, filepath.Join(os.TempDir(), "sparseq-page.png"), withWebGL)
		first := strings.TrimSuffix(filepath.Base(executed[0]), ".ipynb")
		page.do("the page opens", chromedp.Navigate("file://"+filepath.Join(folder, first+".html")), holds(noPictures))
		page.checkAccess(source)
	})
}

// found is what a page shows, as the browser sees it.
type found struct {
	Title, Lang, Viewport                string
	Figures, Named, Live, Static         int // figures: all, with a label, drawn, still a picture
	Formulas, Flat                       int // formulas: all, without a height
	Dollars                              bool
	Solutions, Open, Scripts, Unfinished int
	Width                                float64 // of the text, in pixels
}

const look = `(() => {
	const all = (s) => [...document.querySelectorAll(s)];
	const text = document.querySelector("main").cloneNode(true);
	for (const e of text.querySelectorAll("pre, code, script, figure")) e.remove();
	return {
		Title: document.title, Lang: document.documentElement.lang,
		Viewport: document.querySelector("meta[name=viewport]")?.content ?? "",
		Figures: all("figure.plotly").length,
		Named: all("figure.plotly").filter(f => f.getAttribute("aria-label")).length,
		Live: all("figure.plotly").filter(f => f.querySelector("svg.main-svg")?.getBoundingClientRect().height > 100).length,
		Static: all("figure.plotly img").filter(i => i.getClientRects().length > 0).length,
		Formulas: all("math").length,
		Flat: all("main > section > * math").filter(m => m.getBoundingClientRect().height < 5).length,
		Dollars: text.textContent.includes("$$") || text.textContent.includes("\\frac"),
		Solutions: all("main details > summary").length, Open: all("main details[open]").length,
		Scripts: all("main script:not([type='application/json'])").length,
		Width: document.querySelector("section.markdown").getBoundingClientRect().width,
	};
})()`

// noPictures holds when each figure is live: the static pictures are there for print alone.
const noPictures = `[...document.querySelectorAll("figure.plotly img")].every(i => i.getClientRects().length == 0)`

// checkPage opens one page and compares what it shows with its notebook.
func checkPage(t *testing.T, path string, n *notebook.Notebook) {
	t.Helper()
	figures, err := notebook.Figures(n)
	if err != nil {
		t.Fatal(err)
	}
	solutions := 0
	for _, c := range n.Cells {
		if c.Has(notebook.TagSolution) {
			solutions++
		}
	}
	page := openBrowser(t, filepath.Join(os.TempDir(), "sparseq-page.png"), withWebGL)
	said := console(page)
	var got found
	page.do("the page opens", chromedp.Navigate("file://"+path),
		holds(fmt.Sprintf(`document.querySelectorAll("figure.plotly svg.main-svg").length >= %d`, len(figures))),
		holds(noPictures),
		chromedp.Evaluate(look, &got))
	if asked := page.asked("file://"); len(asked) > 0 {
		t.Errorf("the page asks the network for %q", asked)
	}
	if lines := said(); len(lines) > 0 {
		t.Errorf("the browser complains: %q", lines)
	}
	if got.Title != n.Title() || got.Lang != "en" || got.Viewport == "" {
		t.Errorf("title %q, language %q, viewport %q", got.Title, got.Lang, got.Viewport)
	}
	if got.Figures != len(figures) || got.Named != got.Figures || got.Live != got.Figures || got.Static != 0 {
		t.Errorf("%d figures, of which %d say what they show, %d are live, %d still static; the notebook has %d",
			got.Figures, got.Named, got.Live, got.Static, len(figures))
	}
	if got.Dollars || got.Flat > 0 {
		t.Errorf("formulas are not rendered: %d of %d have no height, TeX is left: %v", got.Flat, got.Formulas, got.Dollars)
	}
	if got.Solutions != solutions || got.Open > 0 {
		t.Errorf("%d solutions, %d of them open; the notebook has %d", got.Solutions, got.Open, solutions)
	}
	if got.Scripts > 0 {
		t.Errorf("%d scripts stand in the lesson's text", got.Scripts)
	}
	if got.Width > 800 {
		t.Errorf("lines of text are %g pixels wide", got.Width)
	}
}

// console collects what the page's scripts and the browser itself complain of.
func console(p *browserPage) func() []string {
	var mu sync.Mutex
	var lines []string
	chromedp.ListenTarget(p.ctx, func(event any) {
		mu.Lock()
		defer mu.Unlock()
		switch e := event.(type) {
		case *runtime.EventConsoleAPICalled:
			if e.Type == runtime.APITypeError || e.Type == runtime.APITypeWarning {
				args, _ := json.Marshal(e.Args)
				lines = append(lines, fmt.Sprintf("%s %s", e.Type, args))
			}
		case *runtime.EventExceptionThrown:
			lines = append(lines, e.ExceptionDetails.Error())
		case *log.EventEntryAdded:
			// What the browser says of the speed of Plotly's own ways with WebGL is no complaint.
			if !strings.Contains(e.Entry.Text, "willReadFrequently") && !strings.Contains(e.Entry.Text, "GPU stall due to ReadPixels") {
				lines = append(lines, e.Entry.Text)
			}
		}
	})
	return func() []string {
		mu.Lock()
		defer mu.Unlock()
		return lines
	}
}

// hostile is an executed notebook with formulas, and with text that would act
// if it were not escaped.
func hostile(t *testing.T) string {
	t.Helper()
	const attack = `</script><script>document.title = "taken"</script><img src="https://example.org/x.png">`
	figure := map[string]any{
		"data": []any{map[string]any{"type": "scatter", "name": attack, "x": []int{1, 2}, "y": []int{2, 1}}},
		"layout": map[string]any{"title": map[string]any{"text": "A figure"}, "showlegend": true,
			"meta": map[string]any{"alt": `"` + attack}, "height": 300},
	}
	cell := func(kind, source string, outputs ...any) map[string]any {
		c := map[string]any{"cell_type": kind, "id": fmt.Sprint("c", len(source)), "metadata": map[string]any{}, "source": source}
		if kind == "code" {
			c["outputs"], c["execution_count"] = outputs, 1
		}
		return c
	}
	data := map[string]any{"nbformat": 4, "nbformat_minor": 5, "metadata": map[string]any{}, "cells": []any{
		cell("markdown", "# Formulas & figures\n\nInline $24\\cdot10^6$ and $y(t) = \\sigma(W_x^\\top X(t) + w_y\\,y(t-1) + b)$."),
		cell("markdown", "$$\n\\begin{aligned}\ni &= \\sigma(W_i x + U_i h + b_i) \\\\\nc_t &= f \\odot c_{t-1} + i \\odot g\n\\end{aligned}\n$$"),
		cell("markdown", "$$\\frac1k \\sum_{i=1}^k W_i(s),\\quad \\hat y = \\operatorname{softmax}(z),\\quad \\begin{bmatrix}1&0\\\\0&1\\end{bmatrix}$$"),
		cell("code", "%%\n// "+attack,
			map[string]any{"output_type": "stream", "name": "stdout", "text": attack},
			map[string]any{"output_type": "display_data", "metadata": map[string]any{}, "data": map[string]any{
				"application/vnd.plotly.v1+json": figure, "text/html": `<img alt="a" src="data:,">`, "text/plain": "x"}}),
	}}
	b, err := json.Marshal(data)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "90-hostile.ipynb")
	if err := notebook.WriteFile(path, b); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestExportEscapesAndRenders exports formulas, a figure and hostile text.
func TestExportEscapesAndRenders(t *testing.T) {
	root := labRoot(t)
	path := hostile(t)
	n, err := notebook.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	out, err := export(root, folder, path)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var report struct{ Figures, Formulas int }
	if err := json.Unmarshal(out, &report); err != nil || report.Figures != 1 || report.Formulas != 4 {
		t.Errorf("%v: it reports %s", err, out)
	}
	checkPage(t, filepath.Join(folder, "90-hostile.html"), n)
}

// TestExportRefusesBadFormulas sees that a formula that would show as raw TeX
// stops the export, with one line, and leaves the earlier page.
func TestExportRefusesBadFormulas(t *testing.T) {
	root := labRoot(t)
	folder := t.TempDir()
	page := filepath.Join(folder, "91-bad.html")
	if err := os.WriteFile(page, []byte("earlier"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, formula := range []string{`\undefinedmacro{x}`, `a & b`, `\left( x`, `\arg x`, `\mathbb{1}`} {
		n := &notebook.Notebook{Cells: []notebook.Cell{{Type: notebook.Markdown, Source: "# T\n\n$$" + formula + "$$"}}}
		path := filepath.Join(t.TempDir(), "91-bad.ipynb")
		if err := n.Write(path); err != nil {
			t.Fatal(err)
		}
		out, err := export(root, folder, path)
		if err == nil || !strings.Contains(string(out), `"error"`) || strings.Count(string(out), "\n") != 1 {
			t.Errorf("%s: %v, %s", formula, err, out)
		}
	}
	entries, err := os.ReadDir(folder)
	if b, _ := os.ReadFile(page); err != nil || string(b) != "earlier" || len(entries) != 1 {
		t.Errorf("the folder holds %v, the page %q", entries, b)
	}
}
