package picture

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"image/color"
	"io"
	"strings"
	"testing"
)

// parse reads a figure written as JSON.
func parse(t testing.TB, s string) map[string]any {
	t.Helper()
	var f map[string]any
	if err := json.Unmarshal([]byte(s), &f); err != nil {
		t.Fatalf("%v in %s", err, s)
	}
	return f
}

// texts are the texts of an SVG, which must be well-formed.
func texts(t testing.TB, svg []byte) []string {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(string(svg)))
	var out []string
	inText := false
	for {
		token, err := d.Token()
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatalf("not well-formed: %v\n%s", err, svg)
		}
		switch token := token.(type) {
		case xml.StartElement:
			inText = token.Name.Local == "text"
		case xml.EndElement:
			inText = false
		case xml.CharData:
			if inText {
				out = append(out, string(token))
			}
		}
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func TestSVG(t *testing.T) {
	tests := []struct {
		name, figure string
		want         []string // texts
		shapes       []string // parts of the SVG
	}{
		{"lines", `{"data":[{"type":"scatter","mode":"lines","name":"training","x":[1,2,3],"y":[0.5,0.3,0.2],
			"line":{"color":"#d55e00","dash":"dash","width":3}}],
			"layout":{"title":{"text":"Loss by epoch"},"xaxis":{"title":{"text":"epoch"}},"yaxis":{"title":"loss"}}}`,
			[]string{"Loss by epoch", "epoch", "loss", "training", "0.2", "0.5"},
			[]string{"stroke:#D55E00", "stroke-dasharray:8,4", "stroke-width:3", `width="700" height="400"`, "Arial"}},
		{"gap", `{"data":[{"mode":"lines","y":[1,2,null,4,5]}]}`, []string{"1", "5"}, nil},
		{"markers", `{"data":[{"type":"scatter","mode":"markers","name":"a","x":[1,2],"y":[3,4],
			"marker":{"color":["red","rgb(0,0,255)"],"size":[4,10],"symbol":"square"}}]}`,
			[]string{"a"}, []string{"fill:#FF0000", "fill:#0000FF"}},
		{"markers by value", `{"data":[{"mode":"markers","y":[3,4],"marker":{"color":[0,1],"colorscale":"Greys"}}]}`,
			nil, []string{"fill:#FFFFFF"}},
		{"text", `{"data":[{"mode":"text","x":[1,2],"y":[1,2],"text":["king","<b>queen</b>"]}]}`,
			[]string{"king", "queen"}, nil},
		{"log", `{"data":[{"x":[10,100,100000],"y":[1,2,3]}],"layout":{"xaxis":{"type":"log"}}}`,
			[]string{"10", "1000", "100000"}, nil},
		{"log with nothing to draw", `{"data":[{"x":[0,-1],"y":[1,2]}],"layout":{"xaxis":{"type":"log"}}}`, nil, nil},
		{"range", `{"data":[{"x":[10,100],"y":[1,2]}],"layout":{"xaxis":{"range":[0,40]}}}`, []string{"0", "40"}, nil},
		{"bars", `{"data":[{"type":"bar","name":"SF","x":["giraffes","monkeys"],"y":[20,23]},
			{"type":"bar","name":"LA","x":["giraffes","monkeys"],"y":[12,29]}]}`,
			[]string{"giraffes", "monkeys", "SF", "LA", "0"}, []string{"fill:#0072B2", "fill:#D55E00"}},
		{"stacked bars", `{"data":[{"type":"bar","x":["a"],"y":[20]},{"type":"bar","x":["a"],"y":[40]}],
			"layout":{"barmode":"stack"}}`, []string{"60"}, nil},
		{"lying bars", `{"data":[{"type":"bar","orientation":"h","y":["waste","great"],"x":[-2,1]}],
			"layout":{"yaxis":{"autorange":"reversed"}}}`, []string{"waste", "great", "-2", "0"}, nil},
		{"bars on a log axis", `{"data":[{"type":"bar","x":["a","b"],"y":[10,1000]}],"layout":{"yaxis":{"type":"log"}}}`,
			[]string{"10", "1000"}, []string{"fill:#0072B2"}},
		{"error bars", `{"data":[{"type":"bar","x":["a"],"y":[1],"error_y":{"array":[0.5],"arrayminus":[0.2],"color":"#123456"}}]}`,
			[]string{"1.5"}, []string{"stroke:#123456"}},
		{"histogram", `{"data":[{"type":"histogram","name":"n","x":[1,1,2,3,3,3],"nbinsx":3}]}`,
			[]string{"3", "n"}, []string{"fill:#0072B2"}},
		{"histogram of names", `{"data":[{"type":"histogram","x":["pos","neg","pos"]}]}`, []string{"pos", "neg", "2"}, nil},
		{"histogram along y, log", `{"data":[{"type":"histogram","y":[1,1,9],"nbinsy":4}],"layout":{"xaxis":{"type":"log"}}}`,
			nil, []string{"fill:#0072B2"}},
		{"heatmap", `{"data":[{"type":"heatmap","z":[[0,1],[1,0]],"x":["a","b"],"y":["c","d"],"text":[["zero","one"],["eins","null"]],
			"texttemplate":"%{text}","colorscale":[[0,"#ffffff"],[1,"#08306b"]],"colorbar":{"title":{"text":"share"}}}]}`,
			[]string{"a", "d", "zero", "eins", "share", "0.4"}, []string{"fill:#08306B", "fill:#FFFFFF"}},
		{"named ticks", `{"data":[{"type":"heatmap","z":[[1,null]]}],"layout":{"xaxis":{"tickmode":"array","tickvals":[0,1],"ticktext":["a","a"]}}}`,
			[]string{"a"}, nil},
		{"packed numbers", `{"data":[{"x":[0,1],"y":{"dtype":"f8","bdata":"AAAAAAAA8D8AAAAAAAAAQA=="}}]}`, []string{"1", "2"}, nil},
		{"subtitle", `{"data":[],"layout":{"title":{"text":"T","subtitle":{"text":"1 of 2 points drawn"}}}}`,
			[]string{"T", "1 of 2 points drawn"}, nil},
		{"no legend wanted", `{"data":[{"name":"hidden","y":[1,2]}],"layout":{"showlegend":false}}`, nil, nil},
		{"sizes", `{"data":[{"mode":"markers","y":[3,4],"marker":{"size":[8,40],"opacity":0.5}}]}`, nil,
			[]string{"A4,4", "A20,20", "fill-opacity:0.5"}},
		{"areas", `{"data":[{"mode":"markers","y":[3,4],"marker":{"size":[1,100],"sizemode":"area","sizeref":0.5,"sizemin":6}}]}`, nil,
			[]string{"A3,3", "A10,10"}},
		{"colour bar", `{"data":[{"mode":"markers","y":[3,4,5],"marker":{"color":[-2,0,2],"coloraxis":"coloraxis"}}],
			"layout":{"coloraxis":{"cmin":-2,"cmax":2,"colorscale":[[0,"#ff0000"],[0.5,"#00ff00"],[1,"#0000ff"]],
			"colorbar":{"title":{"text":"sentiment"}}}}}`, []string{"sentiment", "-2", "-1", "2"},
			[]string{"fill:#FF0000", "fill:#00FF00", "fill:#0000FF"}},
		{"names of points", `{"data":[{"mode":"markers+text","y":[3,4],"text":["king","<b>queen</b>"],"textposition":["top left","middle right"]}]}`,
			[]string{"king", "queen"}, nil},
		{"annotations", `{"data":[{"y":[1,2]}],"layout":{"annotations":[{"x":0.5,"y":1.5,"text":"here","font":{"color":"#123456"}},
			{"xref":"paper","yref":"paper","x":1,"y":1,"text":"corner","showarrow":false,"xanchor":"right","yanchor":"top"},
			{"text":"gone","visible":false,"x":0,"y":1}]}}`, []string{"here", "corner"}, []string{"fill:#123456"}},
		{"shapes", `{"data":[{"y":[1,2]}],"layout":{"shapes":[{"type":"line","yref":"paper","x0":0.5,"x1":0.5,"y0":0,"y1":1,"line":{"color":"#aa0000"}},
			{"type":"rect","layer":"below","x0":0,"x1":0.2,"y0":1,"y1":9,"fillcolor":"#00bb00","line":{"width":0}}]}}`,
			nil, []string{"stroke:#AA0000", "fill:#00BB00"}},
		{"annotation on a log axis", `{"data":[{"x":[1,1000],"y":[1,2]}],"layout":{"xaxis":{"type":"log"},"annotations":[{"x":2,"y":1.5,"text":"hundred"}]}}`,
			[]string{"hundred"}, nil},
		{"space", `{"data":[{"type":"scatter3d","mode":"markers","name":"words","x":[0,1,2],"y":[0,10,20],"z":[5,null,7],"marker":{"color":["red","lime","blue"],"size":[4,9,20]}}],
			"layout":{"title":{"text":"Space"},"showlegend":true,"scene":{"xaxis":{"title":{"text":"first"}},"yaxis":{"title":{"text":"second"}},"zaxis":{"title":{"text":"third"}},
			"annotations":[{"x":2,"y":20,"z":7,"text":"&lt;far&gt;","showarrow":false,"yshift":9},{"x":"?","text":"hidden"}]}}}`,
			[]string{"Space", "first", "second", "third", "words", "<far>", "10", "5.5"}, []string{"fill:#FF0000", "fill:#0000FF", "A10,10"}},
		{"lines in space", `{"data":[{"type":"scatter3d","mode":"lines","x":["a","b"],"y":[1,1],"z":[2,3],"line":{"color":"#123456","width":3}}]}`,
			[]string{"a", "b"}, []string{"stroke:#123456"}},
		{"escaped", `{"data":[{"name":"&lt;pad&gt; &amp; \u0001co","y":[1,2]}]}`, []string{"<pad> & co"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			svg := SVG(parse(t, tt.figure))
			got := texts(t, svg)
			for _, want := range tt.want {
				if !contains(got, want) {
					t.Errorf("no text %q in %q", want, got)
				}
			}
			for _, want := range tt.shapes {
				if !strings.Contains(string(svg), want) {
					t.Errorf("no %q in\n%s", want, svg)
				}
			}
			for _, unwanted := range []string{"no static picture", "hidden"} {
				if strings.Contains(string(svg), unwanted) {
					t.Errorf("%q in\n%s", unwanted, svg)
				}
			}
		})
	}
}

func TestGapBreaksTheLine(t *testing.T) {
	whole := unbroken([]float64{1, 2, 3}, []float64{1, 2, 3}, 3, false)
	f := parse(t, `{"data":[{"mode":"lines","y":[1,2,null,4,5]}]}`)
	ch := &axis{}
	y := ch.values(object(f["data"].([]any)[0])["y"], 5, nil, nil)
	x := ch.values(nil, 5, nil, nil)
	if len(whole) != 1 || len(unbroken(x, y, 5, false)) != 2 || len(unbroken(x, y, 5, true)) != 1 {
		t.Errorf("runs: %v, %v, %v", whole, unbroken(x, y, 5, false), unbroken(x, y, 5, true))
	}
}

func TestPlaceholder(t *testing.T) {
	for name, figure := range map[string]string{
		"type":  `{"data":[{"type":"pie","values":[1,2]}],"layout":{"title":{"text":"A pie"}}}`,
		"axes":  `{"data":[{"y":[1]},{"y":[2],"yaxis":"y2"}],"layout":{"title":{"text":"A pie"}}}`,
		"mixed": `{"data":[{"y":[1]},{"type":"scatter3d","x":[1],"y":[1],"z":[1]}],"layout":{"title":{"text":"A pie"}}}`,
		"log":   `{"data":[{"type":"scatter3d","x":[1],"y":[1],"z":[1]}],"layout":{"title":{"text":"A pie"},"scene":{"xaxis":{"type":"log"}}}}`,
		"empty": `{"data":[{"type":"heatmap","z":[]}],"layout":{"title":{"text":"A pie"}}}`,
	} {
		got := texts(t, SVG(parse(t, figure)))
		if !contains(got, "A pie") || !strings.Contains(strings.Join(got, "\n"), "open the notebook in JupyterLab") {
			t.Errorf("%s: got %q", name, got)
		}
	}
}

func TestParseColor(t *testing.T) {
	for s, want := range map[string]color.NRGBA{
		"#0072b2": {0x00, 0x72, 0xb2, 0xff}, "#fff": {255, 255, 255, 255}, "#01020380": {1, 2, 3, 0x80},
		"rgb(255, 0, 1)": {255, 0, 1, 255}, "rgba(1,2,3,0.5)": {1, 2, 3, 128}, " Red ": {255, 0, 0, 255},
	} {
		if got, ok := parseColor(s); !ok || got != want {
			t.Errorf("parseColor(%q) = %v, %v, want %v", s, got, ok, want)
		}
	}
	for _, s := range []string{"", "#", "#12", "#12345g", "rgb(1,2)", "rgb(a,b,c)", "rgb(NaN,1,2)", "nocolour"} {
		if got, ok := parseColor(s); ok {
			t.Errorf("parseColor(%q) = %v", s, got)
		}
	}
}

func TestColorScale(t *testing.T) {
	s := newScale([]any{[]any{0.0, "#000000"}, []any{.5, "#646464"}, []any{1.0, "#ffffff"}}, false)
	s.low, s.high = 0, 2
	for v, want := range map[float64]uint8{-1: 0, 0: 0, .5: 50, 1: 100, 2: 255, 9: 255} {
		if got := s.color(v).R; got != want {
			t.Errorf("color(%v) = %d, want %d", v, got, want)
		}
	}
	if got := newScale("Greys", true).color(1); got.R == 0 {
		t.Errorf("the reversed scale begins with %v", got)
	}
}

func TestRoundTicks(t *testing.T) {
	for _, tt := range []struct {
		low, high float64
		want      string
	}{
		{0, 1, "0 0.2 0.4 0.6 0.8 1"},
		{.2, .42, "0.2 0.25 0.3 0.35 0.4"},
		{-1.2, 5, "-1 0 1 2 3 4 5"},
		{0, 25000, "0 5000 10000 15000 20000 25000"},
		{1, 1, ""},
	} {
		var got []string
		for _, tick := range (roundTicks{}).Ticks(tt.low, tt.high) {
			got = append(got, tick.Label)
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("ticks of %v to %v: %v, want %s", tt.low, tt.high, got, tt.want)
		}
	}
}

func TestPlainText(t *testing.T) {
	for s, want := range map[string]string{
		"a<br>b": "a\nb", "<b>bold</b> x<sub>1</sub>": "bold x1", "a < b": "a < b", "&lt;pad&gt;": "<pad>",
		"a\x00b\x1b": "ab", "\xff": "\ufffd",
	} {
		if got := PlainText(s); got != want {
			t.Errorf("PlainText(%q) = %q, want %q", s, got, want)
		}
	}
}

// FuzzSVG holds that every figure gets a well-formed picture, and none a panic.
func FuzzSVG(f *testing.F) {
	for _, s := range []string{
		`{"data":[{"type":"bar","x":["a"],"y":[1],"width":-1}],"layout":{"yaxis":{"type":"log"},"height":-5}}`,
		`{"data":[{"type":"heatmap","z":[[1],[2,3]],"x":[1]}],"layout":{"xaxis":{"range":["a",1e308]}}}`,
		`{"data":[{"type":"histogram","x":[1,1e300,-1e300],"xbins":{"size":1e-300}}]}`,
		`{"data":[{"mode":"text+markers","y":[1e308,-1e308],"text":[1,null]},null,3],"layout":7}`,
		`{"data":[{"y":[1,2],"marker":{"size":[-1],"color":[1,"x"]},"error_y":{"array":["1"]}}],"layout":{"xaxis":{"type":"log","range":[400,500]}}}`,
		`{"data":[{"type":"scatter3d","mode":"lines+markers+text","x":[1e308,-1e308],"y":[1,1],"z":[0,null],"text":["a","b"]}],
			"layout":{"scene":{"camera":{"eye":{"x":0,"y":0,"z":0}},"aspectmode":"data","annotations":[{"x":1,"y":1,"z":0,"text":"n","yshift":1e9},3]}}}`,
		`{"data":[{"type":"scatter3d","x":[1],"y":["a"],"z":[1],"marker":{"size":[-1],"color":[1],"coloraxis":"c","showscale":true}}],
			"layout":{"scene":{"aspectratio":{"x":-1,"y":1e300},"camera":{"eye":{"x":1e300,"y":-1e300}},"zaxis":{"range":[2,2]}}}}`,
		`{"data":[{"y":[1,2]}],"layout":{"shapes":[{"type":"line","x0":1e308,"x1":-1e308,"y0":0,"y1":"a"},{"x0":0,"x1":1,"y0":0,"y1":1}],
			"annotations":[{"x":0,"y":1e308,"text":"a<br>b","ax":1e308,"font":{"size":1e308}}],"yaxis":{"type":"log"}}}`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var figure map[string]any
		if json.Unmarshal([]byte(s), &figure) != nil {
			return
		}
		texts(t, SVG(figure))
	})
}

func ExamplePlainText() {
	fmt.Println(PlainText("share of <b>known</b> words &gt; 90 %"))
	// Output: share of known words > 90 %
}
