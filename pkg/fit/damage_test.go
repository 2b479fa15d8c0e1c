package fit_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sparseq/pkg/fit"
)

// weightsFile is the file of a run's weights with the given ending.
func weightsFile(t testing.TB, dir, ending string) string {
	t.Helper()
	files := must(filepath.Glob(dir + "/best/*" + ending))(t)
	if len(files) != 1 {
		t.Fatalf("there are %d files of weights", len(files))
	}
	return files[0]
}

// flip changes one bit of a file.
func flip(file string, at int64) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if at < 0 {
		at += int64(len(data))
	}
	data[at] ^= 1
	return os.WriteFile(file, data, 0o644)
}

// damages are what may happen to a run's files.
var damages = map[string]func(t testing.TB, dir string) error{
	"history cut short":   func(_ testing.TB, dir string) error { return os.Truncate(dir+"/history.json", 20) },
	"history empty":       func(_ testing.TB, dir string) error { return os.WriteFile(dir+"/history.json", []byte("{}"), 0o644) },
	"settings are a list": func(_ testing.TB, dir string) error { return os.WriteFile(dir+"/settings.json", []byte("[]"), 0o644) },
	"weights gone":        func(_ testing.TB, dir string) error { return os.RemoveAll(dir + "/best") },
	"weights cut short":   func(t testing.TB, dir string) error { return os.Truncate(weightsFile(t, dir, ".bin"), 50) },
	"weights empty":       func(t testing.TB, dir string) error { return os.Truncate(weightsFile(t, dir, ".bin"), 0) },
	"their description is garbage": func(t testing.TB, dir string) error {
		return os.WriteFile(weightsFile(t, dir, ".json"), []byte("{]"), 0o644)
	},
	"one file of two": func(t testing.TB, dir string) error { return os.Remove(weightsFile(t, dir, ".bin")) },
	"a folder for a file": func(t testing.TB, dir string) error {
		file := weightsFile(t, dir, ".bin")
		return errors.Join(os.Remove(file), os.Mkdir(file, 0o755))
	},
}

// unseen are the damages that only the sums show.
var unseen = map[string]func(t testing.TB, dir string) error{
	"weights are garbage": func(t testing.TB, dir string) error {
		return os.WriteFile(weightsFile(t, dir, ".bin"), []byte(strings.Repeat("garbage\x00\xff", 500)), 0o644)
	},
	"a bit of the weights flipped": func(t testing.TB, dir string) error { return flip(weightsFile(t, dir, ".bin"), -3) },
	"more weights": func(t testing.TB, dir string) error {
		file := weightsFile(t, dir, ".bin")
		return os.WriteFile(strings.Replace(file, "n0000000", "n0000001", 1), must(os.ReadFile(file))(t), 0o644)
	},
	"a bit of the sums flipped": func(_ testing.TB, dir string) error { return flip(dir+"/weights.sha256", 0) },
	"the sums cut short":        func(_ testing.TB, dir string) error { return os.Truncate(dir+"/weights.sha256", 70) },
	"the sums are garbage": func(_ testing.TB, dir string) error {
		return os.WriteFile(dir+"/weights.sha256", []byte("\x00"), 0o644)
	},
}

// use loads a run and predicts with it.
func use(t testing.TB, dir string) error {
	run, err := fit.Load(dir)
	if err == nil {
		_, err = run.Predict(goBackend(t), network, rows(10, 3))
	}
	return err
}

func TestDamagedRun(t *testing.T) {
	for _, set := range []map[string]func(testing.TB, string) error{damages, unseen} {
		for name, damage := range set {
			t.Run(name, func(t *testing.T) {
				dir := trained(t)
				if err := use(t, dir); err != nil {
					t.Fatal(err)
				}
				if err := damage(t, dir); err != nil {
					t.Fatal(err)
				}
				says(t, use(t, dir), `the run "first" is damaged`, "train it again")
				// The same folder among the lessons' runs: then it is known who trains it.
				lessons := filepath.Join(t.TempDir(), "runs", "02-embedding")
				if err := errors.Join(os.MkdirAll(lessons, 0o755), os.Rename(dir, lessons+"/first")); err != nil {
					t.Fatal(err)
				}
				says(t, use(t, lessons+"/first"), `the run "first" is damaged`, "lesson 02-embedding trains it again")
			})
		}
	}
}

// A run that was written before there were sums is used as it is, and what is damaged beyond
// reading is found all the same.
func TestRunWithoutSums(t *testing.T) {
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			dir := trained(t)
			if err := os.Remove(dir + "/weights.sha256"); err != nil {
				t.Fatal(err)
			}
			if err := use(t, dir); err != nil {
				t.Fatal(err)
			}
			if err := damage(t, dir); err != nil {
				t.Fatal(err)
			}
			says(t, use(t, dir), `the run "first" is damaged`)
		})
	}
}

// Keeping a run does not keep a damaged one: the cell that trains it mends it.
func TestKeepMendsADamagedRun(t *testing.T) {
	for _, set := range []map[string]func(testing.TB, string) error{damages, unseen} {
		for name, damage := range set {
			t.Run(name, func(t *testing.T) {
				dir := filepath.Join(t.TempDir(), "first")
				train := func() {
					must(fit.Train(dir, goBackend(t), network, rows(64, 1), rows(64, 2),
						fit.Settings{Epochs: 1, Existing: fit.Keep}))(t)
				}
				train()
				if err := damage(t, dir); err != nil {
					t.Fatal(err)
				}
				train()
				if err := use(t, dir); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

// A file that a file manager has left among the weights is none of them.
func TestHiddenFilesAreNoWeights(t *testing.T) {
	dir := trained(t)
	if err := os.WriteFile(dir+"/best/.DS_Store", []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := use(t, dir); err != nil {
		t.Error(err)
	}
}
