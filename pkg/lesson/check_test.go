package lesson

import (
	"math"
	"reflect"
	"strings"
	"testing"
)

type pair struct {
	Name  string
	inner []float32
}

type node struct{ next *node }

func TestDifference(t *testing.T) {
	three := 3
	loop := &node{}
	loop.next = loop
	knot := []any{nil}
	knot[0] = knot
	nan := math.NaN()
	tests := []struct {
		name      string
		got, want any
		say       string // "" where they are the same
	}{
		{"equal ints", 3, 3, ""},
		{"ints of two types", int32(3), uint8(3), ""},
		{"an int and a float", 3, 3.0, ""},
		{"negative and unsigned", -1, uint64(math.MaxUint64), "got -1, want 18446744073709551615"},
		{"ints", 3, 4, "got 3, want 4"},
		{"large ints are exact", int64(1 << 60), int64(1<<60 + 1), "got 1152921504606846976, want 1152921504606846977"},
		{"within 1e-9", 1e6, 1e6 + 1e-4, ""},
		{"not within 1e-9", 1.0, 1 + 1e-8, "got 1, want 1.00000001"},
		{"within 1e-5 of a float32", float32(.1), .1, ""},
		{"not within 1e-5", float32(.1), .1001, "got 0.1, want 0.1001"},
		{"NaN", nan, nan, ""},
		{"NaN for a number", nan, 1.0, "got NaN, want 1"},
		{"infinite", math.Inf(1), math.Inf(1), ""},
		{"infinite for a number", math.Inf(1), 1e308, "got +Inf, want 1e+308"},
		{"a number for infinite", 1e308, math.Inf(-1), "got 1e+308, want -Inf"},
		{"complex", 1i, 1i, ""},
		{"other complex", 1i, 2i, "got (0+1i), want (0+2i)"},
		{"bools", true, false, "got true, want false"},
		{"nil", nil, nil, ""},
		{"nil for a number", nil, 3, "got nothing (nil), want 3"},
		{"a number for nil", 3, nil, "got 3, want nothing (nil)"},
		{"a nil pointer", (*int)(nil), 3, "got nothing (nil), want 3"},
		{"a pointer", &three, 3, ""},
		{"types", "3", 3, `got "3" (string), want 3 (int)`},
		{"slices", []int{1, 2, 3}, []int{1, 2, 4}, "at [2]: got 3, want 4"},
		{"slices of two types", []int32{1, 2}, []float64{1, 2}, ""},
		{"an array", [2]int{1, 2}, []int{1, 2}, ""},
		{"shorter", []int{1}, []int{1, 2}, "got 1 value, want 2"},
		{"longer", []int{1, 2, 3}, []int{1, 2}, "got 3 values, want 2"},
		{"nil slice", []int(nil), []int{}, ""},
		{"nil for an empty slice", nil, []int{}, ""},
		{"nil for a slice", nil, []int{1}, "got nothing (nil), want [1]"},
		{"a slice for a number", []int{1, 2, 3, 4, 5, 6, 7, 8}, 1, "got [1 2 3 4 5 6 … 8 in all] ([]int), want 1 (int)"},
		{"matrices", [][]float64{{1, 0}, {0, 1}}, [][]float64{{1, 0}, {1, 1}}, "at [1][0]: got 0, want 1"},
		{"ragged", [][]float64{{1}, {}}, [][]float64{{1}, {1}}, "at [1]: got 0 values, want 1"},
		{"strings", "a movie", "a film", `got "a movie", want "a film": they differ after "a "`},
		{"strings from the start", "x", "y", `got "x", want "y"`},
		{"long strings", strings.Repeat("é", 99) + "a", strings.Repeat("é", 99) + "b", `got "` + strings.Repeat("é", 30) + `…", want "`},
		{"maps", map[string]int{"a": 1, "b": 2}, map[string]int{"a": 1, "b": 3}, `at ["b"]: got 2, want 3`},
		{"missing key", map[string]int{"a": 1}, map[string]int{"a": 1, "b": 3}, `the key "b" is missing`},
		{"key too many", map[string]int{"c": 1, "a": 1, "b": 3}, map[string]int{"a": 1}, `the key "b" is too many`},
		{"maps of two kinds of keys", map[int]int{1: 1}, map[string]int{"1": 1}, "got a map[int]int, want a map[string]int"},
		{"structs", pair{"a", []float32{1}}, pair{"a", []float32{2}}, "at .inner[0]: got 1, want 2"},
		{"other structs", pair{}, node{}, "got a lesson.pair, want a lesson.node"},
		{"functions", func() {}, func() {}, "values of type func() cannot be compared"},
		{"channels", make(chan int), make(chan int), "values of type chan int cannot be compared"},
		{"values that contain themselves", loop, loop, ""},
		{"a slice that contains itself", knot, 1, "got [[[[…]]]] ([]interface {}), want 1 (int)"},
		{"deep", []any{[]any{map[string]any{"x": []int{1}}}}, []any{[]any{map[string]any{"x": []int{2}}}}, `at [0][0]["x"][0]: got 1, want 2`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := difference(tt.got, tt.want)
			if tt.say == "" && got != "" || !strings.HasPrefix(got, tt.say) {
				t.Errorf("got  %s\nwant %s", got, tt.say)
			}
			if strings.Contains(got, "\n") {
				t.Errorf("more than a line: %s", got)
			}
		})
	}
}

func TestCheck(t *testing.T) {
	out, _, ended := output(t, func() { Check("multi-hot", []int{1}, []int{1}) })
	if out != "✓ multi-hot: well done\n" || ended {
		t.Errorf("%q", out)
	}
	out, _, ended = output(t, func() { Check("multi-hot", nil, []int{1}) })
	if out != "✗ multi-hot: got nothing (nil), want [1]\n" || ended {
		t.Errorf("%q", out)
	}
}

func TestCheckSaysItToPrograms(t *testing.T) {
	o := check(`"<x>"`, 1, 1)
	want := map[string]any{"application/vnd.sparseq.check+json": map[string]any{"exercise": `"<x>"`, "passed": true}}
	if !reflect.DeepEqual(o.Data, want) || !strings.Contains(o.HTML, "&#34;&lt;x&gt;&#34;: well done") {
		t.Errorf("%+v", o)
	}
	if passed := check("x", 1, 2).Data[checkMIME].(map[string]any)["passed"]; passed != false {
		t.Error("a wrong answer passed")
	}
}

func ExampleCheck() {
	sum := func(values []float64) float64 { return values[0] } // a learner's try
	Check("sum", sum([]float64{1, 2, 3}), 6)
	Check("words", []string{"a", "film"}, []string{"a", "movie"})
	// Output:
	// ✗ sum: got 1, want 6
	// ✗ words: at [1]: got "film", want "movie"
}
