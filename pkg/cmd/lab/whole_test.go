package main

import (
	"slices"
	"testing"
)

func TestEnvironment(t *testing.T) {
	l, _ := newLab(t, nil)
	t.Setenv("SPARSEQ_PART", "")
	t.Setenv("SPARSEQ_AGAIN", "")
	data := "SPARSEQ_DATA=" + l.data
	for _, c := range []struct {
		path  string
		quick bool
		part  string // as it is set outside
		want  []string
	}{
		{"notebooks/05-word2vec.ipynb", false, "", []string{data, "SPARSEQ_PART=75000", "SPARSEQ_AGAIN=1"}},
		{"notebooks/05-word2vec.ipynb", true, "", []string{data}},
		{"notebooks/05-word2vec.ipynb", false, "300", []string{data, "SPARSEQ_AGAIN=1"}},
		{"notebooks/02-imdb2-embedding.ipynb", false, "", []string{data}},
	} {
		t.Setenv("SPARSEQ_PART", c.part)
		if got := l.environment(c.path, c.quick); !slices.Equal(got, c.want) {
			t.Errorf("%s, quick %v, part %q: %q, want %q", c.path, c.quick, c.part, got, c.want)
		}
	}
}
