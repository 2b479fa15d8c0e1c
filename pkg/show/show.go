// Package show displays things in a notebook: figures, tables, highlighted text, a progress bar.
//
// It takes plain slices and knows nothing of what they mean. Figures are go-plotly's
// (github.com/MetalBlueberry/go-plotly), so [Figure] shows any figure built with that module;
// [Lines], [Points], [Space], [Bars], [Histogram], [Heatmap], [Confusion], [ROC] and [Calibration]
// build the usual ones.
//
// Everything is escaped: text that comes from data is shown as it is, never read as HTML.
// Outside a notebook the functions print plain text instead.
//
// What cannot be shown (a series without points, columns of different lengths) ends the program
// with one line on the standard error stream that says what is wrong.
package show

import (
	"fmt"
	"os"
)

// exit ends the program; tests replace it.
var exit = os.Exit

// fail ends the program with one line that says what is wrong, and no stack trace: a learner
// would have to look for the message in it.
func fail(function string, err error) {
	fmt.Fprintf(os.Stderr, "show.%s: %v\n", function, err)
	exit(1)
}
