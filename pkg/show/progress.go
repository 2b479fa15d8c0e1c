package show

import (
	"fmt"
	"math"
	"strings"
	"sync"
	"time"

	"github.com/janpfeifer/gonb/gonbui"
)

// refresh is the shortest time between two updates of a progress bar: a page that is redrawn
// more often becomes slow.
const refresh = 200 * time.Millisecond

// Progress shows a bar that the returned function moves: to a fraction in [0, 1], with a line
// of text beside it, and the time that is gone and the time that is left. At fraction 1 the bar
// is done, and stays as it is. The function may be called from several goroutines, and as often
// as one likes. Outside a notebook only the last state is printed.
func Progress(title string) func(fraction float64, line string) {
	p := &progress{title: title, id: "progress-" + gonbui.UniqueId(), start: time.Now()}
	return p.move
}

type progress struct {
	title, id string
	start     time.Time

	mu       sync.Mutex
	shown    time.Time
	fraction float64
	line     string
	unseen   bool // the state is not on display yet
	waiting  bool // a timer will show it
	done     bool
}

func (p *progress) move(fraction float64, line string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.done {
		return
	}
	if math.IsNaN(fraction) {
		fraction = p.fraction
	}
	p.fraction, p.line, p.unseen = max(0, min(1, fraction)), line, true
	wait := refresh - time.Since(p.shown)
	switch {
	case p.fraction == 1:
		p.done = true
		p.show()
	case wait <= 0:
		p.show()
	case !p.waiting:
		p.waiting = true
		time.AfterFunc(wait, func() {
			p.mu.Lock()
			defer p.mu.Unlock()
			p.waiting = false
			if p.unseen {
				p.show()
			}
		})
	}
}

// show displays the state; p.mu is held.
func (p *progress) show() {
	p.shown, p.unseen = time.Now(), false
	elapsed := p.shown.Sub(p.start)
	o := Output{HTML: p.html(elapsed)}
	if p.done {
		o.Plain = p.plain(elapsed)
	}
	deliver(o, p.id)
}

func (p *progress) html(elapsed time.Duration) string {
	return fmt.Sprintf(`<div><b>%s</b> <progress value="%.3f" max="1" aria-label="%s">%.0f %%</progress> %.0f %%, %s<br>%s</div>`,
		escape(p.title), p.fraction, escape(p.title), 100*p.fraction, 100*p.fraction,
		p.times(elapsed), escape(p.line))
}

func (p *progress) plain(elapsed time.Duration) string {
	parts := []string{p.title, p.times(elapsed)}
	if p.line != "" {
		parts = append(parts, p.line)
	}
	return strings.Join(parts, ": ")
}

// times says how long it took, or how long it takes still if it goes on as it did.
func (p *progress) times(elapsed time.Duration) string {
	if p.done {
		return "done in " + clock(elapsed)
	}
	if p.fraction < .01 || elapsed < time.Second {
		return clock(elapsed)
	}
	left := time.Duration(float64(elapsed) * (1 - p.fraction) / p.fraction)
	return clock(elapsed) + ", " + clock(left) + " left"
}

// clock writes d with the precision that matters: 3.2 s, 1 min 05 s, 2 h 03 min.
func clock(d time.Duration) string {
	switch s := d.Seconds(); {
	case s < 9.95:
		return fmt.Sprintf("%.1f s", s)
	case s < 59.5:
		return fmt.Sprintf("%.0f s", s)
	case s < 3570:
		n := int(math.Round(s))
		return fmt.Sprintf("%d min %02d s", n/60, n%60)
	default:
		n := int(math.Round(s / 60))
		return fmt.Sprintf("%d h %02d min", n/60, n%60)
	}
}
