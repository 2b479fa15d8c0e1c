package fit

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// Two epochs of 40 steps, one each 100 ms but for the first, which takes 5 s to compile.
func TestProgress(t *testing.T) {
	var lines []string
	last := -1.
	clock := time.Unix(1000, 0)
	p := newProgress(Settings{Epochs: 2, Progress: func(fraction float64, line string) {
		if fraction < last || fraction > 1 {
			t.Errorf("from %v to %v", last, fraction)
		}
		last = fraction
		lines = append(lines, fmt.Sprintf("%.3f %s", fraction, line))
	}}, 0, NewRows(make([]uint8, 40), 1, nil).Batch(1))
	p.now = func() time.Time { return clock }
	run := &Run{Settings: Settings{Epochs: 2}, Stopped: AllEpochs, Seconds: 130}
	for range 2 {
		for i := range 40 {
			clock = clock.Add(100 * time.Millisecond)
			if i == 0 && len(run.History) == 0 {
				clock = clock.Add(5 * time.Second)
			}
			p.step(mean{rows: 10, lossSum: 3})
		}
		run.History = append(run.History, Epoch{TrainLoss: .29, ValidationLoss: .31, ValidationAccuracy: .875})
		p.epoch(run.History)
	}
	clock = clock.Add(time.Second)
	p.at = 40 // the last step of the last epoch, whose validation is still to come
	p.say(.3)
	if last == 1 {
		t.Error("it was at its end before it was")
	}
	p.end(run)
	for _, want := range []string{
		"0.013 epoch 1/2 · loss 0.300",
		"0.163 epoch 1/2 · loss 0.300 · 7 s left",
		"0.575 epoch 2/2 · loss 0.300 · validation 0.310 / 0.875 · 4 s left",
		"1.000 epoch 2/2 · best epoch 1 · validation 0.310 / 0.875",
	} {
		if !slices.Contains(lines, want) {
			t.Errorf("there is no line %q in\n%s", want, strings.Join(lines, "\n"))
		}
	}
	// Of the 80 steps every third, 0.3 s later, and the end.
	if len(lines) > 80/3+3 {
		t.Errorf("%d lines flood the notebook", len(lines))
	}
}
