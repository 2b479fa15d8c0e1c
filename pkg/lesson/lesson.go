// Package lesson is what a notebook asks of its surroundings: its settings (full or quick),
// the folders it reads and writes, the check of an exercise, and the results it reports.
//
// What goes wrong ends the cell with one line on the standard error stream that says what is
// wrong and what to do. There is no stack trace: a learner would have to look for the line in it.
package lesson

import (
	"fmt"
	"os"
	"strings"
)

// exit ends the program; tests replace it.
var exit = os.Exit

// Must returns v, or ends the cell with err's message.
//
//	corpus := lesson.Must(imdb.Load(imdb.Options{}))
func Must[T any](v T, err error) T {
	Try(err)
	return v
}

// Try ends the cell with err's message unless err is nil.
func Try(err error) {
	if err != nil {
		stop("%v", err)
	}
}

// stop ends the program with one line.
func stop(format string, args ...any) {
	line := strings.Join(strings.Fields(fmt.Sprintf(format, args...)), " ")
	fmt.Fprintln(os.Stderr, line)
	exit(1)
}
