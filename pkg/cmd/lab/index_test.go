package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sparseq/pkg/notebook"
)

// exported is a lab with the parts of the index, and with pages that say this of themselves.
func exported(t *testing.T, lessons map[string][]string, about map[string]string) *lab {
	t.Helper()
	l, _ := newLab(t, lessons)
	for _, name := range []string{"style.css", "colours.js", "search.js", "index.html.tmpl"} {
		b, err := os.ReadFile(filepath.Join("..", "..", "..", "docker", "export", name))
		if err != nil {
			t.Fatal(err)
		}
		if err := notebook.WriteFile(filepath.Join(l.root, "docker", "export", name), b); err != nil {
			t.Fatal(err)
		}
	}
	for name, says := range about {
		page := `<script id="lesson" type="application/json">` + says + "</script>\n" +
			`<nav><span class="neighbours"></span></nav> text <nav><span class="neighbours">earlier` + "\n" + `</span></nav>`
		if err := notebook.WriteFile(filepath.Join(l.pages(), name+".html"), []byte(page)); err != nil {
			t.Fatal(err)
		}
	}
	return l
}

// page is a file among the pages.
func page(t *testing.T, l *lab, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(l.pages(), name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestIndex(t *testing.T) {
	l := exported(t, map[string][]string{"00-a": {"a.x", "imdb1.accuracy", "a.b"}, "01-b": nil, "02-c": nil}, map[string]string{
		"00-a": `{"title":"A \u003cb>","about":"x & y","ran":"2026-11-24","seconds":3.4,"quick":true,
			"picture":"data:image/png;base64,AA==","alt":"\"hills\"","sections":[{"anchor":"s-1","heading":"S \u003c/script>","text":"t"}],
			"results":{"a.b":2,"a.x":0.5,"imdb1.accuracy":0.88647}}`,
		"02-c": `{"title":"C","ran":"2026-11-23","seconds":300,"failure":"no \u003ci>","picture":"javascript:alert(1)","sections":[]}`,
	})
	// The page's JSON is one line.
	path := filepath.Join(l.pages(), "00-a.html")
	b := strings.ReplaceAll(page(t, l, "00-a.html"), ",\n\t\t\t", ",")
	if err := notebook.WriteFile(path, []byte(b)); err != nil {
		t.Fatal(err)
	}
	if err := l.index(); err != nil {
		t.Fatal(err)
	}
	got := page(t, l, "index.html")
	for _, want := range []string{
		`<a href="00-a.html">A &lt;b&gt;</a>`, "x &amp; y",
		"run on 2026-11-24 in 3 s, in the quick setting, before the lesson&#39;s last change",
		`<img src="data:image/png;base64,AA==" alt="&#34;hills&#34;"`, "3 measured results",
		"<td>test accuracy, mean of three trainings <code>imdb1.accuracy</code></td><td>0.8865</td><td></td>",
		`<h2>01-b</h2>`, `<p class="status none">not run</p>`,
		"failed on 2026-11-23: no &lt;i&gt;",
		"1 of 2 lessons here were run in the quick setting", "ol.lessons",
		`S \u003c/script\u003e`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the index lacks %s", want)
		}
	}
	for _, bad := range []string{"javascript:", "01-b.html", "0.8822 (the course"} {
		if strings.Contains(got, bad) {
			t.Errorf("the index holds %s", bad)
		}
	}
	if x, acc := strings.Index(got, "a.x"), strings.Index(got, "imdb1.accuracy"); x > acc {
		t.Error("the results are not in the lesson's order")
	}
}

func TestIndexRefusesStrangePages(t *testing.T) {
	l := exported(t, map[string][]string{"00-a": nil}, map[string]string{"00-a": "x"})
	if err := l.index(); err == nil || !strings.Contains(err.Error(), "export the lesson again") {
		t.Errorf("a strange page: %v", err)
	}
	if _, err := os.Stat(filepath.Join(l.pages(), "index.html")); err == nil {
		t.Error("an index was written all the same")
	}
}

func TestConnect(t *testing.T) {
	l := exported(t, map[string][]string{"00-a": nil, "01-b": nil, "02-c": nil, "03-d": nil}, map[string]string{
		"00-a": `{"title":"A"}`, "02-c": `{"title":"C & \u003cc>"}`, "03-d": `{"title":"D"}`})
	if err := l.index(); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"00-a": `<a rel="next" href="02-c.html">C &amp; &lt;c&gt; →</a>`,
		"02-c": `<a rel="prev" href="00-a.html">← A</a> <a rel="next" href="03-d.html">D →</a>`,
		"03-d": `<a rel="prev" href="02-c.html">← C &amp; &lt;c&gt;</a>`,
	} {
		got := page(t, l, name+".html")
		if strings.Count(got, want) != 2 || strings.Contains(got, "earlier") || !strings.Contains(got, "</nav> text <nav>") {
			t.Errorf("%s: %s", name, got)
		}
	}
	// A lesson's page goes: its neighbours find each other.
	if err := os.Remove(filepath.Join(l.pages(), "02-c.html")); err != nil {
		t.Fatal(err)
	}
	if err := l.index(); err != nil {
		t.Fatal(err)
	}
	if got := page(t, l, "00-a.html"); strings.Contains(got, "02-c") || !strings.Contains(got, `href="03-d.html"`) {
		t.Errorf("after a page went: %s", got)
	}
}

func TestMeasured(t *testing.T) {
	e := &entry{Results: map[string]float64{"imdb1.accuracy": 0.88647, "z.z": 12345.678}, names: []string{"imdb1.accuracy", "not.measured"}}
	got := e.Measured()
	if len(got) != 2 || got[0].Value != "0.8865" || got[0].Reference == "" || got[1] != (result{Name: "z.z", Value: "1.235e+04"}) {
		t.Errorf("%+v", got)
	}
	e.Sample = true
	if got := e.Measured(); got[0].Reference != "" {
		t.Errorf("beside the sample's result stands %q", got[0].Reference)
	}
}

func TestDuration(t *testing.T) {
	for seconds, want := range map[float64]string{0.4: "0 s", 119: "119 s", 150: "2 min", 1424: "24 min"} {
		if got := duration(seconds); got != want {
			t.Errorf("%g: %s, want %s", seconds, got, want)
		}
	}
}
