package wordvec

import (
	"slices"
	"sync"
	"time"
)

const progressEvery = time.Second / 2

// report is when Progress was last told, and what has to be told since.
type report struct {
	mu          sync.Mutex
	telling     sync.Mutex // held while Progress runs
	begin, last time.Time
	loss        float64
	measured    int
}

func (r *report) start(now time.Time) { r.begin, r.last = now, now }

func (r *report) add(loss float64, measured int) {
	r.mu.Lock()
	r.loss += loss
	r.measured += measured
	r.mu.Unlock()
}

// take gives the mean loss since the last call, if it is time for one.
func (r *report) take(now time.Time, end bool) (loss float64, due bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !end && now.Sub(r.last) < progressEvery {
		return 0, false
	}
	if r.measured > 0 {
		loss = r.loss / float64(r.measured)
	}
	r.last, r.loss, r.measured = now, 0, 0
	return loss, true
}

// tell calls Progress if it is time to, and no other worker does.
func (t *training) tell(now time.Time, end bool) {
	if t.Progress == nil || !t.report.telling.TryLock() {
		return
	}
	defer t.report.telling.Unlock()
	loss, due := t.report.take(now, end)
	if !due {
		return
	}
	read, words := t.read.Load(), t.learned.Load()
	p := Progress{
		Epoch: min(int(read*int64(t.Epochs)/t.total)+1, t.Epochs), Epochs: t.Epochs,
		Done:    min(float64(read)/float64(t.total), 1),
		Words:   int(words),
		Rate:    float64(t.rateAt(read)),
		Loss:    loss,
		Elapsed: now.Sub(t.report.begin),
		Vectors: func() (*Vectors, error) { return New(t.corpus.Words, rows(slices.Clone(t.in), t.Dim)) },
	}
	if p.Elapsed > 0 {
		p.WordsPerSecond = float64(words) / p.Elapsed.Seconds()
	}
	if end {
		p.Done = 1
	} else if p.Done > 0 {
		p.Left = time.Duration(float64(p.Elapsed) * (1 - p.Done) / p.Done)
	}
	t.Progress(p)
}
