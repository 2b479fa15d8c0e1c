package lesson

import (
	"html"

	"sparseq/pkg/show"
)

const checkMIME = "application/vnd.sparseq.check+json"

// Check says whether an exercise is solved: whether got is what was wanted, else where they
// differ first. It does not end the cell.
//
// Numbers are compared by value, whatever their types: whole numbers exactly, float64 within 1e-9
// and float32 within 1e-5, relative to the wanted value (absolute below 1). Slices and arrays,
// maps, strings, pointers and structs are compared by content; an empty slice or map is as good
// as a nil one.
func Check(exercise string, got, want any) { show.Display(check(exercise, got, want)) }

func check(exercise string, got, want any) show.Output {
	d := difference(got, want)
	mark, say := "✓", exercise+": well done"
	if d != "" {
		mark, say = "✗", exercise+": "+d
	}
	return show.Output{
		HTML:  "<div><b>" + mark + "</b> " + html.EscapeString(say) + "</div>",
		Plain: mark + " " + say,
		Data:  map[string]any{checkMIME: map[string]any{"exercise": exercise, "passed": d == ""}},
	}
}
