package fit_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/gomlx/compute"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/layers"
	"github.com/gomlx/gomlx/ml/model"

	"sparseq/pkg/fit"
)

// trained makes a run of one epoch.
func trained(t testing.TB) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "first")
	must(fit.Train(dir, goBackend(t), network, rows(64, 1), rows(64, 2), fit.Settings{
		Epochs: 1, Seed: 5, Optimizer: fit.Adam(.001),
		Notes: map[string]any{"data": "a sample <of> ours", "vocabulary": 10_000},
	}))(t)
	return dir
}

func TestLoad(t *testing.T) {
	run := must(fit.Load(trained(t)))(t)
	s := run.Settings
	if s.Epochs != 1 || s.Seed != 5 || s.Optimizer.Name != "Adam, rate 0.001" {
		t.Errorf("the settings are %+v", s)
	}
	if s.Notes["data"] != "a sample <of> ours" || s.Notes["vocabulary"] != 10_000. {
		t.Errorf("the notes are %v", s.Notes)
	}
	w := must(must(run.Weights())(t).GetVariable("/hidden/dense/weights").Value())(t)
	if !slices.Equal(w.Shape().Dimensions, []int{width, 16}) {
		t.Errorf("the weights are %v", w.Shape())
	}
}

func TestLoadNothing(t *testing.T) {
	_, err := fit.Load(filepath.Join(t.TempDir(), "first"))
	says(t, err, `the run "first" is not here: run the cell that trains it`)
	if !errors.Is(err, os.ErrNotExist) {
		t.Error("the error is not os.ErrNotExist")
	}
	// In the place where lessons keep theirs, the lesson is known.
	runs := filepath.Join(t.TempDir(), "runs")
	for dir, want := range map[string]string{
		"02-embedding/unigrams-1":       `the run "unigrams-1" is not here: lesson 02-embedding makes it`,
		"02-embedding/quick-unigrams-1": `"quick-unigrams-1" is not here: lesson 02-embedding in the quick setting makes it`,
	} {
		_, err := fit.Load(filepath.Join(runs, dir))
		says(t, err, want)
		if !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: the error is not os.ErrNotExist", dir)
		}
	}
}

// A process may die after the former run was set aside and before the new one is in place.
func TestLoadRecoversTheFormer(t *testing.T) {
	dir := trained(t)
	want := must(fit.Load(dir))(t)
	aside := filepath.Join(filepath.Dir(dir), ".first.former-123")
	if err := errors.Join(os.Mkdir(aside, 0o755), os.Rename(dir, aside+"/run")); err != nil {
		t.Fatal(err)
	}
	same(t, must(fit.Load(dir))(t).History, want.History)
}

// What a process that died has left goes away with the next run, and not what one may be writing.
func TestLeftoversAreSwept(t *testing.T) {
	dir := trained(t)
	beside := func(name string, age time.Duration) string {
		path := filepath.Join(filepath.Dir(dir), name)
		if err := errors.Join(os.Mkdir(path, 0o755), os.Chtimes(path, time.Time{}, time.Now().Add(-age))); err != nil {
			t.Fatal(err)
		}
		return path
	}
	gone := []string{beside(".first.new-1", 2*time.Hour), beside(".first.former-1", 2*time.Hour)}
	kept := []string{beside(".first.new-2", time.Minute), beside(".second.new-1", 2*time.Hour)}
	must(fit.Train(dir, goBackend(t), network, rows(64, 1), rows(64, 2), fit.Settings{Epochs: 1}))(t)
	for _, path := range gone {
		if _, err := os.Stat(path); err == nil {
			t.Errorf("%s is still there", filepath.Base(path))
		}
	}
	for _, path := range kept {
		if _, err := os.Stat(path); err != nil {
			t.Errorf("%s is gone", filepath.Base(path))
		}
	}
}

func TestTrainWhereNothingCanBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := fit.Train(file+"/first", goBackend(t), network, rows(64, 1), rows(64, 2), fit.Settings{Epochs: 1})
	says(t, err, `the run "first" cannot be written: not a directory`)
}

func TestSettingsErrors(t *testing.T) {
	for want, s := range map[string]fit.Settings{
		"1 epoch or more, not 0":   {},
		"patience is a number":     {Epochs: 1, Patience: -1},
		"must be writable as JSON": {Epochs: 1, Notes: map[string]any{"f": func() {}}},
	} {
		_, err := fit.Train(t.TempDir()+"/first", goBackend(t), network, rows(64, 1), rows(64, 2), s)
		says(t, err, want)
	}
	_, err := fit.Train(t.TempDir()+"/first", nil, network, rows(64, 1), rows(64, 2), fit.Settings{Epochs: 1})
	says(t, err, "needs a backend")
}

// A mistake in a model is told in one line, with the function it is in.
func TestMistakesInModels(t *testing.T) {
	for name, c := range map[string]struct {
		model fit.ModelFn
		says  []string
	}{
		"shapes": {wrongShapes, []string{"the model cannot be built: ", "fit_test.wrongShapes"}},
		"index":  {wrongIndex, []string{"index out of range [1] with length 1", "fit_test.wrongIndex"}},
		"panic":  {ownPanic, []string{"the size is odd"}},
		"labels": {twoOutputs, []string{"incompatible shapes"}},
	} {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(t *testing.T, b compute.Backend) {
				_, err := fit.Train(t.TempDir()+"/first", b, c.model, rows(64, 1), rows(64, 2), fit.Settings{Epochs: 1})
				says(t, err, c.says...)
			})
		})
	}
	// A model that does not go with the run's weights.
	_, err := must(fit.Load(trained(t)))(t).Predict(goBackend(t), wrongIndex, rows(10, 1))
	says(t, err, "the model cannot be built")
	_, err = must(fit.Load(trained(t)))(t).Predict(goBackend(t), twoOutputs, rows(10, 1))
	says(t, err, "a probability takes a model with 1 output a row, not 2")
	_, err = must(fit.Load(trained(t)))(t).Predict(goBackend(t), wider, rows(10, 1))
	says(t, err, `the weights of the run "first" are those of another model or other settings, "/hidden/dense/weights"`,
		"[40, 16]", "[40, 17]")
	_, err = must(fit.Load(trained(t)))(t).Predict(goBackend(t), renamed, rows(10, 1))
	says(t, err, `those of another model or other settings, it has no weights for /first/`, "give the model that was trained")
}

func wider(scope *model.Scope, _ any, in []*graph.Node) []*graph.Node {
	return []*graph.Node{layers.DenseWithBias(scope.In("hidden"), fit.Unpack(in[0], width), 17)}
}

func renamed(scope *model.Scope, _ any, in []*graph.Node) []*graph.Node {
	return []*graph.Node{layers.DenseWithBias(scope.In("first"), fit.Unpack(in[0], width), 1)}
}

func wrongShapes(_ *model.Scope, _ any, in []*graph.Node) []*graph.Node {
	x := fit.Unpack(in[0], width)
	return []*graph.Node{graph.MatMul(x, graph.MatMul(x, x))}
}

func wrongIndex(_ *model.Scope, _ any, in []*graph.Node) []*graph.Node { return []*graph.Node{in[1]} }

func ownPanic(*model.Scope, any, []*graph.Node) []*graph.Node { panic("the size\nis odd") }

func twoOutputs(scope *model.Scope, _ any, in []*graph.Node) []*graph.Node {
	x := network(scope, nil, in)[0]
	return []*graph.Node{graph.Concatenate([]*graph.Node{x, x}, 1)}
}

// Outputs serves models with several outputs a row, and any data set.
func TestOutputs(t *testing.T) {
	run := must(fit.Load(trained(t)))(t)
	two, width, err := run.Outputs(goBackend(t), twoOutputs, tap(rows(100, 3), ignore))
	if err != nil || width != 2 || len(two) != 200 {
		t.Fatalf("%d outputs of width %d, %v", len(two), width, err)
	}
	one, width, err := run.Outputs(goBackend(t), network, rows(100, 3))
	if err != nil || width != 1 || len(one) != 100 {
		t.Fatalf("%d outputs of width %d, %v", len(one), width, err)
	}
	for i, v := range one {
		if d := v - two[2*i]; d > 1e-5 || d < -1e-5 {
			t.Fatalf("row %d: %v in padded batches, %v in others", i, v, two[2*i])
		}
	}
}

// BenchmarkLoad measures what a later cell waits for: the history, and the weights.
func BenchmarkLoad(b *testing.B) {
	dir := trained(b)
	b.Run("history", func(b *testing.B) {
		for b.Loop() {
			must(fit.Load(dir))(b)
		}
	})
	b.Run("weights", func(b *testing.B) {
		for b.Loop() {
			must(must(fit.Load(dir))(b).Weights())(b)
		}
	})
}

// FuzzLoad gives Load what another program may have left in a run's folder.
func FuzzLoad(f *testing.F) {
	dir := trained(f)
	settings, history := must(os.ReadFile(dir+"/settings.json"))(f), must(os.ReadFile(dir+"/history.json"))(f)
	f.Add(settings, history)
	f.Add([]byte(`{"epochs":"many","notes":3}`), []byte(`{"epochs":[{}],"best":-1}`))
	f.Add([]byte(`null`), []byte(`{"epochs":[{"train_loss":1e999}],"best":0}`))
	f.Fuzz(func(t *testing.T, settings, history []byte) {
		dir := t.TempDir()
		err := errors.Join(os.WriteFile(dir+"/settings.json", settings, 0o644),
			os.WriteFile(dir+"/history.json", history, 0o644))
		if err != nil {
			t.Fatal(err)
		}
		run, err := fit.Load(dir)
		if err != nil {
			says(t, err, "train it again")
			return
		}
		if run.Best < 0 || run.Best >= len(run.History) {
			t.Errorf("the best of %d epochs is %d", len(run.History), run.Best)
		}
	})
}

func TestEpochSeconds(t *testing.T) {
	for want, seconds := range map[float64][]float64{0: nil, 7: {7}, 2: {9, 2}, 3: {9, 4, 2}, 4: {1, 8, 4, 2}} {
		var r fit.Run
		for _, s := range seconds {
			r.History = append(r.History, fit.Epoch{Seconds: s})
		}
		if got := r.EpochSeconds(); got != want {
			t.Errorf("of %v it is %g, want %g", seconds, got, want)
		}
	}
}
