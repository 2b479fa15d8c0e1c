package fit

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/gomlx/gomlx/ml/model"
	"github.com/gomlx/gomlx/ml/model/checkpoint"
)

// Run is what came of a training.
type Run struct {
	// Settings are those it was trained with; of a loaded run those that can be written:
	// not the functions, and of the optimizer the name.
	Settings Settings
	// History holds a line an epoch, in order.
	History []Epoch
	// Best is the index in History of the lowest validation loss, the epoch of the weights.
	Best int
	// Seconds is how long training took, compiling included.
	Seconds float64
	// Stopped is why training ended.
	Stopped Stop

	dir       string
	record    record
	untrained *model.Store // the weights of a run that lies in no folder
}

// Epoch is one line of a history. Accuracies are shares from 0 to 1, and 0 throughout where
// none was measured. The training figures are means over the epoch, while the weights were
// changing; the validation figures are measured after it. Seconds are those of training alone,
// as Keras' users measure it; compiling is in the first epoch's.
type Epoch struct {
	TrainLoss          float64 `json:"train_loss"`
	TrainAccuracy      float64 `json:"train_accuracy"`
	ValidationLoss     float64 `json:"validation_loss"`
	ValidationAccuracy float64 `json:"validation_accuracy"`
	Seconds            float64 `json:"seconds"`
}

// Stop is why a training ended.
type Stop string

// The ends of a training.
const (
	AllEpochs   Stop = "all epochs"  // it came to its end
	Patience    Stop = "patience"    // the validation loss fell no more
	Interrupted Stop = "interrupted" // by the user, or the context
	NotFinite   Stop = "not finite"  // the loss was no number any more
)

const (
	settingsFile = "settings.json"
	historyFile  = "history.json"
	bestDir      = "best" // checkpoint of the best epoch's weights
	lastDir      = "last" // checkpoint after the last epoch, with the optimizer's state
)

// history is what a run's history.json holds.
type history struct {
	Epochs  []Epoch `json:"epochs"`
	Best    int     `json:"best"`
	Seconds float64 `json:"seconds"`
	Stopped Stop    `json:"stopped"`
}

// Load reads the run in dir, but for its weights, which wait until they are asked for.
//
// A run that is not there is an error that wraps os.ErrNotExist. In the folder of a lesson's
// run, <data>/runs/<lesson>/<name>, the error says which lesson makes it.
func Load(dir string) (*Run, error) {
	recoverFormer(dir)
	r := &Run{dir: dir}
	var h history
	for name, value := range map[string]any{settingsFile: &r.record, historyFile: &h} {
		text, err := os.ReadFile(r.path(name))
		if errors.Is(err, os.ErrNotExist) {
			return nil, r.missing()
		}
		if err != nil {
			return nil, r.damaged("its " + name + " cannot be read")
		}
		if err := json.Unmarshal(text, value); err != nil {
			return nil, r.damaged("its " + name + " is not what was written")
		}
	}
	if len(h.Epochs) == 0 || h.Best < 0 || h.Best >= len(h.Epochs) {
		return nil, r.damaged("its " + historyFile + " is not what was written")
	}
	r.History, r.Best, r.Seconds, r.Stopped = h.Epochs, h.Best, h.Seconds, h.Stopped
	r.Settings = r.record.settings()
	return r, nil
}

// Weights returns a GoMLX store with the weights of the best epoch, by their paths. Files that
// have changed since the training are an error.
//
//	store.GetVariable("/dense/weights").Value()
func (r *Run) Weights() (*model.Store, error) { return r.load(bestDir) }

// EpochSeconds returns the median of the epochs' seconds of training. The first, which also compiles,
// is left out unless it is the only one; of no epochs it is 0.
func (r *Run) EpochSeconds() float64 {
	var seconds []float64
	for _, e := range r.History[min(1, max(0, len(r.History)-1)):] {
		seconds = append(seconds, e.Seconds)
	}
	if len(seconds) == 0 {
		return 0
	}
	slices.Sort(seconds)
	return (seconds[(len(seconds)-1)/2] + seconds[len(seconds)/2]) / 2
}

// Dir returns the run's folder.
func (r *Run) Dir() string { return r.dir }

func (r *Run) path(name string) string { return filepath.Join(r.dir, name) }

func (r *Run) complete() bool { return r.Stopped == AllEpochs || r.Stopped == Patience }

// impatient says whether the validation loss has not fallen for the settings' patience.
func (r *Run) impatient() bool {
	p := r.Settings.Patience
	return p > 0 && len(r.History)-1-r.Best >= p
}

func (r *Run) ending() string {
	n := len(r.History)
	switch r.Stopped {
	case Interrupted:
		return fmt.Sprintf("interrupted after epoch %d, the best so far is kept", n)
	case NotFinite:
		return fmt.Sprintf("stopped after epoch %d: the loss is no number any more", n)
	case Patience:
		return fmt.Sprintf("stopped after epoch %d: no lower validation loss for %d", n, r.Settings.Patience)
	}
	return fmt.Sprintf("epoch %d/%d", n, r.Settings.Epochs)
}

// load returns a store with the weights of one of the run's checkpoints.
func (r *Run) load(name string) (*model.Store, error) {
	if r.untrained != nil {
		return r.untrained.Clone()
	}
	if err := r.verify(name); err != nil {
		return nil, err
	}
	store := model.NewStore()
	err := guard(func() error {
		_, err := checkpoint.Load(store).Dir(r.path(name)).Immediate().Done()
		return err
	})
	if err != nil {
		return nil, r.damaged("its weights cannot be read")
	}
	return store, nil
}

// intact says whether the best epoch's weights can be read.
func (r *Run) intact() bool {
	store, err := r.load(bestDir)
	if err != nil {
		return false
	}
	store.Finalize()
	return true
}

// attach has a store take its variables, as the model asks for them, from a checkpoint.
func attach(store *model.Store, dir string) error {
	_, err := checkpoint.Load(store).Dir(dir).Done()
	return err
}
