package imdb

import (
	"math"
	"path/filepath"
	"strings"
	"testing"

	"sparseq/pkg/text"
)

// The bundled sample is a small, imperfect copy of the real thing: learnable,
// but not by heart; with HTML, and with duplicates.
func TestSample(t *testing.T) {
	t.Setenv("SPARSEQ_ROOT", "")
	c := mustLoad(t, newLoader(Options{Dir: t.TempDir()}), "sample")
	if s := c.Source.String(); !c.Source.Sample || s != "bundled sample of 660 short generated reviews, NOT the IMDB data (as SPARSEQ_IMDB=sample asks)" {
		t.Errorf("the source is %q", s)
	}
	if c.Train.Len() != 396 || c.Validation.Len() != 44 || c.Test.Len() != 220 || c.Duplicates != 3 {
		t.Errorf("%d + %d + %d reviews, %d duplicates", c.Train.Len(), c.Validation.Len(), c.Test.Len(), c.Duplicates)
	}
	if a := naiveBayes(c); a < .75 || a > .95 {
		t.Errorf("naive Bayes finds %.3f of the test labels, want between .75 and .95", a)
	}
	html := map[string]int{"<br />": 0, "<i>": 0, "<script>": 0, "&": 0}
	for _, s := range []Split{c.Train, c.Validation, c.Test} {
		for i := range s.Len() {
			for tag := range html {
				html[tag] += strings.Count(s.Text(i), tag)
			}
			if n := s.Length(i); n < 8 || n > 150 || s.Stars(i) != 0 {
				t.Errorf("%d words, %d stars: %s", n, s.Stars(i), s.Text(i))
			}
		}
	}
	for tag, n := range html {
		if n == 0 {
			t.Errorf("no review contains %s", tag)
		}
	}
}

// naiveBayes is the accuracy on the test set of a Bernoulli naive Bayes
// classifier, with add-one smoothing, by the words present only.
func naiveBayes(c *Corpus) float64 {
	var present [2][]float64
	for label := range present {
		present[label] = make([]float64, c.Vocabulary.Len())
	}
	for i := range c.Train.Len() {
		for id, x := range text.MultiHot(c.Train.IDs(i), c.Vocabulary.Len()) {
			present[int(c.Train.Labels[i])][id] += x
		}
	}
	right := 0
	for i := range c.Test.Len() {
		score := 0.0
		for id, x := range text.MultiHot(c.Test.IDs(i), c.Vocabulary.Len()) {
			score += x * math.Log((present[1][id]+1)/(present[0][id]+1))
		}
		if (score > 0) == (c.Test.Labels[i] == 1) {
			right++
		}
	}
	return float64(right) / float64(c.Test.Len())
}

func TestSampleMissing(t *testing.T) {
	root := t.TempDir()
	t.Setenv("SPARSEQ_ROOT", root)
	t.Setenv("SPARSEQ_IMDB", "sample")
	_, err := Load(Options{Dir: root})
	wantError(t, err, "train-neg.txt is missing", "git checkout data/sample")
	for _, name := range []string{"train-neg", "train-pos", "test-neg", "test-pos"} {
		put(t, filepath.Join(root, "data", "sample", name+".txt"), []byte("one review\n"))
	}
	_, err = Load(Options{Dir: root})
	wantError(t, err, "train-neg.txt has 1 reviews")
}

func TestOutsideOfTheRepository(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("SPARSEQ_ROOT", "")
	t.Setenv("SPARSEQ_DATA", "")
	_, err := Load(Options{})
	wantError(t, err, "SPARSEQ_ROOT")
}
