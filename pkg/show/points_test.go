package show

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	grob "github.com/MetalBlueberry/go-plotly/generated/v2.34.0/graph_objects"
)

func TestPoints(t *testing.T) {
	f, _, svg := shown(t, Points(Labels{Title: "Words", X: "x", Y: "y", Value: "sentiment"}, Series{
		X: []float64{1, 2, 3, 4}, Y: []float64{1, 2, 3, 4}, Sizes: []float64{4, 20, math.NaN(), 8}, Values: []float64{-1, 3, 2, math.Inf(1)},
		Names: []string{"", "<pad>", "", "film"}, Notes: []string{"a & b", "", "c", "d"}}))
	for _, tt := range []struct {
		path []any
		want any
	}{
		{[]any{"data", 0, "mode"}, "markers+text"},
		{[]any{"data", 0, "x"}, []any{1., 2., nil, nil}}, // no size, no value: no point
		{[]any{"data", 0, "y"}, []any{1., 2., 3., 4.}},
		{[]any{"data", 0, "marker", "size"}, []any{4., 20., 0., 8.}},
		{[]any{"data", 0, "marker", "color"}, []any{-1., 3., 2., 0.}},
		{[]any{"data", 0, "text"}, []any{"", "&lt;pad&gt;", "", "film"}},
		{[]any{"data", 0, "hoverinfo"}, "text"},
		{[]any{"data", 0, "hovertext"}, []any{"a &amp; b<br>sentiment: -1", "&lt;pad&gt;<br>sentiment: 3", "c<br>sentiment: 2", "d<br>sentiment: 0"}},
		{[]any{"layout", "coloraxis", "cmin"}, -3.}, // both signs: centred on 0
		{[]any{"layout", "coloraxis", "cmax"}, 3.},
		{[]any{"layout", "coloraxis", "colorbar", "title", "text"}, "sentiment"},
		{[]any{"layout", "height"}, float64(mapHeight)},
		{[]any{"layout", "showlegend"}, false},
	} {
		if got := at(t, f, tt.path...); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%v = %v, want %v", tt.path, got, tt.want)
		}
	}
	// The last is the scale's #08306b, but for the rounding that its opacity brings.
	for _, want := range []string{">&lt;pad&gt;<", ">sentiment<", "fill:#072F6A"} {
		if !strings.Contains(svg, want) {
			t.Errorf("the picture has no %s", want)
		}
	}
}

// A series with values and a name has its place in the legend, in the colour of no value.
func TestPointsOfNamedSeriesWithValues(t *testing.T) {
	a := Series{Name: "a", X: []float64{1, 2}, Y: []float64{1, 2}, Z: []float64{1, 2}, Values: []float64{1, 3}}
	for name, fig := range map[string]*grob.Fig{"plane": Points(Labels{}, a), "space": Space(Labels{}, a)} {
		f, _, svg := shown(t, fig)
		if at(t, f, "data", 0, "showlegend") != false || at(t, f, "data", 1, "name") != "a" ||
			at(t, f, "data", 1, "marker", "color") != gray || at(t, f, "layout", "showlegend") != true {
			t.Errorf("%s: %v", name, at(t, f, "data"))
		}
		if at(t, f, "layout", "coloraxis", "cmin") != 1. || at(t, f, "layout", "coloraxis", "cmax") != 3. {
			t.Errorf("%s: values of one sign: %v", name, at(t, f, "layout", "coloraxis"))
		}
		if n := strings.Count(svg, ">a<"); n != 1 {
			t.Errorf("%s: the picture's legend names the series %d times", name, n)
		}
	}
}

func TestSpace(t *testing.T) {
	f, o, svg := shown(t, Space(Labels{Title: "Words", X: "first", Y: "second", Z: "third"},
		Series{Name: "before", X: []float64{1, math.NaN()}, Y: []float64{1, 2}, Z: []float64{5, 6}, Names: []string{"<a>", "gone"}, Sizes: []float64{10, 4}},
		Series{Name: "after", X: []float64{2}, Y: []float64{2}, Z: []float64{7}, Notes: []string{"b"}}))
	names := at(t, f, "layout", "scene", "annotations").([]any)
	if len(names) != 1 || at(t, names[0], "text") != "&lt;a&gt;" || at(t, names[0], "z") != 5. || at(t, names[0], "yshift") != 14. {
		t.Errorf("names: %v", names)
	}
	for _, tt := range []struct {
		path []any
		want any
	}{
		{[]any{"data", 0, "type"}, "scatter3d"},
		{[]any{"data", 0, "z"}, []any{5., 6.}},
		{[]any{"data", 0, "hovertext"}, []any{"&lt;a&gt;", "gone"}},
		{[]any{"data", 1, "hovertext", 0}, "b"},
		{[]any{"layout", "scene", "zaxis", "title", "text"}, "third"},
		{[]any{"layout", "scene", "aspectmode"}, "cube"},
		{[]any{"layout", "scene", "xaxis", "gridcolor"}, "#dddddd"},
		{[]any{"layout", "xaxis", "visible"}, false}, // else an empty plane lies behind the scene
	} {
		if got := at(t, f, tt.path...); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%v = %v, want %v", tt.path, got, tt.want)
		}
	}
	if want := `alt="Words: first, second and third: before, after"`; !strings.Contains(o.HTML, want) {
		t.Errorf("HTML = %.100s, want %s", o.HTML, want)
	}
	for _, want := range []string{">&lt;a&gt;<", ">third<", ">after<"} {
		if !strings.Contains(svg, want) {
			t.Errorf("the picture has no %s", want)
		}
	}
}

func TestDiameters(t *testing.T) {
	if got := Diameters([]float64{100, 25, 1, 0}, 3, 20); !reflect.DeepEqual(got, []float64{20, 10, 3, 3}) {
		t.Errorf("got %v", got)
	}
	if got := Diameters([]float64{0, 0}, 3, 20); !reflect.DeepEqual(got, []float64{3, 3}) {
		t.Errorf("nothing occurs: %v", got)
	}
}

// Names of points close together go to different sides, and stay inside the figure.
func TestPlaceNames(t *testing.T) {
	s := Series{X: []float64{0, 50, 50.1, 50.2, 100}, Y: []float64{0, 50, 50, 50, 100}, Names: []string{"left", "one", "two", "three", "right"}}
	got := placeNames(Labels{}, []Series{s})[0]
	if got[1] == got[2] || got[2] == got[3] || got[1] == got[3] {
		t.Errorf("three names at one place: %v", got)
	}
	s = Series{X: []float64{0, 1}, Y: []float64{0, 0}, Names: []string{strings.Repeat("w", 30), ""}}
	if got := placeNames(Labels{}, []Series{s})[0]; got[0] != grob.ScatterTextpositionMiddleRight {
		t.Errorf("a long name at the left edge stands %s", got[0])
	}
	if got := placeNames(Labels{LogX: true}, []Series{{X: []float64{0, 1, 10}, Y: []float64{1, 1, 1}, Names: []string{"a", "b", "c"}}}); len(got[0]) != 3 {
		t.Errorf("on a logarithmic axis: %v", got)
	}
}

// What is left out of a long series takes its size, value, note and name along, and no name is left out.
func TestThinPoints(t *testing.T) {
	const n = 5000
	s := Series{}
	for i := range n {
		v := float64(i)
		s.X, s.Y, s.Z = append(s.X, v), append(s.Y, v), append(s.Z, v)
		s.Sizes, s.Values, s.Notes, s.Names = append(s.Sizes, v), append(s.Values, v), append(s.Notes, fmt.Sprint(i)), append(s.Names, "")
	}
	s.Names[1234], s.Names[4321] = "1234", "4321"
	for name, fig := range map[string]*grob.Fig{"plane": Points(Labels{}, s), "space": Space(Labels{}, s)} {
		f, _, _ := shown(t, fig)
		xs := at(t, f, "data", 0, "x").([]any)
		if len(xs) < longSeries || len(xs) > longSeries+2 {
			t.Errorf("%s: %d points", name, len(xs))
		}
		named := 0
		for i, x := range xs {
			if at(t, f, "data", 0, "marker", "size", i) != x || at(t, f, "data", 0, "marker", "color", i) != x ||
				!strings.HasPrefix(at(t, f, "data", 0, "hovertext", i).(string), fmt.Sprint(x)+"<br>") {
				t.Fatalf("%s: point %d, at %v, is torn apart", name, i, x)
			}
			if name == "plane" {
				if text := at(t, f, "data", 0, "text", i); text != "" && text != fmt.Sprint(x) {
					t.Errorf("the name %v at %v", text, x)
				} else if text != "" {
					named++
				}
			}
		}
		if name == "plane" && named != 2 {
			t.Errorf("%d of two names are left", named)
		}
		if name == "space" && (len(at(t, f, "data", 0, "z").([]any)) != len(xs) || len(at(t, f, "layout", "scene", "annotations").([]any)) != 2) {
			t.Errorf("in space: %d z for %d x", len(at(t, f, "data", 0, "z").([]any)), len(xs))
		}
	}
}

func TestCalibration(t *testing.T) {
	f, _, _ := shown(t, Calibration(Labels{Title: "Calibration"}, []float64{.1, .9}, []float64{.2, .8}, []float64{.1, .7}, []float64{.4, .85}))
	if got := at(t, f, "data", 0, "error_y", "array"); !reflect.DeepEqual(got, []any{.2, .05}) {
		t.Errorf("interval upwards: %v", got)
	}
	if at(t, f, "data", 1, "name") != "perfectly calibrated" || !reflect.DeepEqual(at(t, f, "data", 1, "x"), at(t, f, "data", 1, "y")) {
		t.Errorf("diagonal: %v", at(t, f, "data", 1))
	}
	if at(t, f, "layout", "yaxis", "title", "text") != "share that happened" {
		t.Error("axes without titles")
	}
}
