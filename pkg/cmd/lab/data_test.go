package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The sets to evaluate word vectors with and the pre-trained model are fetched too; without them
// there is a line about it, and no error.
func TestFetch(t *testing.T) {
	t.Setenv("SPARSEQ_IMDB", "sample")
	l, out := newLab(t, nil)
	dir := t.TempDir()
	t.Setenv("SPARSEQ_WORDEVAL", dir)
	t.Setenv("SPARSEQ_MINILM", dir)
	if err := l.fetch(context.Background()); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(out.String(), "\n")
	if len(lines) != 6 || !strings.HasPrefix(lines[0], "ready: ") || !strings.HasPrefix(lines[1], "WordSim-353: ") || lines[2] != "lessons skip what needs it" ||
		!strings.HasPrefix(lines[3], "MiniLM-L6-v2: ") || lines[4] != lines[2] {
		t.Errorf("without set and model it prints %q", out)
	}

	table := "Word 1\tWord 2\tHuman (mean)\r\n"
	for i := range 353 {
		table += fmt.Sprintf("a%d\tb\t5.00\r\n", i)
	}
	if err := os.WriteFile(filepath.Join(dir, "wordsim353-combined.tab"), []byte(table), 0o644); err != nil {
		t.Fatal(err)
	}
	out.Reset()
	if err := l.fetch(context.Background()); err != nil || !strings.Contains(out.String(), "\nready: WordSim-353, 353 pairs of words\n") {
		t.Errorf("%v, it prints %q", err, out)
	}

	interrupted, stop := context.WithCancel(context.Background())
	stop()
	end := make(chan struct{})
	defer close(end)
	if err := l.prefetch(interrupted, func(string, func(string)) error { <-end; return nil }); err != context.Canceled {
		t.Errorf("interrupted: %v", err)
	}
}
