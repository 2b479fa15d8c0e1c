package show

import (
	"math"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := capture(t, func() {
			p := Progress("Training <x>")
			for i := range 1000 {
				p(float64(i)/1000, "epoch <1>")
				time.Sleep(time.Millisecond)
			}
			p(math.NaN(), "late")
			p(1, "done & dusted")
			p(.5, "after the end")
			time.Sleep(2 * refresh) // an update that was put off would come now
			synctest.Wait()
		})
		// One at the start, one each .2 s of the second, one at the end.
		if len(out) < 5 || len(out) > 7 {
			t.Fatalf("%d updates of 1,003", len(out))
		}
		last := out[len(out)-1]
		for _, o := range out {
			if o.id == "" || o.id != last.id {
				t.Errorf("ids %q and %q", o.id, last.id)
			}
		}
		if !strings.Contains(last.HTML, "100 %") || !strings.Contains(last.HTML, "done in 1.0 s") ||
			!strings.Contains(last.HTML, "done &amp; dusted") || !strings.Contains(last.HTML, "Training &lt;x&gt;") {
			t.Errorf("last state: %s", last.HTML)
		}
		if last.Plain != "Training <x>: done in 1.0 s: done & dusted" || out[0].Plain != "" {
			t.Errorf("plain: %q, then %q", out[0].Plain, last.Plain)
		}
	})
}

// The last of several quick calls is shown in the end, even when none follows.
func TestProgressPutsOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := capture(t, func() {
			p := Progress("x")
			p(.1, "first")
			var all sync.WaitGroup
			for range 4 {
				all.Go(func() { p(.2, "second") })
			}
			all.Wait()
			time.Sleep(2 * refresh)
			synctest.Wait()
		})
		if len(out) != 2 || !strings.Contains(out[1].HTML, "second") {
			t.Errorf("%d updates: %+v", len(out), out)
		}
	})
}

func TestClock(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0.0 s", 3240 * time.Millisecond: "3.2 s", 9960 * time.Millisecond: "10 s", 42 * time.Second: "42 s",
		59600 * time.Millisecond: "1 min 00 s", 65 * time.Second: "1 min 05 s", 2*time.Hour + 3*time.Minute: "2 h 03 min",
		59*time.Minute + 50*time.Second: "1 h 00 min",
	} {
		if got := clock(d); got != want {
			t.Errorf("clock(%v) = %s, want %s", d, got, want)
		}
	}
	p := &progress{fraction: .25}
	if got := p.times(10 * time.Second); got != "10 s, 30 s left" {
		t.Error(got)
	}
}
