package main

import (
	"fmt"
	"math"
	"path/filepath"
	"strings"

	"sparseq/pkg/notebook"
)

// measure says what a named result is and what others measured.
type measure struct {
	what      string
	unit      string // "", "s" or "%": written behind the value
	digits    int    // significant ones
	reference string // in Markdown, with whose it is; "" where there is none
}

// measures describes every named result of the lessons.
var measures = map[string]measure{
	"encoding.known_1000":  {"share of the reviews' words that a vocabulary of 1,000 words knows", "", 3, ""},
	"encoding.known_10000": {"the same for 10,000 words", "", 3, ""},

	"imdb1.accuracy":      {"accuracy on the test set", "", 4, ".8822 (Keras, the course's notebook)"},
	"imdb1.loss":          {"cross-entropy on the test set, nats", "", 4, ".2928 (Keras, the course's notebook)"},
	"imdb1.auc":           {"area under the ROC curve on the test set", "", 4, ""},
	"imdb1.epoch_seconds": {"an epoch of training", "s", 2, ".57 s (TensorFlow), .85 s (JAX), both Keras on 2 cores"},
}

// table is the README's table of results, in Markdown, for the lessons in the
// given files. A result without a value or a description is an error.
func table(paths []string, results map[string]float64) (string, error) {
	var b strings.Builder
	b.WriteString("| lesson | result | measured | reference |\n|---|---|---|---|\n")
	for _, path := range paths {
		n, err := notebook.Read(path)
		if err != nil {
			return "", err
		}
		for _, name := range notebook.Names(n) {
			m, ok := measures[name]
			if !ok {
				return "", fmt.Errorf("%s reports %s, which pkg/cmd/lab/table.go does not describe", lessonName(path), name)
			}
			v, ok := results[name]
			if !ok {
				return "", fmt.Errorf("%s of lesson %s was not measured yet: run make lessons", name, lessonName(path))
			}
			fmt.Fprintf(&b, "| [%s](notebooks/%s) | %s (`%s`) | %s | %s |\n",
				lessonName(path), filepath.Base(path), m.what, name, m.format(v), m.reference)
		}
	}
	return b.String(), nil
}

// format writes a value with the measure's digits and unit.
func (m measure) format(v float64) string {
	decimals := m.digits
	if v != 0 {
		decimals = m.digits - 1 - int(math.Floor(math.Log10(math.Abs(v))))
	}
	s := fmt.Sprintf("%.*f", max(0, decimals), v)
	if m.unit != "" {
		s += " " + m.unit
	}
	return s
}
