package sentiment_test

import (
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/layers"
	"github.com/gomlx/gomlx/ml/model"

	"sparseq/pkg/engine"
	"sparseq/pkg/fit"
	"sparseq/pkg/sentiment"
)

// BenchmarkMeanEpoch measures an epoch over 25,000 reviews of 256 words with 32 units in batches
// of 512, the sizes at which Keras was measured. "sum" has the mean as a sum, which is the obvious
// way to write it. The metric s/epoch leaves out the epoch that compiles.
func BenchmarkMeanEpoch(b *testing.B) {
	const reviews, validation, words, vocabulary, units = 25_000, 512, 256, 10_000, 32
	r := rand.New(rand.NewPCG(1, 2))
	x, y := make([]int32, (reviews+validation)*words), make([]float32, reviews+validation)
	for i := range x {
		x[i] = 1 + int32(float64(vocabulary-1)*r.Float64()*r.Float64()*r.Float64()) // some are frequent
	}
	for i := range y {
		y[i] = float32(r.IntN(2))
	}
	mean := sentiment.Mean{Rows: vocabulary, Units: units}
	sum := func(s *model.Scope, _ any, in []*graph.Node) []*graph.Node {
		e := layers.Embedding(s.In("embedding"), in[0], dtypes.Float32, vocabulary, units)
		there := graph.ConvertDType(graph.MinScalar(in[0], 1), dtypes.Float32)
		total := graph.ReduceSum(graph.Mul(e, graph.InsertAxes(there, -1)), 1)
		mean := graph.Div(total, graph.ReduceAndKeep(there, graph.ReduceSum, -1))
		return []*graph.Node{layers.DenseWithBias(s.In("out"), mean, 1)}
	}
	e, err := engine.Open()
	if err != nil {
		b.Fatal(err)
	}
	if !strings.HasPrefix(e.Note, "XLA") {
		b.Skipf("needs an XLA plugin: %s", e.Note)
	}
	for _, form := range []struct {
		name  string
		model fit.ModelFn
	}{{"product", mean.Model}, {"sum", sum}} {
		b.Run(form.name, func(b *testing.B) {
			dir := filepath.Join(b.TempDir(), "run")
			for b.Loop() {
				run, err := fit.Train(dir, e.Backend, form.model,
					fit.NewRows(x[:reviews*words], words, y[:reviews]).Shuffle(1),
					fit.NewRows(x[reviews*words:], words, y[reviews:]), fit.Settings{Epochs: 5, Optimizer: fit.Adam(.001)})
				if err != nil {
					b.Fatal(err)
				}
				seconds := 0.0
				for _, e := range run.History[1:] {
					seconds += e.Seconds
				}
				b.ReportMetric(seconds/float64(len(run.History)-1), "s/epoch")
			}
		})
	}
}
