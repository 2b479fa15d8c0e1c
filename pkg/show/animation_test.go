package show

import (
	"reflect"
	"strconv"
	"strings"
	"testing"
)

func TestAnimation(t *testing.T) {
	f, _, svg := shown(t, Animation(Labels{Title: "A walk", X: "x (m)", Y: "y (m)"}, 2,
		Series{Name: "<bug>", X: []float64{1, 2, 3}, Y: []float64{4, 5, 6}},
		Series{Name: "ghost", X: []float64{7, 8}, Y: []float64{9, 10}}))
	for _, tt := range []struct {
		path []any
		want any
	}{
		{[]any{"data", 0, "x"}, []any{1., 2., 3.}}, // the paths
		{[]any{"data", 1, "y"}, []any{9., 10.}},
		{[]any{"data", 2, "x"}, []any{2., 3.}}, // where they end: tail and head
		{[]any{"data", 3, "x"}, []any{3.}},
		{[]any{"data", 3, "name"}, "&lt;bug&gt;"},
		{[]any{"data", 2, "showlegend"}, false},
		{[]any{"data", 2, "name"}, "&lt;bug&gt;"}, // which the legend has once, and switches together
		{[]any{"data", 2, "legendgroup"}, "&lt;bug&gt;"},
		{[]any{"data", 3, "marker", "color"}, at(t, f, "data", 0, "line", "color")},
		{[]any{"frames", 0, "name"}, "1"},
		{[]any{"frames", 0, "traces"}, []any{2., 3., 4., 5.}},
		{[]any{"frames", 0, "data", 0, "x"}, []any{1.}},
		{[]any{"frames", 1, "data", 0, "x"}, []any{1., 2.}},
		{[]any{"frames", 1, "data", 1, "y"}, []any{5.}},
		{[]any{"frames", 2, "data", 2, "x"}, []any{7., 8.}}, // it ended before
		{[]any{"frames", 2, "data", 3, "x"}, []any{8.}},
		{[]any{"layout", "yaxis", "scaleanchor"}, "x"},
		{[]any{"layout", "sliders", 0, "active"}, 2.},
		{[]any{"layout", "sliders", 0, "steps", 1, "args", 0}, []any{"2"}},
		{[]any{"layout", "updatemenus", 0, "buttons", 0, "args", 0}, nil},
		{[]any{"layout", "updatemenus", 0, "buttons", 1, "args", 0}, []any{nil}},
	} {
		if got := at(t, f, tt.path...); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%v = %v, want %v", tt.path, got, tt.want)
		}
	}
	for _, want := range []string{">&lt;bug&gt;<", ">ghost<", ">x (m)<"} {
		if n := strings.Count(svg, want); n != 1 {
			t.Errorf("the picture has %d times %s", n, want)
		}
	}
}

// Of a long walk not every step is a frame, but the first and the last are.
func TestAnimationOfManySteps(t *testing.T) {
	const n = 5000
	f, _, _ := shown(t, Animation(Labels{}, 10, Series{Y: make([]float64, n)}))
	frames := at(t, f, "frames").([]any)
	if len(frames) != mostFrames || at(t, frames[0], "name") != "1" || at(t, frames[mostFrames-1], "name") != strconv.Itoa(n) {
		t.Errorf("%d frames", len(frames))
	}
}

func TestAnimationRefuses(t *testing.T) {
	bug := Series{Name: "bug", Y: []float64{1}}
	for want, f := range map[string]func(){
		"give at least one": func() { Animation(Labels{}, 1) },
		"1 point or more":   func() { Animation(Labels{}, 0, bug) },
		"are linear":        func() { Animation(Labels{LogX: true}, 1, bug) },
		"has no points":     func() { Animation(Labels{}, 1, bug, Series{Name: "none"}) },
	} {
		if line := failure(t, f); !strings.Contains(line, want) || strings.Count(line, "\n") != 1 {
			t.Errorf("%q, want %q in one line", line, want)
		}
	}
}
