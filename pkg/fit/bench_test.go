package fit_test

import (
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/layers"
	"github.com/gomlx/gomlx/ml/model"

	"sparseq/pkg/fit"
)

// BenchmarkMultiHotEpoch measures an epoch of the course's first reviews model: 22,500
// packed multi-hot vectors of 10,000 words, 150 of them set, in batches of 512, into
// 32, 32 and 1 units. The metric s/epoch leaves out the epoch that compiles.
func BenchmarkMultiHotEpoch(b *testing.B) {
	const (
		reviews, validation = 22_500, 2_500
		words, present      = 10_000, 150
	)
	r := rand.New(rand.NewPCG(1, 2))
	x := make([]uint8, (reviews+validation)*words/8)
	y := make([]float32, reviews+validation)
	for i := range y {
		y[i] = float32(r.IntN(2))
		for range present {
			w := int(float64(words) * r.Float64() * r.Float64()) // some are frequent
			x[i*words/8+w/8] |= 1 << (w % 8)
		}
	}
	split := reviews * words / 8
	network := func(scope *model.Scope, _ any, inputs []*graph.Node) []*graph.Node {
		x := fit.Unpack(inputs[0], words)
		x = graph.MaxScalar(layers.DenseWithBias(scope.In("a"), x, 32), 0)
		x = graph.MaxScalar(layers.DenseWithBias(scope.In("b"), x, 32), 0)
		return []*graph.Node{layers.DenseWithBias(scope.In("c"), x, 1)}
	}
	backend := xlaBackend(b)
	dir := filepath.Join(b.TempDir(), "run")
	for b.Loop() {
		run, err := fit.Train(dir, backend, network,
			fit.NewRows(x[:split], words/8, y[:reviews]).Shuffle(1),
			fit.NewRows(x[split:], words/8, y[reviews:]), fit.Settings{Epochs: 4})
		if err != nil {
			b.Fatal(err)
		}
		sum := 0.0
		for _, e := range run.History[1:] {
			sum += e.Seconds
		}
		b.ReportMetric(sum/float64(len(run.History)-1), "s/epoch")
		b.ReportMetric(run.History[0].Seconds, "s/first")
	}
}
