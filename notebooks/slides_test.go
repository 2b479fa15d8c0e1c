package notebooks_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"sparseq/pkg/checkout"
	"sparseq/pkg/fetch"
	"sparseq/pkg/notebook"
)

// revealPackage fetches the npm package that the slides hold, once.
func revealPackage(t *testing.T, root string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "docker", "slides", "reveal.json"))
	if err != nil {
		t.Fatal(err)
	}
	var pin struct{ File, URL, SHA256 string }
	if err := json.Unmarshal(text, &pin); err != nil {
		t.Fatal(err)
	}
	data, err := checkout.Data()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(data, "downloads", pin.File)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := fetch.Download(t.Context(), pin.URL, path, pin.SHA256, nil); err != nil {
		if strings.Contains(err.Error(), "no network") {
			t.Skip(err)
		}
		t.Fatal(err)
	}
	return path
}

// makeSlides turns executed notebooks into slides in folder.
func makeSlides(t *testing.T, folder string, executed ...string) {
	t.Helper()
	root := labRoot(t)
	args := append([]string{filepath.Join(root, "docker", "slides", "slides.py"), folder, revealPackage(t, root)}, executed...)
	if out, err := exec.Command(filepath.Join(root, ".venv", "bin", "python"), args...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// deck is an executed notebook with what is hard to lay out: text that would act if it were not
// escaped, formulas, figures, much code, a long output, a wide table.
func deck(t *testing.T) string {
	t.Helper()
	const attack = `</script><script>document.title = "taken"</script><img src="https://example.org/x.png">`
	var cells []any
	cell := func(kind, slide, source string, outputs ...any) map[string]any {
		c := map[string]any{"cell_type": kind, "id": fmt.Sprint("c", len(cells)), "source": source,
			"metadata": map[string]any{"slideshow": map[string]any{"slide_type": slide}}}
		if kind == notebook.Code {
			c["outputs"], c["execution_count"] = append([]any{}, outputs...), 1
		}
		cells = append(cells, c)
		return c
	}
	figure := func(height int) map[string]any {
		return display(map[string]any{"text/html": `<img alt="a" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">`, "application/vnd.plotly.v1+json": map[string]any{
			"data": []any{map[string]any{"type": "scatter", "name": attack, "x": []int{1, 2}, "y": []int{2, 1}}},
			"layout": map[string]any{"title": map[string]any{"text": "A figure"}, "showlegend": true, "height": height,
				"meta": map[string]any{"alt": `"` + attack}}}})
	}
	cell("markdown", "slide", "# A deck & its title\n\nInline $24\\cdot10^6$ and $y(t) = \\sigma(W_x^\\top X(t) + b)$.")
	cell("markdown", "skip", "## Left out")
	cell("code", "skip", "const leftOut = 1")
	cell("markdown", "slide", "## 1 · Output after the guess\n\n**Guess:** what comes?")
	cell("code", "-", "%%\n// "+attack, stream(attack+"\nthe answer"))
	cell("markdown", "-", "**What you see:** an answer.")
	cell("markdown", "slide", "## 2 · Figures\n\n$$\n\\begin{aligned}\ni &= \\sigma(W_i x + b_i) \\\\\nc_t &= f \\odot c_{t-1}\n\\end{aligned}\n$$")
	cell("code", "-", "%%\nshow.Figure(a)", figure(400))
	cell("code", "subslide", "%%\nshow.Figure(b)", figure(770))
	cell("markdown", "slide", "## 3 · Much of it\n\n"+strings.Repeat("Text that goes on and on. ", 20))
	cell("code", "-", strings.TrimSpace(strings.Repeat("\tx := append(x, strings.Repeat(\"a rather long line of code\", 1000)...) // its end\n", 30)),
		stream(strings.Repeat("a line of output\n", 60)),
		display(map[string]any{"text/html": "<table><tr>" + strings.Repeat("<td>unbreakable_content</td>", 14) + "</tr></table>"}))
	cell("markdown", "-", strings.Repeat("A paragraph that needs some room on its slide, as paragraphs do.\n\n", 14))
	cell("markdown", "slide", "## Exercises\n\n**A.** Your turn.")
	cell("code", "-", "func f() int {\n\treturn 0\n}")["metadata"].(map[string]any)["tags"] = []string{"exercise"}
	cell("code", "-", "lesson.Check(\"A\", f(), 1)", stream("a stub's failure"))["metadata"].(map[string]any)["tags"] = []string{"check"}
	cell("markdown", "-", "<details><summary>Solution</summary>\n\n```go\n"+strings.Repeat("return 1 // the answer\n", 9)+"```\n\n</details>")
	b, err := json.Marshal(map[string]any{"nbformat": 4, "nbformat_minor": 5, "metadata": map[string]any{}, "cells": cells})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "93-deck.ipynb")
	if err := notebook.WriteFile(path, b); err != nil {
		t.Fatal(err)
	}
	return path
}

// reference matches what would make a browser ask another host.
var reference = regexp.MustCompile(`(?i)(?:<(?:script|img|link|iframe)[^>]+(?:src|href)=["']?|url\(["']?|@import\s+["']?|\bimport\(?\s*["']|\bfrom\s+["'])https?:[^"'\s)>]*`)

// slideSeen is one slide, as the browser shows it.
type slideSeen struct {
	Text            string
	Height          float64  // of its page, in pixels
	Wide            []string // what runs off the slide
	Figures, Live   int
	Formulas, Flat  int
	Solutions, Open int
	Hidden          bool // something waits for the next step
	Smallest        float64
	Last            bool
}

// lookAtSlide looks at the present slide.
const lookAtSlide = `(() => {
	const page = Reveal.getCurrentSlide().querySelector(".page");
	const all = (s) => [...page.querySelectorAll(s)];
	const edge = page.getBoundingClientRect().right + 1;
	return {
		Text: page.textContent, Height: page.offsetHeight,
		Wide: all("*").filter(e => !e.closest(".scrolls, .drawing, math") && e.getClientRects().length && e.getBoundingClientRect().right > edge)
			.map(e => e.outerHTML.slice(0, 80)),
		Figures: all("figure.plotly").length, Live: all("figure.live .drawing svg.main-svg, figure.live .drawing canvas").length > 0 ? all("figure.live").length : 0,
		Formulas: all("math").length, Flat: all("math").filter(m => m.getBoundingClientRect().height < 5).length,
		Solutions: all("details").length, Open: all("details[open]").length,
		Hidden: all(".fragment:not(.visible)").length > 0,
		Smallest: Math.min(99, ...all("p, li, td, pre").map(e => parseFloat(getComputedStyle(e).fontSize))),
		Last: Reveal.isLastSlide(),
	};
})()`

// lookAtAll goes through all slides at once; figures, which are drawn when there is time, stay pictures.
const lookAtAll = `Reveal.getSlides().map((slide) => {
	const { h, v } = Reveal.getIndices(slide);
	Reveal.slide(h, v);
	return ` + lookAtSlide + `;
})`

// walk steps through the slides as a teacher does, and looks at each when all of it is shown.
func walk(page *browserPage) []slideSeen {
	var slides []slideSeen
	for range 300 {
		var seen slideSeen
		page.do("a slide", chromedp.Evaluate(lookAtSlide, &seen))
		if !seen.Hidden {
			if seen.Figures > 0 {
				page.do("its figures are drawn", holds(`Reveal.getCurrentSlide().querySelectorAll("figure.plotly:not(.live)").length == 0`),
					chromedp.Evaluate(lookAtSlide, &seen))
			}
			slides = append(slides, seen)
			if seen.Last {
				return slides
			}
		}
		page.do("the next step", chromedp.KeyEvent(kb.ArrowRight))
	}
	page.t.Fatal("the slides have no end")
	return nil
}

// openSlides opens a page of slides in a browser that has no network to ask.
func openSlides(t *testing.T, path string) *browserPage {
	t.Helper()
	page := openBrowser(t, filepath.Join(os.TempDir(), "sparseq-slides.png"), withWebGL)
	said := console(page)
	t.Cleanup(func() {
		if asked := page.asked("file://"); len(asked) > 0 {
			t.Errorf("the slides ask the network for %q", asked)
		}
		if lines := said(); len(lines) > 0 {
			t.Errorf("the browser complains: %q", lines)
		}
	})
	page.do("the slides open", chromedp.Navigate("file://"+path), holds(`window.Reveal?.isReady()`))
	return page
}

// fits sees that a slide holds what is on it, in letters that a room can read.
func (s slideSeen) fits(t *testing.T) {
	t.Helper()
	head := strings.Join(strings.Fields(s.Text), " ")
	if s.Height > 664 || len(s.Wide) > 0 {
		t.Errorf("a slide is %g pixels high and lets run off %q: %.80s", s.Height, s.Wide, head)
	}
	if s.Smallest < 10 {
		t.Errorf("letters of %g pixels of 720: %.80s", s.Smallest, head)
	}
	if s.Live != s.Figures || s.Flat > 0 {
		t.Errorf("%d of %d figures are live, %d of %d formulas flat: %.80s", s.Live, s.Figures, s.Flat, s.Formulas, head)
	}
}

// TestSlides steps through slides without a network.
func TestSlides(t *testing.T) {
	folder := t.TempDir()
	makeSlides(t, folder, deck(t))
	path := filepath.Join(folder, "93-deck.html")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if found := reference.FindAll(regexp.MustCompile(`(?s)<main.*</main>`).ReplaceAll(text, nil), -1); len(found) > 0 {
		t.Errorf("the page refers to %q", found)
	}

	page := openSlides(t, path)
	var title string
	page.do("its title", chromedp.Title(&title))
	if title != "A deck & its title" {
		t.Errorf("the title is %q", title)
	}
	var whole strings.Builder
	figures, formulas, solutions := 0, 0, 0
	slides := walk(page)
	for _, s := range slides {
		s.fits(t)
		whole.WriteString(s.Text + "\n")
		figures, formulas, solutions = figures+s.Figures, formulas+s.Formulas, solutions+s.Solutions
		if s.Open > 0 {
			t.Error("a solution is open")
		}
	}
	if figures != 2 || formulas != 3 || solutions != 1 {
		t.Errorf("%d figures, %d formulas, %d solutions on the slides", figures, formulas, solutions)
	}
	for _, want := range []string{"A deck & its title", "What you see: an answer.", "a line of output", "unbreakable_content", "return 1 // the answer", "document.title"} {
		if !strings.Contains(whole.String(), want) {
			t.Errorf("no slide shows %q", want)
		}
	}
	for _, none := range []string{"Left out", "leftOut", "a stub's failure"} {
		if strings.Contains(whole.String(), none) {
			t.Errorf("a slide shows %q", none)
		}
	}

	// A figure answers to the pointer, though it is enlarged.
	var point struct{ X, Y float64 }
	page.do("a figure", chromedp.Evaluate(`(() => { const { h, v } = Reveal.getIndices(document.querySelector("figure").closest("section")); Reveal.slide(h, v, 9); })()`, nil),
		holds(`Reveal.getCurrentSlide().querySelector(".drawing .point")`),
		chromedp.Evaluate(`(() => { const r = Reveal.getCurrentSlide().querySelector(".drawing .point").getBoundingClientRect();
			return { X: r.x + r.width / 2, Y: r.y + r.height / 2 }; })()`, &point))
	page.do("its note", waitUntil(func() bool {
		var noted bool
		err := chromedp.Run(page.ctx, chromedp.MouseEvent(input.MouseMoved, point.X-9, point.Y), chromedp.MouseEvent(input.MouseMoved, point.X, point.Y),
			chromedp.Evaluate(`Reveal.getCurrentSlide().querySelector(".hoverlayer .hovertext") != null`, &noted))
		return err == nil && noted
	}))

	// The solution is on the last slide: S shows it, and it has its room.
	var open slideSeen
	page.do("the solution", chromedp.KeyEvent(kb.End), holds(`Reveal.isLastSlide()`), chromedp.KeyEvent("s"), holds(`Reveal.getCurrentSlide().querySelector("details").open`),
		chromedp.Evaluate(lookAtSlide, &open))
	open.fits(t)

	// The output of slide 2 waits for the guess.
	var shown []float64
	page.do("the guess", chromedp.Evaluate(`Reveal.slide(1, 0, -1)`, nil), holds(`Reveal.getIndices().h == 1`),
		chromedp.Evaluate(`[...Reveal.getCurrentSlide().querySelectorAll(".output")].map(e => Number(getComputedStyle(e).opacity))`, &shown))
	if len(shown) != 1 || shown[0] != 0 {
		t.Errorf("output before the guess: opacity %v", shown)
	}
	page.do("the answer", chromedp.KeyEvent(" "),
		holds(`getComputedStyle(Reveal.getCurrentSlide().querySelector(".output")).opacity == 1`))
}

// checkSlides sees that the slides of those of the executed lessons that are named hold what is on
// them, and leave nothing out.
func checkSlides(t *testing.T, executed []string, names ...string) {
	t.Helper()
	folder := t.TempDir()
	executed = slices.DeleteFunc(slices.Clone(executed), func(path string) bool {
		return !slices.Contains(names, strings.TrimSuffix(filepath.Base(path), ".ipynb"))
	})
	if len(executed) == 0 {
		t.Skip("none of these lessons was run: ", names)
	}
	makeSlides(t, folder, executed...)
	for _, path := range executed {
		n, err := notebook.Read(path)
		if err != nil {
			t.Fatal(err)
		}
		n.Cells = slices.DeleteFunc(n.Cells, func(c notebook.Cell) bool { return c.Slide == "skip" })
		figures, err := notebook.Figures(n)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(path), ".ipynb")
		t.Run(name, func(t *testing.T) {
			page := openSlides(t, filepath.Join(folder, name+".html"))
			var slides []slideSeen
			page.do("all slides", chromedp.Evaluate(lookAtAll, &slides))
			shown, solutions := 0, 0
			for _, s := range slides {
				shown, solutions = shown+s.Figures, solutions+s.Solutions
				s.Live = s.Figures
				s.fits(t)
			}
			exercises := 0
			for _, c := range n.Cells {
				if c.Has(notebook.TagSolution) {
					exercises++
				}
			}
			if shown != len(figures) || solutions != exercises {
				t.Errorf("%d figures and %d solutions on %d slides; the notebook has %d and %d", shown, solutions, len(slides), len(figures), exercises)
			}
		})
	}
}
