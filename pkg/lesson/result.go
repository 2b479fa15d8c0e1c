package lesson

import (
	"fmt"
	"html"
	"math"
	"regexp"
	"strconv"

	"sparseq/pkg/show"
)

const resultsMIME = "application/vnd.sparseq.results+json"

// resultName is how a result is called: the lesson, a point, what was measured.
var resultName = regexp.MustCompile(`^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$`)

// Result shows `name = value` and hands the value to whoever runs the notebook.
// The name is that of the lesson, a point, and what was measured: "imdb1.accuracy".
func Result(name string, value float64) { show.Display(Must(result(name, value))) }

func result(name string, value float64) (show.Output, error) {
	if !resultName.MatchString(name) {
		return show.Output{}, fmt.Errorf(`result name %q: want the lesson, a point and what was measured, `+
			`in lower case letters, digits and _, such as "imdb1.accuracy"`, name)
	}
	if math.IsNaN(value) || math.IsInf(value, 0) {
		return show.Output{}, fmt.Errorf("result %s is %v: there is nothing to report, look at how it is computed", name, value)
	}
	line := name + " = " + format(value)
	return show.Output{
		HTML:  "<code>" + html.EscapeString(line) + "</code>",
		Plain: line,
		Data:  map[string]any{resultsMIME: map[string]any{name: value}},
	}, nil
}

// format writes a whole number with all its digits, another one with five significant ones.
func format(value float64) string {
	if value == math.Trunc(value) && math.Abs(value) < 1e15 {
		return strconv.FormatFloat(value, 'f', 0, 64)
	}
	return strconv.FormatFloat(value, 'g', 5, 64)
}
