package fit

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/gomlx/gomlx/ml/train"
)

// progress tells the settings' callback how far training is, a few times a second at most.
type progress struct {
	tell   func(fraction float64, line string)
	epochs int
	done   int // epochs
	first  int // the epoch that this training began with
	steps  int // a whole epoch's; 0 until known
	at     int // steps of this epoch so far
	now    func() time.Time
	start  time.Time // after the first step, which compiles the model
	told   time.Time
	last   *Epoch
}

const tellEvery = 300 * time.Millisecond

func newProgress(s Settings, done int, training train.Dataset) *progress {
	p := &progress{tell: s.Progress, epochs: s.Epochs, done: done, first: done, now: time.Now}
	if r, ok := training.(*Rows); ok {
		p.steps = r.Batches()
	}
	return p
}

// step notes a step of training, whose epoch's mean so far is m.
func (p *progress) step(m mean) {
	if p.at++; p.start.IsZero() {
		p.start = p.now()
	}
	p.say(m.loss())
}

// epoch notes the end of the last epoch of the history.
func (p *progress) epoch(history []Epoch) {
	p.steps, p.at = p.at, 0
	p.done = len(history)
	p.last = &history[len(history)-1]
	if p.done < p.epochs {
		p.say(p.last.TrainLoss)
	}
}

// end says how the run ended.
func (p *progress) end(r *Run) {
	if p.tell == nil {
		return
	}
	best := r.History[r.Best]
	p.tell(1, fmt.Sprintf("%s · best epoch %d · validation %s", r.ending(), r.Best+1, figures(best)))
}

// say tells the training loss so far and what else is known, unless it has just said it.
func (p *progress) say(loss float64) {
	now := p.now()
	if p.tell == nil || now.Sub(p.told) < tellEvery {
		return
	}
	p.told = now
	parts := []string{
		fmt.Sprintf("epoch %d/%d", min(p.done+1, p.epochs), p.epochs),
		fmt.Sprintf("loss %.3f", loss),
	}
	if p.last != nil {
		parts = append(parts, "validation "+figures(*p.last))
	}
	fraction := 0.0
	if p.steps > 0 {
		epochs := float64(p.done) + float64(p.at)/float64(p.steps)
		fraction = min(epochs/float64(p.epochs), .999) // 1 is for the end, after the last validation
		// The first step, mostly compiling, is no measure of those to come.
		measured := epochs - float64(p.first) - 1/float64(p.steps)
		if spent := now.Sub(p.start); spent > time.Second && measured > 0 {
			left := spent.Seconds() / measured * (float64(p.epochs) - epochs)
			parts = append(parts, duration(left)+" left")
		}
	}
	p.tell(fraction, strings.Join(parts, " · "))
}

func figures(e Epoch) string {
	if e.ValidationAccuracy == 0 {
		return fmt.Sprintf("%.4g", e.ValidationLoss)
	}
	return fmt.Sprintf("%.3f / %.3f", e.ValidationLoss, e.ValidationAccuracy)
}

func duration(seconds float64) string {
	s := int(math.Ceil(seconds))
	if s < 100 {
		return fmt.Sprintf("%d s", s)
	}
	return fmt.Sprintf("%d min %d s", s/60, s%60)
}
