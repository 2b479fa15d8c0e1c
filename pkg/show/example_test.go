package show_test

import (
	grob "github.com/MetalBlueberry/go-plotly/generated/v2.34.0/graph_objects"
	"github.com/MetalBlueberry/go-plotly/pkg/types"

	"sparseq/pkg/show"
)

func ExampleLines() {
	loss := show.Lines(show.Labels{Title: "Loss", X: "epoch", Y: "cross-entropy (nats)"},
		show.Series{Name: "training", Y: []float64{.42, .33, .27, .24}},
		show.Series{Name: "validation", Y: []float64{.38, .31, .29, .30}})
	show.Figure(loss)
	// Output: [figure] Loss: cross-entropy (nats) against epoch: training, validation
}

// A figure of go-plotly's own types is displayed as it is.
func ExampleFigure() {
	show.Figure(&grob.Fig{
		Data: []types.Trace{&grob.Bar{
			X: types.DataArray([]string{"negative", "positive"}),
			Y: types.DataArray([]float64{12500, 12500}),
		}},
		Layout: &grob.Layout{Title: &grob.LayoutTitle{Text: "Reviews by class"}},
	})
	// Output: [figure] Reviews by class
}

func ExampleTable() {
	show.Table([]string{"model", "accuracy"}, [][]string{
		{"majority", "50.0 %"},
		{"multi-hot", "88.2 %"},
	})
	// Output:
	// model      accuracy
	// majority     50.0 %
	// multi-hot    88.2 %
}

func ExampleText() {
	show.Text(show.Span{Text: "a"}, show.Span{Text: "wonderful", Weight: .8}, show.Span{Text: "waste", Weight: -.6})
	// Output: a wonderful[+0.80] waste[-0.60]
}

// A map of words: their frequencies as sizes, their sentiment as colours, a few of them named.
func ExamplePoints() {
	words := show.Series{
		X: []float64{.9, -1.2, .1}, Y: []float64{.2, .1, -.4},
		Sizes:  show.Diameters([]float64{5800, 1900, 92000}, 4, 30),
		Values: []float64{1.4, -1.9, .03},
		Names:  []string{"wonderful", "waste", ""},
		Notes:  []string{"wonderful · 5,800 times", "waste · 1,900 times", "film · 92,000 times"},
	}
	show.Figure(show.Points(show.Labels{Title: "Words", X: "first component", Y: "second component",
		Value: "sentiment"}, words))
	// Output: [figure] Words: second component against first component
}

// Running text brings its own spaces.
func ExampleTextScale() {
	show.TextScale("says negative", "says positive",
		show.Span{Text: "It's a "}, show.Span{Text: "wonderful", Weight: .8}, show.Span{Text: ", if "},
		show.Span{Text: "slow", Weight: -.2}, show.Span{Text: ", film."})
	// Output:
	// [-] says negative, [+] says positive
	// It's a wonderful[+0.80], if slow[-0.20], film.
}
