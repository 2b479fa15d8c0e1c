package notebooks_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"sparseq/pkg/imdb"
	"sparseq/pkg/notebook"
)

// siteRoot is this checkout, set up; the test is skipped unless a browser is to be opened.
func siteRoot(t *testing.T) string {
	t.Helper()
	if os.Getenv("SPARSEQ_BROWSER") == "" {
		t.Skip("make test opens the pages in a browser (SPARSEQ_BROWSER=1)")
	}
	return setUp(t)
}

// jsonCell is a cell of an executed notebook.
func jsonCell(kind, source string, outputs ...map[string]any) map[string]any {
	c := map[string]any{"cell_type": kind, "metadata": map[string]any{}, "source": source}
	if kind == notebook.Code {
		c["outputs"], c["execution_count"] = append([]map[string]any{}, outputs...), 1
	}
	return c
}

func stream(text string) map[string]any {
	return map[string]any{"output_type": "stream", "name": "stdout", "text": text}
}

func display(data map[string]any) map[string]any {
	return map[string]any{"output_type": "display_data", "metadata": map[string]any{}, "data": data}
}

// writeExecuted writes an executed copy with the cells; run is what it records of its run.
func writeExecuted(t *testing.T, path string, run notebook.Run, cells ...map[string]any) {
	t.Helper()
	for i := range cells {
		cells[i]["id"] = fmt.Sprint("cell-", i)
	}
	b, err := json.Marshal(map[string]any{"nbformat": 4, "nbformat_minor": 5, "metadata": map[string]any{"sparseq": run}, "cells": cells})
	if err != nil {
		t.Fatal(err)
	}
	if err := notebook.WriteFile(path, b); err != nil {
		t.Fatal(err)
	}
}

const markup = `<script>document.title = "taken"</script>`

// site is a folder of pages of four lessons: one that was run and shows all that lessons show, one
// on the bundled sample, one whose run failed, and one that was not run.
func site(t *testing.T, root string) string {
	t.Helper()
	lab := t.TempDir()
	for _, name := range []string{"docker", ".venv"} {
		if err := os.Symlink(filepath.Join(root, name), filepath.Join(lab, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(lab, "go.mod"), []byte("module sparseq\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	folder, executed := filepath.Join(lab, "data", "html"), filepath.Join(lab, "data", "runs", "executed")
	run := func(name, title string) notebook.Run {
		n := &notebook.Notebook{Cells: []notebook.Cell{{Type: notebook.Markdown, Source: "# " + title, Slide: "slide"}}}
		if err := n.Write(filepath.Join(lab, "notebooks", name+".ipynb")); err != nil {
			t.Fatal(err)
		}
		return notebook.Run{Seconds: 75, Source: n.Hash(), OK: true}
	}

	wide := strings.Repeat("a long line of code ", 20)
	row := strings.Repeat("| a column ", 20) + "|\n"
	table := "<table><thead><tr>" + strings.Repeat(`<th scope="col">a column</th>`, 20) + "</tr></thead><tbody><tr>" + strings.Repeat("<td>1</td>", 20) + "</tr></tbody></table>"
	var x []int
	var notes []string
	for i := range 60 {
		x, notes = append(x, i), append(notes, fmt.Sprint("word", i))
	}
	figure := map[string]any{
		"data": []any{map[string]any{"type": "scatter", "mode": "markers", "x": x, "y": x, "hovertext": notes, "marker": map[string]any{"color": "#0072b2"}}},
		"layout": map[string]any{"title": map[string]any{"text": "A figure"}, "meta": map[string]any{"alt": "Points along a line"},
			"font": map[string]any{"color": "#2a3f5f"}, "paper_bgcolor": "#ffffff", "plot_bgcolor": "#ffffff", "height": 400},
	}
	picture := `<img alt="Points along a line" src="data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSI3MDAiIGhlaWdodD0iNDAwIi8+">`
	writeExecuted(t, filepath.Join(executed, "90-whole.ipynb"), run("90-whole", "90 · A whole lesson"),
		jsonCell("markdown", "# 90 · A whole lesson\n\nIt shows **what** lessons show, and `"+markup+"`."),
		jsonCell("markdown", "## 1 · Gradients\n\nThey vanish, says `rnn.Simple`.\n\n"+row+strings.Repeat("|---", 20)+"|\n"+row),
		jsonCell("code", "// "+wide+"\nfunc main() { fmt.Println(\"a\", 1.5, nil) }", stream(wide), display(map[string]any{"text/html": table, "text/plain": "x"})),
		jsonCell("code", "%%\nshow.Figure(figure)", display(map[string]any{"application/vnd.plotly.v1+json": figure, "text/html": picture, "text/plain": "x"}),
			display(map[string]any{"application/vnd.sparseq.results+json": map[string]any{"whole.accuracy": .875}})),
		jsonCell("markdown", "### A detail\n\nGradients again.\n\n$$\\sum_{i=1}^k W_i(s)$$\n\n<details><summary>Solution</summary>\n\nA hidden zebra.\n\n</details>"),
		jsonCell("markdown", "## 1 · Gradients\n\nThe same heading once more."))
	t.Setenv("SPARSEQ_IMDB", "sample")
	sample, err := imdb.Load(imdb.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	writeExecuted(t, filepath.Join(executed, "91-sample.ipynb"), run("91-sample", "91 · On the sample"),
		jsonCell("markdown", "# 91 · On the sample\n\nA lesson of embeddings."), jsonCell("code", "%%", stream(sample.Source.String())))
	broken := run("92-broken", "92 · Broken")
	broken.OK = false
	writeExecuted(t, filepath.Join(lab, "92-broken.ipynb"), broken, jsonCell("markdown", "# 92 · Broken `"+markup+"`\n\nIt fails."),
		jsonCell("code", "%%", map[string]any{"output_type": "error", "ename": "ERROR", "evalue": "panic: " + markup, "traceback": []string{}}))
	if out, err := export(root, folder, filepath.Join(lab, "92-broken.ipynb")); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	run("93-later", "93 · Later")

	cmd := exec.Command("go", "run", "./pkg/cmd/lab", "html", "90", "91")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "SPARSEQ_ROOT="+lab, "SPARSEQ_DATA=")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return folder
}

// TestSite uses the pages as a reader does who has no network.
func TestSite(t *testing.T) {
	root := siteRoot(t)
	source, folder := axeCore(t, root), site(t, root)
	page := openBrowser(t, filepath.Join(os.TempDir(), "sparseq-site.png"))
	said := console(page)
	text := func(selector string) string {
		return fmt.Sprintf(`[...document.querySelectorAll(%q)].map(e => e.textContent.trim().replace(/\s+/g, " ")).join(" | ")`, selector)
	}
	same := func(what, expression, want string) {
		t.Helper()
		var got string
		page.do(what, chromedp.Evaluate(expression, &got))
		if got != want {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}

	emptied := chromedp.Evaluate(`document.querySelector("#words").value = ""; true`, nil)

	page.do("the index opens", chromedp.Navigate("file://"+filepath.Join(folder, "index.html")), holds(`!document.querySelector("form").hidden`))
	same("the lessons", text(".lessons h2"), "90 · A whole lesson | 91 · On the sample | 92 · Broken "+markup+" | 93 · Later")
	same("what became of them", `[...document.querySelectorAll(".status")].map(e => e.className + ": " + e.textContent.replace(/\d{4}-\d\d-\d\d/, "DAY")).join(" | ")`,
		"status good: run on DAY in 75 s | status good: run on DAY in 75 s, on the bundled sample | status failed: failed on DAY: panic: "+markup+" | status none: not run")
	same("what holds for all", `document.querySelector(".remark").textContent.split(" were")[0]`, "1 of 3 lessons here")
	same("the pictures", `[...document.querySelectorAll(".lessons img")].map(i => i.alt + " " + i.naturalWidth).join(" | ")`, "Points along a line 700")
	same("the results", text(".lessons tbody td"), "whole.accuracy | 0.875 | ")
	page.do("the first stop of the keyboard skips the header", chromedp.KeyEvent(kb.Tab),
		holds(`document.activeElement.className == "skip" && document.activeElement.getBoundingClientRect().left >= 0`),
		chromedp.KeyEvent(kb.Enter), holds(`document.activeElement.id == "lessons"`))
	page.checkAccess(source)

	page.do("words are found", chromedp.SendKeys("#words", "gradient", chromedp.ByQuery), holds(`document.querySelectorAll("#found li").length == 3`))
	same("headings first", text("#found a"), "1 · Gradients | 1 · Gradients | A detail")
	same("words are marked", text("#found mark"), "Gradient | Gradient | Gradient")
	page.do("two words narrow it", chromedp.SendKeys("#words", " RNN", chromedp.ByQuery), holds(`document.querySelector("form output").textContent == "1 section found."`))
	page.do("solutions are not found", emptied, chromedp.SendKeys("#words", "zebra", chromedp.ByQuery),
		holds(`document.querySelector("form output").textContent == "Nothing found."`))
	page.checkAccess(source)
	page.do("a result leads to its heading", emptied, chromedp.SendKeys("#words", "once more", chromedp.ByQuery),
		holds(`document.querySelectorAll("#found li").length == 1`), chromedp.Click("#found a", chromedp.ByQuery),
		waitUntil(func() (there bool) { // the page that is left answers no more
			return chromedp.Run(page.ctx, chromedp.Evaluate(
				`location.pathname.endsWith("90-whole.html") && document.querySelector(":target")?.localName == "h2"`, &there)) == nil && there
		}))
	same("which is the second of its name", `document.querySelector(":target").id`, "1-·-Gradients-2")

	page.do("the lesson has its figure", holds(`document.querySelector("figure.live svg.main-svg")`), holds(noPictures))
	page.checkAccess(source)
	same("contents", text(".contents li"), "1 · Gradients | A detail | 1 · Gradients")
	same("neighbours", text("footer .neighbours a"), "91 · On the sample →")
	same("one title", `[...document.querySelectorAll("h1")].map(e => e.firstChild.textContent).join(" | ")`, "90 · A whole lesson")
	same("its name", `document.title`, "90 · A whole lesson")
	page.do("what is too wide is within reach of the keyboard", emulation.SetDeviceMetricsOverride(390, 900, 1, false),
		holds(`["pre", ".outputs", ".scroll"].every(s => [...document.querySelectorAll("main " + s)].some(e => e.tabIndex == 0 && e.getAttribute("aria-label")))`))
	page.do("and no longer where there is room", emulation.SetDeviceMetricsOverride(6000, 900, 1, false),
		holds(`[...document.querySelectorAll("main [aria-label*=wider]")].every(e => e.scrollWidth > e.clientWidth)`))
	paper := `(document.querySelector("figure.plotly > div")?._fullLayout?.paper_bgcolor ?? "")`
	dark := `getComputedStyle(document.body).backgroundColor == "rgb(13, 17, 23)"`
	page.do("the dark is chosen, and figures follow", screen(1280, false), holds(paper+` == "#ffffff"`),
		chromedp.Evaluate(`(s => { s.value = "dark"; s.dispatchEvent(new Event("change")); })(document.querySelector(".colours select")); true`, nil),
		holds(dark), holds(paper+` == "rgb(13,17,23)"`),
		holds(`document.querySelector("figure.plotly > div").data[0].marker.color == "rgb(65,187,255)"`)) // was #0072b2
	page.do("and remembered", chromedp.Reload(), holds(dark), holds(`document.querySelector(".colours select").value == "dark"`), holds(paper+` == "rgb(13,17,23)"`))
	page.do("on paper all is light, and code wraps", emulation.SetEmulatedMedia().WithMedia("print"),
		holds(`getComputedStyle(document.body).backgroundColor == "rgb(255, 255, 255)"`),
		holds(`[...document.querySelectorAll(".highlight pre")].every(e => e.scrollWidth <= e.clientWidth + 1)`),
		holds(`document.querySelector("figure img").getClientRects().length == 1`))
	page.do("on other pages too", screen(1280, false), chromedp.Navigate("file://"+filepath.Join(folder, "index.html")), holds(dark))

	if asked := page.asked("file://"); len(asked) > 0 {
		t.Errorf("the pages ask the network for %q", asked)
	}
	if lines := said(); len(lines) > 0 {
		t.Errorf("the browser complains: %q", lines)
	}
}
