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

// As TestOptimizersAgainstNumPy, but the rate of .1 is halved after each of the five steps, each
// of which is an epoch.
func TestDecayAgainstNumPy(t *testing.T) {
	start, c := parabolaStart, parabolaFactors
	parabola := func(s *model.Scope, _ any, in []*graph.Node) []*graph.Node {
		w := s.VariableWithValue("w", start).NodeValue(in[0].Graph())
		return []*graph.Node{graph.ReduceAllSum(graph.Mul(graph.Squeeze(in[0]), graph.Square(w)))}
	}
	for name, o := range map[string]struct {
		optimizer fit.Optimizer
		want      []float64
	}{
		"RMSProp": {fit.RMSProp(.1),
			[]float64{-0.18408233856413098, 1.014432943583562, 1.2069604499897972, 0.14480562064817906}},
		"Adam": {fit.Adam(.1),
			[]float64{-0.16924348377228063, 1.0104103913350728, 1.2035171307957861, 0.12775549451474588}},
	} {
		onBoth(t, func(t *testing.T, b compute.Backend) {
			data := fit.NewRows(c, len(c), nil)
			run := must(fit.Train(filepath.Join(t.TempDir(), "run"), b, parabola, data, data, fit.Settings{
				Epochs: 5, Optimizer: o.optimizer.Decay(.5),
				Loss: func(_, outputs []*graph.Node) *graph.Node { return outputs[0] }}))(t)
			if run.Best != 4 {
				t.Fatalf("%s: the last epoch is not the best: %+v", name, run.History)
			}
			w := tensors.MustCopyFlatData[float32](must(must(run.Weights())(t).GetVariable("/w").Value())(t))
			wantWeights(t, name, w, o.want)
		})
	}
}

func TestDecayContinues(t *testing.T) {
	b := goBackend(t)
	learn := func(dir string, epochs int, factor float64) (*fit.Run, error) {
		return fit.Train(dir, b, network, rows(300, 1).Shuffle(5), rows(100, 2), fit.Settings{Epochs: epochs,
			Existing: fit.Continue, Optimizer: fit.Adam(.02).Decay(factor)})
	}
	whole := must(learn(filepath.Join(t.TempDir(), "whole"), 5, .5))(t)
	parts := filepath.Join(t.TempDir(), "parts")
	must(learn(parts, 2, .5))(t)
	same(t, must(learn(parts, 5, .5))(t).History, whole.History)
	if name := whole.Settings.Optimizer.Name; name != "Adam, rate 0.02, times 0.5 an epoch" {
		t.Errorf("the optimizer's name is %q", name)
	}
	_, err := learn(parts, 6, .7)
	says(t, err, "its optimizer is another")
	own := fit.Optimizer{Interface: fit.Adam(.02).Interface, Name: "my own"}
	_, err = fit.Train(parts, b, network, rows(300, 1), rows(100, 2), fit.Settings{Epochs: 1, Optimizer: own.Decay(.5)})
	says(t, err, `only the rates of RMSProp and Adam can decay, not that of "my own`)
	for _, factor := range []float64{0, -1, 1.5, math.NaN()} {
		_, err := learn(filepath.Join(t.TempDir(), "none"), 1, factor)
		says(t, err, "multiplied by more than 0 and at most 1")
	}
}
