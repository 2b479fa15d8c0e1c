package main

import (
	"bytes"
	"io"
	"strings"
	"testing"
)

func TestStatus(t *testing.T) {
	var b bytes.Buffer
	s := &status{w: &b, live: true}
	s.doing("%s", strings.Repeat("é", 100))
	s.done("left out")
	s.line("kept")
	lines := strings.Split(b.String(), "\r\x1b[K")
	if len(lines) != 3 || len([]rune(lines[1])) != statusWidth || lines[2] != "kept\n" {
		t.Errorf("on a terminal: %q", lines)
	}
	b.Reset()
	s = &status{w: &b}
	s.doing("unseen")
	s.done("step")
	s.line("line")
	if b.String() != "step\nline\n" {
		t.Errorf("elsewhere: %q", b.String())
	}
}

// TestStatusFromSeveralGoroutines is for the race detector: the clock draws
// while lines change.
func TestStatusFromSeveralGoroutines(t *testing.T) {
	s := &status{w: io.Discard, live: true}
	done := make(chan bool)
	for range 4 {
		go func() {
			for range 200 {
				s.doing("x")
				s.clear()
			}
			done <- true
		}()
	}
	for range 4 {
		<-done
	}
}
