package notebooks_test

import (
	"cmp"
	"context"
	"encoding/json"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// TestLabInABrowser does what a learner does: opens a lesson, runs all its cells, looks at a
// figure, saves, comes back, and finds the figure again.
func TestLabInABrowser(t *testing.T) {
	if os.Getenv("SPARSEQ_BROWSER") == "" {
		t.Skip("make test opens the lab in a browser")
	}
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	// A copy, since it is saved; within the lab's own folder, since that is what the lab serves.
	folder := filepath.Join(root, "data", "runs", "browser")
	lesson, err := os.ReadFile("00-encoding.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(folder, "00-encoding.ipynb")
	if err := os.WriteFile(copied, lesson, 0o644); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if !t.Failed() { // else the notebook and the picture tell what happened
			os.RemoveAll(folder)
		}
	})

	page := openBrowser(t, filepath.Join(folder, "failure.png"))
	lab := startLab(t, root, "SPARSEQ_QUICK=1")
	open := func(path string) chromedp.Action {
		return chromedp.Navigate(lab.url + path + "?reset&token=" + lab.token)
	}

	page.do("the launcher offers the Go kernel and no other",
		open("/lab"),
		chromedp.WaitVisible(`.jp-LauncherCard`, chromedp.ByQuery),
		holds(`(() => {
			const cards = [...document.querySelectorAll('.jp-LauncherCard[data-category="Notebook"]')];
			return cards.length == 1 && cards[0].textContent.trim() == 'Go';
		})()`))

	page.do("the lesson opens", open("/lab/tree/data/runs/browser/00-encoding.ipynb"),
		chromedp.WaitVisible(`.jp-Notebook .jp-CodeCell`, chromedp.ByQuery),
		holds(`document.querySelector('.jp-NotebookPanel-toolbar .jp-KernelName')?.textContent.includes('Go')`))

	page.do("all cells run",
		chromedp.Click(`//*[contains(@class,"lm-MenuBar-itemLabel")][text()="Run"]`, chromedp.BySearch),
		chromedp.QueryAfter(`.lm-Menu li[data-command="runmenu:run-all"]`, pointAndClick, chromedp.ByQuery),
		holds(`[...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].some(p => /\d/.test(p.textContent))`),
		holds(`document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status == 'idle' &&
			![...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].some(p => p.textContent.includes('*'))`))

	page.do("a figure is live", liveFigure)

	page.do("the notebook is saved", chromedp.KeyEvent("s", chromedp.KeyModifiers(input.ModifierCtrl)),
		waitUntil(func() bool { return executed(t, copied) }))

	quiet := holds(`document.querySelectorAll('.Toastify__toast').length == 0`)
	page.do("no news pop up", quiet)
	page.do("the figure is there after a reload", chromedp.Reload(),
		chromedp.WaitVisible(`.jp-Notebook .jp-CodeCell`, chromedp.ByQuery),
		liveFigure)

	page.do("nothing else pops up", quiet)
	if asked := page.asked(lab.url); len(asked) > 0 {
		t.Errorf("the page asked the network for %s", strings.Join(asked, ", "))
	}
}

// liveFigure scrolls down to a figure that JupyterLab's Plotly drew, and waits for its answer to
// the pointer. A saved figure is a picture until the pointer first comes to it.
var liveFigure = chromedp.ActionFunc(func(ctx context.Context) error {
	const figure = `document.querySelector('.jp-OutputArea .jp-RenderedPlotly')`
	var there, hovering bool
	var box struct{ X, Y float64 }
	return chromedp.Tasks{
		waitUntil(func() bool { // JupyterLab draws what comes into view
			_ = chromedp.Run(ctx,
				chromedp.Evaluate(figure+` !== null`, &there),
				input.DispatchMouseEvent(input.MouseWheel, 700, 450).WithDeltaX(0).WithDeltaY(300))
			return there
		}),
		waitUntil(func() bool {
			err := chromedp.Run(ctx,
				chromedp.Evaluate(`(() => {
					const f = `+figure+`;
					f.scrollIntoView({block: 'center'});
					const r = (f.querySelector('.nsewdrag') ?? f).getBoundingClientRect();
					return {X: r.x + r.width * .4, Y: r.y + r.height * .4};
				})()`, &box))
			err = cmp.Or(err, chromedp.Run(ctx,
				chromedp.MouseEvent(input.MouseMoved, box.X-9, box.Y),
				chromedp.MouseEvent(input.MouseMoved, box.X, box.Y),
				chromedp.Evaluate(figure+`?.querySelector('svg.main-svg .hoverlayer .hovertext') != null`, &hovering)))
			return err == nil && hovering
		}),
	}.Do(ctx)
})

// pointAndClick moves the pointer to the first node and clicks it: a menu takes no click on an
// entry that the pointer has not been moved to.
func pointAndClick(ctx context.Context, _ runtime.ExecutionContextID, nodes ...*cdp.Node) error {
	quads, err := dom.GetContentQuads().WithNodeID(nodes[0].NodeID).Do(ctx)
	if err != nil {
		return err
	}
	q := quads[0] // x and y of four corners, clockwise
	x, y := (q[0]+q[4])/2, (q[1]+q[5])/2
	return chromedp.Tasks{
		chromedp.MouseEvent(input.MouseMoved, x, y),
		chromedp.MouseClickXY(x, y),
	}.Do(ctx)
}

// executed says whether every code cell of the saved notebook has run without an error.
func executed(t *testing.T, path string) bool {
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var nb struct {
		Cells []struct {
			Type    string `json:"cell_type"`
			Count   *int   `json:"execution_count"`
			Source  json.RawMessage
			Outputs []struct {
				Type  string `json:"output_type"`
				Value string `json:"evalue"`
			}
		}
	}
	if json.Unmarshal(b, &nb) != nil {
		return false // being written
	}
	for i, c := range nb.Cells {
		if c.Type == "code" && c.Count == nil {
			return false
		}
		for _, o := range c.Outputs {
			if o.Type == "error" {
				t.Fatalf("cell %d failed: %s", i, o.Value)
			}
		}
	}
	return true
}

// browserPage is a tab of a headless Chromium.
type browserPage struct {
	t       *testing.T
	ctx     context.Context
	picture string // where a failure's screenshot goes

	mu   sync.Mutex
	urls []string // of every request
}

// Figures in three dimensions need WebGL, which here runs on the processor.
var withWebGL, withoutWebGL = chromedp.Flag("enable-unsafe-swiftshader", true), chromedp.Flag("disable-3d-apis", true)

// openBrowser starts Chromium with a profile of its own; it ends with the test.
func openBrowser(t *testing.T, picture string, flags ...chromedp.ExecAllocatorOption) *browserPage {
	t.Helper()
	var chromium string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			chromium = path
			break
		}
	}
	if chromium == "" {
		const lack = "no Chromium here; on Debian: sudo apt-get install chromium"
		if os.Getenv("CI") == "true" {
			t.Fatal(lack)
		}
		t.Skip(lack)
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath(chromium), chromedp.UserDataDir(profile(t)), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.WindowSize(1280, 900))
	options = append(options, flags...)
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	p := &browserPage{t: t, picture: picture}
	// Events newer than the client library are no concern of this test.
	p.ctx, cancel = chromedp.NewContext(ctx, chromedp.WithErrorf(func(string, ...any) {}))
	t.Cleanup(cancel)
	chromedp.ListenTarget(p.ctx, func(event any) {
		if e, ok := event.(*network.EventRequestWillBeSent); ok {
			p.mu.Lock()
			p.urls = append(p.urls, e.Request.URL)
			p.mu.Unlock()
		}
	})
	p.do("the browser starts", network.Enable())
	return p
}

// profile is an empty folder that is removed after the test. The browser's helpers may still
// write into it for a moment, which [testing.T.TempDir] would call a failure.
func profile(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "sparseq-profile-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		var err error
		for range 50 {
			if err = os.RemoveAll(dir); err == nil {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
		t.Logf("the browser's profile stays: %v", err)
	})
	return dir
}

// do runs the actions within two minutes, or stops the test with a picture of the page.
func (p *browserPage) do(what string, actions ...chromedp.Action) {
	p.t.Helper()
	started := time.Now()
	err := chromedp.Run(p.ctx, chromedp.ActionFunc(func(ctx context.Context) error {
		ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
		defer cancel()
		return chromedp.Tasks(actions).Do(ctx)
	}))
	if err != nil {
		var png []byte
		if chromedp.Run(p.ctx, chromedp.CaptureScreenshot(&png)) == nil {
			_ = os.WriteFile(p.picture, png, 0o644)
		}
		p.t.Fatalf("%s: %v (see %s)", what, err, p.picture)
	}
	p.t.Logf("%s: %.1f s", what, time.Since(started).Seconds())
}

// asked lists the requests that went elsewhere than to home.
func (p *browserPage) asked(home string) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(p.urls), func(u string) bool {
		parsed, err := url.Parse(u)
		return err != nil || strings.HasPrefix(u, home) || parsed.Scheme == "data" || parsed.Scheme == "blob"
	})
}

// holds waits until the JavaScript expression is true.
func holds(expression string) chromedp.Action {
	return chromedp.Poll("Boolean("+expression+")", nil, chromedp.WithPollingInterval(200*time.Millisecond), chromedp.WithPollingTimeout(0))
}

// waitUntil waits until condition holds.
func waitUntil(condition func() bool) chromedp.Action {
	return chromedp.ActionFunc(func(ctx context.Context) error {
		for !condition() {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(200 * time.Millisecond):
			}
		}
		return nil
	})
}
