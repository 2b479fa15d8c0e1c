package show

import (
	"math"
	"reflect"
	"strings"
	"testing"
)

func TestROC(t *testing.T) {
	f, _, _ := shown(t, ROC(Labels{Title: "ROC"}, Series{Name: "m", X: []float64{0, .1, 1}, Y: []float64{0, .9, 1}}))
	if got := at(t, f, "data", 1); at(t, got, "name") != "chance" || !reflect.DeepEqual(at(t, got, "y"), []any{0., 1.}) {
		t.Errorf("diagonal: %v", got)
	}
	if got := at(t, f, "layout", "xaxis", "range"); !reflect.DeepEqual(got, []any{0., 1.}) {
		t.Errorf("range: %v", got)
	}
}

func TestBars(t *testing.T) {
	series := Series{Name: "test", Y: []float64{.5, .88}, Lo: []float64{.4, .8}, Hi: []float64{.6, .9}}
	f, _, _ := shown(t, Bars(Labels{}, []string{"the", "the"}, series))
	if got := at(t, f, "data", 0, "x"); !reflect.DeepEqual(got, []any{0., 1.}) {
		t.Errorf("two bars of one name fall together: x = %v", got)
	}
	if got := at(t, f, "layout", "xaxis", "ticktext"); !reflect.DeepEqual(got, []any{"the", "the"}) {
		t.Errorf("names: %v", got)
	}
	if got := at(t, f, "data", 0, "hovertext", 1); got != "the: test 0.88 (0.8 to 0.9)" {
		t.Errorf("hover: %v", got)
	}
	f, _, _ = shown(t, HorizontalBars(Labels{}, []string{"a", "b"}, series))
	if at(t, f, "data", 0, "orientation") != "h" || !reflect.DeepEqual(at(t, f, "data", 0, "x"), []any{.5, .88}) ||
		at(t, f, "layout", "yaxis", "autorange") != "reversed" || at(t, f, "data", 0, "error_x", "array", 0) == nil {
		t.Errorf("lying bars: %v", f)
	}
	many := make([]string, 24)
	f, _, svg := shown(t, HorizontalBars(Labels{}, many, Series{Y: make([]float64, len(many))}))
	if at(t, f, "layout", "height") != 610. || !strings.Contains(svg, `height="610"`) {
		t.Errorf("24 names get a height of %v", at(t, f, "layout", "height"))
	}
}

func TestHistogram(t *testing.T) {
	f, _, _ := shown(t, Histogram(Labels{X: "words"}, 4, Series{Name: "a", X: []float64{0, 1, 1, 8, math.NaN(), 7.9}},
		Series{Name: "b", Y: []float64{4}}))
	if got := at(t, f, "data", 0, "y"); !reflect.DeepEqual(got, []any{3., 0., 0., 2.}) {
		t.Errorf("counts: %v", got)
	}
	if got := at(t, f, "data", 0, "x"); !reflect.DeepEqual(got, []any{1., 3., 5., 7.}) {
		t.Errorf("middles: %v", got)
	}
	if got := at(t, f, "data", 1, "y"); !reflect.DeepEqual(got, []any{0., 0., 1., 0.}) {
		t.Errorf("counts: %v", got)
	}
	f, _, _ = shown(t, Histogram(Labels{}, 3, Series{X: []float64{5, 5}}))
	if got := at(t, f, "data", 0, "y"); !reflect.DeepEqual(got, []any{0., 2., 0.}) {
		t.Errorf("counts of one value: %v", got)
	}
}

func TestHeatmap(t *testing.T) {
	f, _, svg := shown(t, Heatmap(Labels{Title: "One-hot"}, []string{"a", "<pad>"}, []string{"x", "x", "y"},
		[][]float64{{0, 1, 0}, {math.NaN(), 0, 1}}))
	if got := at(t, f, "data", 0, "z"); !reflect.DeepEqual(got, []any{[]any{0., 1., 0.}, []any{nil, 0., 1.}}) {
		t.Errorf("z = %v", got)
	}
	if got := at(t, f, "layout", "yaxis", "ticktext", 1); got != "&lt;pad&gt;" || !strings.Contains(svg, ">&lt;pad&gt;<") {
		t.Errorf("name: %v", got)
	}
	if got := at(t, f, "data", 0, "hovertext", 0, 1); got != "a, x: 1" {
		t.Errorf("hover: %v", got)
	}
	f, _, _ = shown(t, Heatmap(Labels{}, nil, nil, [][]float64{{-1, 3}}))
	if at(t, f, "data", 0, "zmin") != -3. || at(t, f, "data", 0, "zmax") != 3. {
		t.Errorf("a palette of both signs that is not white at 0: %v", f)
	}
}

func TestConfusion(t *testing.T) {
	f, _, svg := shown(t, Confusion(Labels{Title: "Confusion"}, []string{"negative", "positive"}, [][]int{{10371, 2129}, {0, 0}}))
	if got := at(t, f, "data", 0, "text", 0, 1); got != "2,129 (17.0 %)" || !strings.Contains(svg, "2,129 (17.0 %)") {
		t.Errorf("text: %v", got)
	}
	if got := at(t, f, "data", 0, "z", 1); !reflect.DeepEqual(got, []any{0., 0.}) {
		t.Errorf("a class that does not occur: %v", got)
	}
	if at(t, f, "layout", "xaxis", "title", "text") != "said" || at(t, f, "layout", "yaxis", "title", "text") != "truth" {
		t.Error("axes without titles")
	}
}
