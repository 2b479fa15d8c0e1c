package show

import (
	"encoding/base64"
	"math"
	"reflect"
	"strings"
	"testing"

	grob "github.com/MetalBlueberry/go-plotly/generated/v2.34.0/graph_objects"
	"github.com/MetalBlueberry/go-plotly/pkg/types"
)

// shown displays fig and returns plotly's form of it and the picture.
func shown(t testing.TB, fig *grob.Fig) (figure map[string]any, o Output, svg string) {
	t.Helper()
	out := capture(t, func() { Figure(fig) })
	if len(out) != 1 {
		t.Fatalf("%d outputs, want one", len(out))
	}
	_, encoded, _ := strings.Cut(out[0].HTML, "base64,")
	raw, err := base64.StdEncoding.DecodeString(strings.TrimSuffix(encoded, `">`))
	if err != nil {
		t.Fatal(err)
	}
	return asJSON(t, out[0].Data[plotlyMIME]), out[0].Output, string(raw)
}

func TestLines(t *testing.T) {
	f, o, svg := shown(t, Lines(Labels{Title: "Loss", X: "epoch", Y: "loss (nats)", LogY: true},
		Series{Name: "<pad>", Y: []float64{.5, .123456789, math.Inf(1), 0.25}},
		Series{Name: "b", X: []float64{0, 1}, Y: []float64{1, 2}, Lo: []float64{.5, 1}, Hi: []float64{1.5, 4},
			Notes: []string{"<i>", ""}, Color: "#123456", Dash: "dot"}))
	first, second := at(t, f, "data", 0), at(t, f, "data", 1)
	for _, tt := range []struct {
		of   any
		path []any
		want any
	}{
		{first, []any{"name"}, "&lt;pad&gt;"},
		{first, []any{"mode"}, "lines+markers"},
		{first, []any{"x"}, []any{1., 2., 3., 4.}},
		{first, []any{"y"}, []any{.5, .123457, nil, .25}},
		{first, []any{"line", "color"}, palette[0]},
		{second, []any{"x"}, []any{0., 1.}},
		{second, []any{"line", "color"}, "#123456"},
		{second, []any{"line", "dash"}, "dot"},
		{second, []any{"error_y", "array"}, []any{.5, 2.}},
		{second, []any{"error_y", "arrayminus"}, []any{.5, 1.}},
		{second, []any{"hovertext"}, []any{"&lt;i&gt;", ""}},
		{f, []any{"layout", "title", "text"}, "Loss"},
		{f, []any{"layout", "xaxis", "title", "text"}, "epoch"},
		{f, []any{"layout", "yaxis", "type"}, "log"},
		{f, []any{"layout", "showlegend"}, true},
		{f, []any{"layout", "meta", "alt"}, "Loss: loss (nats) against epoch: <pad>, b"},
		{f, []any{"layout", "paper_bgcolor"}, "#ffffff"},
		{f, []any{"config", "responsive"}, true},
		{f, []any{"config", "displaylogo"}, false},
	} {
		if got := at(t, tt.of, tt.path...); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%v = %v, want %v", tt.path, got, tt.want)
		}
	}
	if want := `alt="Loss: loss (nats) against epoch: &lt;pad&gt;, b"`; !strings.Contains(o.HTML, want) {
		t.Errorf("HTML = %.100s, want %s", o.HTML, want)
	}
	for _, want := range []string{">Loss<", ">epoch<", ">&lt;pad&gt;<"} {
		if !strings.Contains(svg, want) {
			t.Errorf("the picture has no %s", want)
		}
	}
}

func TestOneNamedSeriesHasALegend(t *testing.T) {
	f, _, _ := shown(t, Lines(Labels{}, Series{Name: "only", Y: []float64{1}}))
	if at(t, f, "layout", "showlegend") != true {
		t.Error("no legend")
	}
	f, _, _ = shown(t, Lines(Labels{}, Series{Y: []float64{1}}))
	if at(t, f, "layout", "showlegend") != false || at(t, f, "data", 0, "showlegend") != false {
		t.Error("a legend that says trace 0")
	}
}

// A learner's figure comes as go-plotly's documentation builds it.
func TestLearnersFigure(t *testing.T) {
	fig := &grob.Fig{
		Data: []types.Trace{&grob.Scatter{X: types.DataArray([]float64{1, 2}), Y: types.DataArray([]float64{math.NaN(), 2}),
			Name: "O'Neill \"quoted\" </script>"}, &grob.Bar{Y: types.DataArray([]float32{1, float32(math.NaN())})},
			&grob.Heatmap{Z: types.DataArray([][]float64{{math.NaN()}}), X: types.DataArray([]float64(nil))}},
		Layout: &grob.Layout{Title: &grob.LayoutTitle{Text: "A <b>bold</b> title"}, Template: map[string]any{
			"layout": map[string]any{"title": "old", "titlefont": map[string]any{"size": 20.}}}},
	}
	f, o, _ := shown(t, fig)
	if got := at(t, f, "data", 0, "y"); !reflect.DeepEqual(got, []any{nil, 2.}) {
		t.Errorf("y = %v", got)
	}
	if got := at(t, f, "data", 1, "y"); !reflect.DeepEqual(got, []any{1., nil}) {
		t.Errorf("y of float32 = %v", got)
	}
	if got := at(t, f, "layout", "title", "text"); got != "A <b>bold</b> title" {
		t.Errorf("title = %v", got)
	}
	want := map[string]any{"text": "old", "font": map[string]any{"size": 20.}}
	if got := at(t, f, "layout", "template", "layout", "title"); !reflect.DeepEqual(got, want) {
		t.Errorf("old form of a title: %v, want %v", got, want)
	}
	if strings.TrimSpace(o.Plain) != `[figure] A bold title: O'Neill "quoted"` {
		t.Errorf("plain = %s", o.Plain)
	}
	if v, _ := fig.Data[0].(*grob.Scatter).Y.Value().([]float64); len(v) != 2 || !math.IsNaN(v[0]) {
		t.Error("the learner's figure was changed")
	}
	shown(t, &grob.Fig{}) // nothing in it, and no panic
}

func TestThin(t *testing.T) {
	n := 25000
	y, notes := make([]float64, n), make([]string, n)
	for i := range y {
		y[i] = math.Sin(float64(i) / 1000)
	}
	y[777], y[5000] = 50, math.NaN()
	fig := Lines(Labels{Title: "Long", X: "step", Y: "value"}, Series{Name: "a", Y: y, Notes: notes})
	f, _, svg := shown(t, fig)
	kept := at(t, f, "data", 0, "y").([]any)
	xs := at(t, f, "data", 0, "x").([]any)
	if len(kept) > longSeries || len(kept) < thinSeries || len(xs) != len(kept) || len(at(t, f, "data", 0, "hovertext").([]any)) != len(kept) {
		t.Fatalf("%d y, %d x", len(kept), len(xs))
	}
	peak, gap, previous := false, false, 0.0
	for i := range kept {
		peak = peak || kept[i] == 50.
		gap = gap || kept[i] == nil
		if x := xs[i].(float64); x <= previous {
			t.Fatalf("x goes back from %v to %v", previous, x)
		} else {
			previous = x
		}
	}
	if !peak || !gap || xs[0] != 1. || previous != float64(n) {
		t.Errorf("peak %v, gap %v, from %v to %v", peak, gap, xs[0], previous)
	}
	subtitle := at(t, f, "layout", "title", "subtitle", "text").(string)
	if !strings.HasSuffix(subtitle, " of 25,000 points drawn") || !strings.Contains(svg, subtitle) {
		t.Errorf("subtitle = %s", subtitle)
	}
	f, _, _ = shown(t, Points(Labels{}, Series{Y: y}))
	if kept := at(t, f, "data", 0, "y").([]any); len(kept) != longSeries {
		t.Errorf("%d points", len(kept))
	}
}
