package wordvec

import (
	"sync"
	"time"
)

// Progress is how far a training is.
type Progress struct {
	Epoch, Epochs  int     // the epoch that is going on, from 1, and how many there will be
	Done           float64 // the share of all the work that is done, 0 to 1
	Words          int     // running words learned from so far, without those passed over; of GloVe, pairs of words
	WordsPerSecond float64 // of Words, on average
	Rate           float64 // the learning rate now
	Loss           float64 // mean over some of the examples since the last call; 0 = none since
	Elapsed, Left  time.Duration

	// Vectors copies the vectors as they are now, to look at while the training goes on. It
	// may be called until Progress returns.
	Vectors func() (*Vectors, error)
}

const progressEvery = time.Second / 2

// report is when Progress was last told, and what has to be told since.
type report struct {
	progress    func(Progress) // or nil
	mu          sync.Mutex
	telling     sync.Mutex // held while progress runs
	begin, last time.Time
	loss        float64
	measured    int
}

func (r *report) start(progress func(Progress)) {
	r.progress = progress
	r.begin = time.Now()
	r.last = r.begin
}

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

// tell passes on what state gives, with the loss and the times, if it is time to and no other
// worker does.
func (r *report) tell(now time.Time, end bool, state func() Progress) {
	if r.progress == nil || !r.telling.TryLock() {
		return
	}
	defer r.telling.Unlock()
	loss, due := r.take(now, end)
	if !due {
		return
	}
	p := state()
	p.Loss = loss
	p.Elapsed = now.Sub(r.begin)
	if p.Elapsed > 0 {
		p.WordsPerSecond = float64(p.Words) / p.Elapsed.Seconds()
	}
	p.Done = min(p.Done, 1)
	if end {
		p.Done = 1
	} else if p.Done > 0 {
		p.Left = time.Duration(float64(p.Elapsed) * (1 - p.Done) / p.Done)
	}
	p.Epoch = min(int(p.Done*float64(p.Epochs))+1, p.Epochs)
	r.progress(p)
}
