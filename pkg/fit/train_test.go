package fit_test

import (
	"context"
	"errors"
	"iter"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/gomlx/compute"
	"github.com/gomlx/gomlx/ml/train"

	"sparseq/pkg/fit"
)

func TestTrainLearns(t *testing.T) {
	onBoth(t, func(t *testing.T, b compute.Backend) {
		dir := filepath.Join(t.TempDir(), "run")
		run := must(fit.Train(dir, b, network, rows(1920, 1).Shuffle(7), rows(500, 2),
			fit.Settings{Epochs: 8, Seed: 3, Optimizer: fit.RMSProp(.01)}))(t)
		if len(run.History) != 8 || run.Stopped != fit.AllEpochs {
			t.Fatalf("%d epochs, stopped by %q", len(run.History), run.Stopped)
		}
		first, best := run.History[0], run.History[run.Best]
		if best.ValidationAccuracy < .9 || best.ValidationLoss >= first.ValidationLoss {
			t.Errorf("learned too little: %+v, at first %+v", best, first)
		}
		for i, e := range run.History {
			if e.ValidationLoss < best.ValidationLoss {
				t.Errorf("epoch %d is better than the best: %+v", i, e)
			}
		}
		// What was measured while training is what the reloaded weights give, in order.
		p := must(must(fit.Load(dir))(t).Predict(b, network, rows(500, 2).Shuffle(9)))(t)
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

func TestSameSeedSameLosses(t *testing.T) {
	onBoth(t, func(t *testing.T, b compute.Backend) {
		data := rows(320, 1).Shuffle(5)
		history := func(seed int64) []fit.Epoch {
			return must(fit.Train(filepath.Join(t.TempDir(), "run"), b, network, data, rows(100, 2),
				fit.Settings{Epochs: 3, Seed: seed}))(t).History
		}
		first := history(1)
		same(t, history(1), first)
		if first[0].TrainLoss == history(2)[0].TrainLoss {
			t.Error("another seed gives the same loss")
		}
	})
}

// A last batch of 100 mod 64 rows counts as its rows, not as a batch.
func TestPartialBatchDoesNotBias(t *testing.T) {
	b := goBackend(t)
	measure := func(validation train.Dataset) []fit.Epoch {
		return must(fit.Train(filepath.Join(t.TempDir(), "run"), b, network, rows(128, 1), validation,
			fit.Settings{Epochs: 2}))(t).History
	}
	for i, e := range measure(tap(rows(100, 2), ignore)) {
		want := measure(rows(100, 2).Batch(100))[i]
		if math.Abs(e.ValidationLoss-want.ValidationLoss) > 1e-6 ||
			math.Abs(e.ValidationAccuracy-want.ValidationAccuracy) > 1e-6 {
			t.Errorf("epoch %d: %+v in batches, %+v in one", i, e, want)
		}
	}
}

func TestEarlyStopping(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "run")
	// With labels of another problem the validation loss can only rise, sooner or later.
	x, _ := problem(200, 1)
	_, y := problem(200, 4)
	run := must(fit.Train(dir, goBackend(t), network, fit.NewRows(x, width/8, y).Batch(20), rows(100, 2),
		fit.Settings{Epochs: 200, Patience: 3, Optimizer: fit.Adam(.02)}))(t)
	if run.Stopped != fit.Patience || len(run.History)-1-run.Best != 3 {
		t.Fatalf("stopped by %q, %d epochs, best %d", run.Stopped, len(run.History), run.Best)
	}
	loaded := must(fit.Load(dir))(t)
	if loaded.Stopped != fit.Patience || loaded.Best != run.Best || loaded.Settings.Patience != 3 {
		t.Errorf("loaded: %+v", loaded)
	}
}

func TestInterruptKeepsTheBest(t *testing.T) {
	b := goBackend(t)
	dir := filepath.Join(t.TempDir(), "run")
	settings := fit.Settings{Epochs: 6, Seed: 2}
	whole := must(fit.Train(dir, b, network, rows(300, 1).Shuffle(5), rows(100, 2), settings))(t)

	// The signal comes in the fourth epoch's third batch, while the former run is there.
	var lines []string
	settings.Progress = func(_ float64, line string) { lines = append(lines, line) }
	signal := func(epoch, batch int) {
		if epoch == 3 && batch == 2 {
			if err := syscall.Kill(os.Getpid(), syscall.SIGINT); err != nil {
				t.Error(err)
			}
			awaitSignal()
		}
	}
	run := must(fit.Train(dir, b, network, tap(rows(300, 1).Shuffle(5), signal), rows(100, 2), settings))(t)
	if run.Stopped != fit.Interrupted || len(run.History) != 3 {
		t.Fatalf("stopped by %q after %d epochs", run.Stopped, len(run.History))
	}
	if last := lines[len(lines)-1]; !strings.HasPrefix(last, "interrupted after epoch 3, the best so far is kept") {
		t.Errorf("the last line is %q", last)
	}
	same(t, must(fit.Load(dir))(t).History, whole.History[:3])
	must(must(fit.Load(dir))(t).Predict(b, network, rows(10, 3)))(t)
}

// awaitSignal gives a signal that was sent the time to arrive.
func awaitSignal() {
	for range 100 {
		if err := syscall.Nanosleep(&syscall.Timespec{Nsec: 1e6}, nil); err != nil {
			continue
		}
	}
}

func TestContinueIsAsIfNeverStopped(t *testing.T) {
	b := goBackend(t)
	settings := fit.Settings{Seed: 2, Existing: fit.Continue}
	train := func(dir string, epochs int) *fit.Run {
		settings.Epochs = epochs
		return must(fit.Train(dir, b, network, rows(300, 1).Shuffle(5), rows(100, 2), settings))(t)
	}
	whole := train(filepath.Join(t.TempDir(), "run"), 6)
	dir := filepath.Join(t.TempDir(), "run")
	train(dir, 2)
	run := train(dir, 6)
	same(t, run.History, whole.History)
	p := must(run.Predict(b, network, rows(50, 3)))(t)
	for i, q := range must(whole.Predict(b, network, rows(50, 3)))(t) {
		if p[i] != q {
			t.Fatalf("row %d: %v continued, %v in one go", i, p[i], q)
		}
	}
	if again := train(dir, 6); again.Seconds != run.Seconds {
		t.Error("a run that has all its epochs was trained again")
	}
	settings.Seed, settings.Epochs = 3, 7
	_, err := fit.Train(dir, b, network, rows(300, 1), rows(100, 2), settings)
	says(t, err, "its seed is another")
}

func TestKeep(t *testing.T) {
	b := goBackend(t)
	dir := filepath.Join(t.TempDir(), "run")
	trained := 0
	s := fit.Settings{Epochs: 1, Existing: fit.Keep, Notes: map[string]any{"vocabulary": 10_000}}
	s.Progress = func(_ float64, line string) {
		if strings.Contains(line, "best epoch") {
			trained++
		}
	}
	for _, c := range []struct {
		name   string
		change func()
		want   int
	}{
		{"at first", func() {}, 1},
		{"as it is", func() {}, 1},
		{"with another note", func() { s.Notes = map[string]any{"vocabulary": 5_000} }, 2},
		{"with the optimizer's default", func() { s.Optimizer = fit.RMSProp(.001) }, 2},
		{"with another optimizer", func() { s.Optimizer = fit.Adam(.001) }, 3},
		{"anew", func() { s.Existing = fit.Restart }, 4},
	} {
		c.change()
		must(fit.Train(dir, b, network, rows(64, 1), rows(64, 2), s))(t)
		if trained != c.want {
			t.Fatalf("%s: %d trainings, want %d", c.name, trained, c.want)
		}
	}
}

func TestNotFinite(t *testing.T) {
	b := goBackend(t)
	dir := filepath.Join(t.TempDir(), "run")
	x, y := problem(100, 1)
	y[70] = float32(math.NaN())
	_, err := fit.Train(dir, b, network, fit.NewRows(x, width/8, y).Batch(20), rows(64, 2), fit.Settings{Epochs: 3})
	says(t, err, "the loss became NaN in epoch 1, step 4: mostly the learning rate is too high (RMSProp, rate 0.001")
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Error("there is a run, but no epoch was finished")
	}
	// In the third epoch there is something to keep. The second batch is made by then.
	spoil := func(epoch, batch int) {
		if epoch == 2 && batch == 1 {
			for i := range y {
				y[i] = float32(math.Inf(1))
			}
		}
	}
	_, clean := problem(100, 1)
	copy(y, clean)
	run, err := fit.Train(dir, b, network, tap(fit.NewRows(x, width/8, y).Batch(20), spoil), rows(64, 2),
		fit.Settings{Epochs: 5})
	says(t, err, "in epoch 3, step 3: ", "the best before that, epoch 2, is kept")
	if run == nil || run.Stopped != fit.NotFinite || len(run.History) != 2 {
		t.Fatalf("the run is %+v", run)
	}
	must(must(fit.Load(dir))(t).Predict(b, network, rows(10, 3)))(t)
}

func TestFailureLeavesTheFormerRun(t *testing.T) {
	b := goBackend(t)
	parent := t.TempDir()
	dir := filepath.Join(parent, "run")
	s := fit.Settings{Epochs: 1}
	former := must(fit.Train(dir, b, network, rows(64, 1), rows(64, 2), s))(t)

	broken := tap(rows(128, 1), ignore)
	broken.fail = errors.New("the disk is gone")
	_, err := fit.Train(dir, b, network, broken, rows(64, 2), s)
	says(t, err, "the disk is gone")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = fit.TrainContext(ctx, dir, b, network, rows(64, 1), rows(64, 2), s)
	says(t, err, "interrupted before the first epoch ended")

	same(t, must(fit.Load(dir))(t).History, former.History)
	if files := must(os.ReadDir(parent))(t); len(files) != 1 {
		t.Errorf("something was left behind: %v", files)
	}
}

func TestTwoTrainingsOfOneRun(t *testing.T) {
	b := goBackend(t)
	parent := t.TempDir()
	dir := filepath.Join(parent, "run")
	var wait sync.WaitGroup
	for seed := range 4 {
		wait.Go(func() {
			for range 3 {
				_, err := fit.Train(dir, b, network, rows(64, 1), rows(64, 2),
					fit.Settings{Epochs: 1, Seed: int64(seed)})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	must(must(fit.Load(dir))(t).Predict(b, network, rows(10, 3)))(t)
	if files := must(os.ReadDir(parent))(t); len(files) != 1 {
		t.Errorf("something was left behind: %v", files)
	}
}

func ignore(int, int) {}

// tapped is a data set of rows, without looking like one, that calls a function with the
// number of the epoch and of the batch, from 0, and may fail in the second batch.
type tapped struct {
	rows  *fit.Rows
	call  func(epoch, batch int)
	fail  error
	epoch int
}

func tap(r *fit.Rows, call func(epoch, batch int)) *tapped {
	return &tapped{rows: r, call: call}
}

func (d *tapped) Name() string { return d.rows.Name() }

func (d *tapped) Iter() iter.Seq2[train.Batch, error] {
	return func(yield func(train.Batch, error) bool) {
		batch := 0
		for b, err := range d.rows.Iter() {
			d.call(d.epoch, batch)
			if batch == 1 && d.fail != nil {
				err = d.fail
			}
			if !yield(b, err) {
				return
			}
			batch++
		}
		d.epoch++
	}
}
