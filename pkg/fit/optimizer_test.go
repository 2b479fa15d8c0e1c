package fit_test

import (
	"math"
	"testing"

	"github.com/gomlx/compute"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"
	"github.com/gomlx/gomlx/ml/model"
	"github.com/gomlx/gomlx/ml/train"

	"sparseq/pkg/fit"
)

// The parabola Σ c·w² that the optimizers go down: where they start, and c.
var (
	parabolaStart   = []float32{-0.35966846346855164, 1.2036751508712769, 1.396868109703064, 0.31723591685295105}
	parabolaFactors = []float32{1.5229209661483765, 0.6790988445281982, 0.7474166750907898, 2.9657208919525146}
)

func wantWeights(t *testing.T, name string, w []float32, want []float64) {
	t.Helper()
	for i, want := range want {
		if math.Abs(float64(w[i])-want) > 1e-5 {
			t.Errorf("%s: weight %d is %v, want %v", name, i, w[i], want)
		}
	}
}

// The weights expected after five steps down Σ c·w² were computed by NumPy 2.4.6 in float64
// from default_rng(20), w = normal(size=4), c = uniform(.5, 3, size=4), rounded to float32:
//
//	g = 2*c*w; m = b1*m + (1-b1)*g; v = b2*v + (1-b2)*g*g    # b1 = 0 for RMSProp
//	w -= .1 * m/(1-b1**t) / (sqrt(v/(1-b2**t)) + 1e-7)        # step t = 1, 2, …
func TestOptimizersAgainstNumPy(t *testing.T) {
	start, c := parabolaStart, parabolaFactors
	for name, g := range map[string]struct {
		optimizer fit.Optimizer
		want      []float64
	}{
		"RMSProp": {fit.RMSProp(.1),
			[]float64{-0.032732620836422394, 0.7463185681489894, 0.9330399428425813, 0.016036808422302803}},
		"Adam": {fit.Adam(.1),
			[]float64{0.08401264428084765, 0.7096643014186678, 0.9016879986513378, -0.10852655605788183}},
	} {
		onBoth(t, func(t *testing.T, b compute.Backend) {
			store := model.NewStore()
			parabola := func(scope *model.Scope, inputs []*graph.Node) *graph.Node {
				w := scope.VariableWithValue("w", start).NodeValue(inputs[0].Graph())
				return graph.ReduceAllSum(graph.Mul(inputs[0], graph.Square(w)))
			}
			identity := func(_, outputs []*graph.Node) *graph.Node { return outputs[0] }
			trainer := train.NewTrainer(b, store, parabola, identity, g.optimizer.Interface, nil, nil)
			for range 5 {
				must(trainer.TrainStep(train.Batch{Inputs: []*tensors.Tensor{tensors.FromValue(c)}}))(t)
			}
			w := tensors.MustCopyFlatData[float32](must(store.GetVariable("/w").Value())(t))
			wantWeights(t, name, w, g.want)
		})
	}
}
