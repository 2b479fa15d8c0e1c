package fit_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"

	"sparseq/pkg/fit"
)

func TestPredictOnce(t *testing.T) {
	b := goBackend(t)
	x, y := heavy(100, 1)
	data := fit.NewRows(x, longest, y).Batch(20)
	dir := filepath.Join(t.TempDir(), "run")
	train := func(seed int64) {
		must(fit.Train(dir, b, summed, data, data, fit.Settings{Epochs: 1, Seed: seed}))(t)
	}
	built := 0
	counted := func(s *model.Scope, spec any, in []*graph.Node) []*graph.Node {
		built++
		return summed(s, spec, in)
	}
	ask := func(rows *fit.Rows) []float32 {
		return must(must(fit.Load(dir))(t).PredictOnce(b, counted, rows))(t)
	}
	expect := func(what string, rows *fit.Rows, computed bool) {
		t.Helper()
		before := built
		got := ask(rows)
		if (built > before) != computed {
			t.Errorf("%s: computed %v, want %v", what, built > before, computed)
		}
		if want := must(must(fit.Load(dir))(t).Predict(b, summed, rows))(t); !slices.Equal(got, want) {
			t.Errorf("%s: not what Predict gives", what)
		}
	}
	train(1)
	expect("first", data, true)
	expect("again", data, false)
	expect("in other batches", data.Batch(7).Shuffle(2), false)
	expect("rows of another width", fit.NewRows(x, 2*longest, nil).Batch(20), true)
	other := slices.Clone(x)
	other[3]++
	expect("other values", fit.NewRows(other, longest, y).Batch(20), true)
	expect("the first again", data, false)

	answers := must(filepath.Glob(filepath.Join(dir, "answers-*")))(t)
	if len(answers) != 3 {
		t.Fatalf("%d files of answers", len(answers))
	}
	for _, file := range answers {
		if err := flip(file, 5); err != nil {
			t.Fatal(err)
		}
	}
	expect("a damaged file", data, true)
	for i, file := range answers {
		if err := os.Truncate(file, int64(10*i)); err != nil {
			t.Fatal(err)
		}
	}
	expect("a file cut short", data, true)
	train(2)
	expect("after another training", data, true)
	if left := must(filepath.Glob(filepath.Join(dir, ".answers-*")))(t); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestPredictOnceWithoutAFolder(t *testing.T) {
	b := goBackend(t)
	x, y := heavy(10, 1)
	data := fit.NewRows(x, longest, y)
	run := must(fit.Untrained(b, summed, data, 1))(t)
	if p := must(run.PredictOnce(b, summed, data))(t); len(p) != 10 {
		t.Errorf("%d answers", len(p))
	}
	_, err := run.PredictOnce(b, summed, data.Batch(0))
	says(t, err, "a batch needs 1 row or more")
}
