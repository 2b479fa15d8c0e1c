package fit_test

import (
	"math"
	"path/filepath"
	"testing"

	"github.com/gomlx/compute"

	"sparseq/pkg/fit"
)

func TestTrainLearns(t *testing.T) {
	onBoth(t, func(t *testing.T, b compute.Backend) {
		dir := filepath.Join(t.TempDir(), "run")
		run, err := fit.Train(dir, b, network, rows(2000, 1).Shuffle(7), rows(500, 2),
			fit.Settings{Epochs: 8, Seed: 3, Optimizer: fit.RMSProp(.01)})
		if err != nil {
			t.Fatal(err)
		}
		if len(run.History) != 8 || run.Stopped != fit.AllEpochs {
			t.Fatalf("%d epochs, stopped by %q", len(run.History), run.Stopped)
		}
		first, best := run.History[0], run.History[run.Best]
		if best.ValidationAccuracy < .9 || best.ValidationLoss >= first.ValidationLoss {
			t.Errorf("learned too little: %+v, at first %+v", best, first)
		}
		// What was measured while training is what the reloaded weights give.
		loaded, err := fit.Load(dir)
		if err != nil {
			t.Fatal(err)
		}
		p, err := loaded.Predict(b, network, rows(500, 2).Shuffle(9))
		if err != nil {
			t.Fatal(err)
		}
		_, labels := problem(500, 2)
		loss, right := 0.0, 0.0
		for i, y := range labels {
			q := float64(p[i])
			if y == 0 {
				q = 1 - q
			}
			loss -= math.Log(q) / 500
			if q > .5 {
				right += 1. / 500
			}
		}
		if math.Abs(loss-best.ValidationLoss) > 1e-5 || math.Abs(right-best.ValidationAccuracy) > 1e-6 {
			t.Errorf("reloaded: loss %v, accuracy %v; the history has %+v", loss, right, best)
		}
	})
}
