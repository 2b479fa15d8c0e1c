package notebook

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Options of [Execute].
type Options struct {
	Root     string         // the checkout, which holds .venv and docker/execute.py
	Dir      string         // the cells' working folder, "" = the notebook's
	Env      []string       // added to the environment: KEY=value
	Quick    bool           // the quick setting: SPARSEQ_QUICK=1
	Timeout  time.Duration  // of one cell, 0 = one hour
	Progress func(Progress) // called before and after each code cell, may be nil
}

// Progress reports on one code cell.
type Progress struct {
	Cell    int     // index in the notebook, from 0
	Number  int     // counted among the code cells, from 1
	Of      int     // code cells in all
	Heading string  // the nearest heading above
	Done    bool    // false: the cell starts; true: it ended
	OK      bool    // it ended well
	Seconds float64 // it took
}

// CellError is the failure of one cell.
type CellError struct {
	Cell    int    // index in the notebook, from 0
	Heading string // the nearest heading above
	Message string // the compiler's, the program's or the kernel's, one line
}

func (e *CellError) Error() string {
	if e.Heading == "" {
		return fmt.Sprintf("cell %d: %s", e.Cell+1, e.Message)
	}
	return fmt.Sprintf("cell %d (%s): %s", e.Cell+1, e.Heading, e.Message)
}

// stopGrace is what an interrupted run gets to stop its kernel. GoNB itself
// gives a cell's program 5 seconds.
const stopGrace = 20 * time.Second

// Execute runs the notebook in with the Go kernel and writes the executed one
// to out, atomically, also when a cell fails: then it holds the outputs so far
// and the error is a [CellError]. When ctx ends, the cell's program, the
// kernel and the notebook's process are stopped, in this order, and the error
// is ctx's.
func Execute(ctx context.Context, in, out string, o Options) (*Notebook, error) {
	source, err := Read(in)
	if err != nil {
		return nil, err
	}
	python, script := filepath.Join(o.Root, ".venv", "bin", "python"), filepath.Join(o.Root, "docker", "execute.py")
	if _, err := os.Stat(python); err != nil {
		return nil, fmt.Errorf("the lab is not set up in %s (.venv is missing): run make setup", o.Root)
	}
	record, err := json.Marshal(struct {
		Quick  bool   `json:"quick"`
		Source string `json:"source"`
	}{o.Quick, source.Hash()})
	if err != nil {
		return nil, err
	}
	dir, err := filepath.Abs(cmp.Or(o.Dir, filepath.Dir(in)))
	if err != nil {
		return nil, err
	}
	timeout := cmp.Or(o.Timeout, time.Hour)
	cmd := exec.CommandContext(ctx, python, script, "--dir", dir, "--record", string(record),
		"--timeout", fmt.Sprint(max(1, int(timeout.Seconds()))), in, out)
	cmd.Env = append(os.Environ(), "SPARSEQ_ROOT="+o.Root, "SPARSEQ_QUICK="+map[bool]string{true: "1"}[o.Quick])
	cmd.Env = append(cmd.Env, o.Env...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = stopGrace
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("python does not start: %w: run make setup", err)
	}
	end := follow(bufio.NewScanner(stdout), source, o.Progress)
	werr := cmd.Wait()
	if ctx.Err() != nil {
		return nil, fmt.Errorf("%s: interrupted: %w", filepath.Base(in), ctx.Err())
	}
	if end == nil {
		said := cmp.Or(lastLine(stderr.String()), "it said nothing")
		if werr != nil && stderr.Len() == 0 {
			said = werr.Error()
		}
		return nil, fmt.Errorf("%s: the run ended early: %s", filepath.Base(in), said)
	}
	switch {
	case !end.OK && end.Cell != nil:
		err = &CellError{*end.Cell, source.Heading(*end.Cell), end.Message}
	case !end.OK:
		return nil, errors.New(end.Message)
	}
	executed, rerr := Read(out)
	if rerr != nil {
		return nil, errors.Join(err, rerr)
	}
	return executed, err
}

// event is one line of docker/execute.py.
type event struct {
	Event   string
	Cells   int
	Cell    *int
	Number  int
	Seconds float64
	OK      bool
	Message string
}

// follow passes the run's events on and returns the last one, nil if the run
// ended without it.
func follow(lines *bufio.Scanner, source *Notebook, progress func(Progress)) *event {
	of := 0
	for lines.Scan() {
		var e event
		if json.Unmarshal(lines.Bytes(), &e) != nil {
			continue // a stray line of a Python package
		}
		switch {
		case e.Event == "start":
			of = e.Cells
		case e.Event == "end":
			return &e
		case e.Cell != nil && progress != nil:
			progress(Progress{Cell: *e.Cell, Number: e.Number, Of: of, Heading: source.Heading(*e.Cell),
				Done: e.Event == "done", OK: e.OK, Seconds: e.Seconds})
		}
	}
	return nil
}

// lastLine is the last line of s that is not blank.
func lastLine(s string) string {
	s = strings.TrimSpace(s)
	return strings.TrimSpace(s[strings.LastIndexByte(s, '\n')+1:])
}
