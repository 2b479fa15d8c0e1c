package main

import (
	"os"
	"strings"
)

// whole are parameters of lessons that by themselves take a part of the data, so that nobody in a
// workshop waits: "make lessons" measures them on all of it, anew each time.
var whole = map[string][]string{
	"05-word2vec": {"SPARSEQ_PART=75000", "SPARSEQ_AGAIN=1"},
}

// environment is what a lesson's kernel gets besides the process's own variables. A parameter
// that is set there already stays as it is.
func (l *lab) environment(path string, quick bool) []string {
	env := []string{"SPARSEQ_DATA=" + l.data}
	if quick {
		return env
	}
	for _, parameter := range whole[lessonName(path)] {
		if name, _, _ := strings.Cut(parameter, "="); os.Getenv(name) == "" {
			env = append(env, parameter)
		}
	}
	return env
}
