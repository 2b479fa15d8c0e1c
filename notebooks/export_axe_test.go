package notebooks_test

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"sparseq/pkg/fetch"
)

// axe-core finds faults that keep people from using a page (https://github.com/dequelabs/axe-core).
// The sum is that of the package whose integrity npm gives as
// sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==.
const (
	axePackage = "axe-core-4.14.1.tgz"
	axeURL     = "https://registry.npmjs.org/axe-core/-/" + axePackage
	axeSum     = "e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745"
)

// axeCore is the checker's source, downloaded once.
func axeCore(t *testing.T, root string) string {
	t.Helper()
	path := filepath.Join(root, "data", "downloads", axePackage)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := fetch.Download(t.Context(), axeURL, path, axeSum, nil); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skipf("the pages' accessibility is not checked: %v", err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var source strings.Builder
	err = fetch.WalkTarGz(f, fetch.Limits{Files: 100, FileBytes: 4 << 20, TotalBytes: 16 << 20}, func(name string, _ int64, body io.Reader) error {
		if name != "package/axe.min.js" {
			return nil
		}
		_, err := io.Copy(&source, body)
		return err
	})
	if err != nil || source.Len() == 0 {
		t.Fatalf("%s holds %d bytes of the checker: %v", path, source.Len(), err)
	}
	return source.String()
}

// finding is a fault, with the elements that have it.
type finding struct {
	ID, Impact, Help string
	Where            []string
}

func (f finding) String() string {
	return fmt.Sprintf("%s (%s): %s, at %s", f.ID, f.Impact, f.Help, strings.Join(f.Where, "; "))
}

// serious lists the faults of the page as it is shown now that axe-core calls serious or critical.
func (p *browserPage) serious(source string) []finding {
	p.t.Helper()
	var out string
	p.do("axe looks at the page", chromedp.Evaluate(source+"; true", nil),
		chromedp.Evaluate(`axe.run(document, {resultTypes: ["violations"], preload: false}).then((r) => JSON.stringify(r.violations
			.filter((v) => v.impact == "serious" || v.impact == "critical")
			.map((v) => ({ID: v.id, Impact: v.impact, Help: v.help, Where: v.nodes.slice(0, 4).map((n) => n.target.join(" ") + " " + n.html.slice(0, 120))}))))`,
			&out, func(e *runtime.EvaluateParams) *runtime.EvaluateParams { return e.WithAwaitPromise(true) }))
	var findings []finding
	if err := json.Unmarshal([]byte(out), &findings); err != nil {
		p.t.Fatalf("axe said %q: %v", out, err)
	}
	return findings
}

// screen shows the page in a window of this width, in the dark or in the light.
func screen(width int64, dark bool) chromedp.Action {
	colours := "light"
	if dark {
		colours = "dark"
	}
	return chromedp.Tasks{
		emulation.SetDeviceMetricsOverride(width, 900, 1, false),
		emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: colours}}),
		// Figures are drawn anew, which takes a few frames.
		chromedp.Sleep(300 * time.Millisecond),
	}
}

// checkAccess sees that the open page has no serious fault on a desk's and on a telephone's screen,
// in the light and in the dark, and that it does not scroll sideways.
func (p *browserPage) checkAccess(source string) {
	p.t.Helper()
	for _, width := range []int64{1280, 390} {
		for _, dark := range []bool{false, true} {
			var wide float64
			p.do(fmt.Sprintf("%d pixels, dark %v", width, dark), screen(width, dark),
				chromedp.Evaluate(`document.documentElement.scrollWidth`, &wide))
			for _, f := range p.serious(source) {
				p.t.Errorf("%d pixels, dark %v: %v", width, dark, f)
			}
			if wide > float64(width) {
				p.t.Errorf("at %d pixels the page is %.0f wide", width, wide)
			}
		}
	}
	p.do("back to the usual screen", screen(1280, false))
}

// TestAxeFindsFaults shows the checker a page with faults, so that its silence means something.
func TestAxeFindsFaults(t *testing.T) {
	root := siteRoot(t)
	source := axeCore(t, root)
	path := filepath.Join(t.TempDir(), "faults.html")
	const page = `<!DOCTYPE html><html><head><title>Faults</title></head><body>
		<main><h1>Faults</h1><p style="color: #aaa; background: #fff">pale text</p><img src="data:,"><input></main></body></html>`
	if err := os.WriteFile(path, []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
	browser := openBrowser(t, filepath.Join(os.TempDir(), "sparseq-axe.png"))
	browser.do("the page opens", chromedp.Navigate("file://"+path))
	found := map[string]bool{}
	for _, f := range browser.serious(source) {
		found[f.ID] = true
	}
	for _, want := range []string{"color-contrast", "html-has-lang", "image-alt", "label"} {
		if !found[want] {
			t.Errorf("axe does not find %s, but %v", want, found)
		}
	}
}
