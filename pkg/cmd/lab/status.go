package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"
)

// statusWidth keeps the updating line within a usual terminal.
const statusWidth = 79

// status shows progress: one updating line on a terminal, plain lines
// elsewhere.
type status struct {
	mu    sync.Mutex
	w     io.Writer
	live  bool          // w is a terminal
	text  string        // what is going on
	since time.Time     // when it began
	stop  chan struct{} // ends the clock, nil while no clock runs
}

func newStatus(f *os.File) *status {
	info, err := f.Stat()
	return &status{w: f, live: err == nil && info.Mode()&os.ModeCharDevice != 0}
}

// doing replaces the updating line, which counts the seconds from then on.
// Elsewhere than on a terminal nothing is shown.
func (s *status) doing(format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.live {
		return
	}
	s.text, s.since = fmt.Sprintf(format, args...), time.Now()
	s.draw()
	if s.stop == nil {
		s.stop = make(chan struct{})
		go s.clock(s.stop)
	}
}

// done prints a line that stays. On a terminal, steps that an updating line
// has shown already are left out.
func (s *status) done(format string, args ...any) {
	if !s.live {
		s.line(format, args...)
	}
}

// line prints a line that stays, everywhere.
func (s *status) line(format string, args ...any) {
	s.clear()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.write(fmt.Sprintf(format+"\n", args...))
}

// clear removes the updating line.
func (s *status) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stop != nil {
		close(s.stop)
		s.stop, s.text = nil, ""
		s.write("\r\x1b[K")
	}
}

// clock redraws the line each second until stop is closed.
func (s *status) clock(stop chan struct{}) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-stop:
			return
		case <-tick.C:
			s.mu.Lock()
			if s.stop == stop {
				s.draw()
			}
			s.mu.Unlock()
		}
	}
}

// draw writes the line; the caller holds the lock.
func (s *status) draw() {
	seconds := fmt.Sprintf("  %d s", int(time.Since(s.since).Seconds()))
	text := []rune(s.text)
	if room := statusWidth - len(seconds); len(text) > room {
		text = append(text[:room-1], '…')
	}
	s.write("\r\x1b[K" + string(text) + seconds)
}

// write writes text; progress that cannot be shown is no reason to stop.
func (s *status) write(text string) { _, _ = io.WriteString(s.w, text) }
