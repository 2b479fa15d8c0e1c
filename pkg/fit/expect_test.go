package fit_test

import (
	"path/filepath"
	"testing"

	"sparseq/pkg/fit"
)

func TestExpect(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "runs", "02-imdb2-embedding", "unigrams-1")
	trained := must(fit.Train(dir, goBackend(t), network, rows(64, 1), rows(64, 2), fit.Settings{Epochs: 1,
		Notes: map[string]any{"vocabulary": 10_000, "reviews": "the sample", "model": struct{ Units, Rows int }{16, 10}}}))(t)
	for _, run := range []*fit.Run{trained, must(fit.Load(dir))(t)} {
		for _, notes := range []map[string]any{nil, {"vocabulary": 10_000}, {"reviews": "the sample", "vocabulary": 10_000},
			{"model": struct{ Units, Rows int }{16, 10}}} {
			if err := run.Expect(notes); err != nil {
				t.Errorf("%v: %v", notes, err)
			}
		}
		says(t, run.Expect(map[string]any{"vocabulary": 5_000}), "unigrams-1", "its vocabulary is 10000, here it is 5000",
			"lesson 02-imdb2-embedding trains it again")
		says(t, run.Expect(map[string]any{"words": 400}), "its words is unknown, here it is 400")
		says(t, run.Expect(map[string]any{"f": func() {}}), `the note "f"`, "func")
	}
}
