package fit_test

import (
	"math"
	"path/filepath"
	"testing"

	"github.com/gomlx/compute"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"
	"github.com/gomlx/gomlx/ml/model"

	"sparseq/pkg/fit"
)

// As TestOptimizersAgainstNumPy, by the same version, but with g *= min(1, 2/norm(g)): of the five
// gradients the first four are too long. The weights are two variables, whose norm is one.
func TestClipAgainstNumPy(t *testing.T) {
	start, c := parabolaStart, parabolaFactors
	parabola := func(s *model.Scope, _ any, in []*graph.Node) []*graph.Node {
		g := in[0].Graph()
		w := graph.Concatenate([]*graph.Node{
			s.VariableWithValue("first", start[:1]).NodeValue(g), s.VariableWithValue("rest", start[1:]).NodeValue(g)}, 0)
		return []*graph.Node{graph.ReduceAllSum(graph.Mul(graph.Squeeze(in[0]), graph.Square(w)))}
	}
	for name, o := range map[string]struct {
		optimizer fit.Optimizer
		want      []float64
	}{
		"RMSProp": {fit.RMSProp(.1),
			[]float64{-0.008842004380827006, 0.6857274783222719, 0.8718868956108923, 0.00140704190464018}},
		"Adam": {fit.Adam(.1),
			[]float64{0.09653970949100302, 0.7020885317326512, 0.8950266351855454, -0.11529915547878589}},
	} {
		onBoth(t, func(t *testing.T, b compute.Backend) {
			data := fit.NewRows(c, len(c), nil)
			run := must(fit.Train(filepath.Join(t.TempDir(), "run"), b, parabola, data, data, fit.Settings{
				Epochs: 5, Optimizer: o.optimizer.Clip(2).Decay(1),
				Loss: func(_, outputs []*graph.Node) *graph.Node { return outputs[0] }}))(t)
			store := must(run.Weights())(t)
			var w []float32
			for _, name := range []string{"/first", "/rest"} {
				w = append(w, tensors.MustCopyFlatData[float32](must(store.GetVariable(name).Value())(t))...)
			}
			wantWeights(t, name, w, o.want)
		})
	}
}

func TestClipRefuses(t *testing.T) {
	learn := func(o fit.Optimizer) error {
		_, err := fit.Train(filepath.Join(t.TempDir(), "run"), goBackend(t), network, rows(300, 1), rows(100, 2),
			fit.Settings{Epochs: 1, Optimizer: o})
		return err
	}
	own := fit.Optimizer{Interface: fit.Adam(.02).Interface, Name: "my own"}
	says(t, learn(own.Clip(1)), `only the gradients of RMSProp and Adam can be clipped, not those of "my own`)
	for _, norm := range []float64{0, -1, math.NaN(), math.Inf(1)} {
		says(t, learn(fit.Adam(.02).Clip(norm)), "clipped to a length above 0")
	}
}
