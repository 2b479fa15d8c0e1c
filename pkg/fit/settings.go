package fit

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"runtime"
	"slices"
	"strings"

	"github.com/gomlx/gomlx/ml/train"
	"github.com/gomlx/gomlx/ml/train/loss"
	"github.com/gomlx/gomlx/ml/train/metric"
	"github.com/gomlx/gomlx/ml/train/optimizer"
)

// Settings say how to train.
type Settings struct {
	// Epochs is how often training sees all the data, at most.
	Epochs int
	// Patience is after how many epochs without a lower validation loss training stops
	// early; 0 is never.
	Patience int
	// Seed is what the initial weights, and what else a model draws, come from: the same
	// seed gives the same losses.
	Seed int64
	// Optimizer changes the weights; none is RMSProp(.001).
	Optimizer Optimizer
	// Loss is what training lowers; none is GoMLX's BinaryCrossentropyLogits.
	Loss train.LossFn
	// Accuracy measures what the history calls so; none is the share of rows whose logit
	// has the sign of its label where Loss is none too, otherwise none is measured.
	Accuracy metric.BaseMetricGraph
	// Existing says what becomes of a run that is already in the folder.
	Existing Existing
	// Notes are kept with the run, for those who compare: the source of the data, say, or
	// the vocabulary's size. Keep and Continue heed them. They must be writable as JSON.
	Notes map[string]any
	// Progress, where given, is called a few times a second with how much is done, from 0
	// to 1, and a line such as "epoch 3/10 · loss 0.310 · validation 0.293 / 0.882 · 4 s left".
	Progress func(fraction float64, line string)
}

// Existing says what Train makes of a run that is already in its folder.
type Existing int

const (
	// Restart trains anew; the former run is there until the new one is written.
	Restart Existing = iota
	// Keep returns the run as it is where it was trained to its end with the same settings,
	// notes and sizes of data and is not damaged, and trains anew otherwise. It cannot see a changed model or
	// changed values: tell them apart by a note.
	Keep
	// Continue goes on where the run ended, up to Epochs in all, as if it had not been
	// stopped; it is an error where other settings than Epochs and Patience have changed.
	Continue
)

// Optimizer is a GoMLX optimizer with the name under which a run records it.
type Optimizer struct {
	optimizer.Interface
	Name string

	rate    float64
	build   func(rate float64) optimizer.Interface
	decay   float64 // of the rate, a factor an epoch
	clip    float64 // the greatest norm of a gradient,
	clipped bool    // where there is one
}

// RMSProp divides each step by a running mean of the gradient's size, with ρ = 0.9 (Hinton,
// lecture 6 of "Neural Networks for Machine Learning", 2012). GoMLX corrects the mean for
// its start at zero, as Adam does, which Keras does not: there the first steps are longer.
func RMSProp(rate float64) Optimizer {
	const rho = .9
	return withRate(fmt.Sprintf("RMSProp, rate %g, ρ %g", rate, rho), rate, func(rate float64) optimizer.Interface {
		return optimizer.RMSProp().Betas(rho, rho).LearningRate(rate).Done()
	})
}

// Adam adds to RMSProp a running mean of the gradient (Kingma and Ba 2014), with β₁ = 0.9
// and β₂ = 0.999.
func Adam(rate float64) Optimizer {
	return withRate(fmt.Sprintf("Adam, rate %g", rate), rate, func(rate float64) optimizer.Interface {
		return optimizer.Adam().LearningRate(rate).Done()
	})
}

func (s Settings) withDefaults() (Settings, error) {
	if s.Epochs < 1 {
		return s, fmt.Errorf("training needs 1 epoch or more, not %d", s.Epochs)
	}
	if s.Patience < 0 {
		return s, fmt.Errorf("patience is a number of epochs, or 0 for no early stop, not %d", s.Patience)
	}
	if s.Optimizer.Interface == nil {
		s.Optimizer = RMSProp(.001)
	}
	if err := s.Optimizer.check(); err != nil {
		return s, err
	}
	if s.Loss == nil {
		s.Loss = loss.BinaryCrossentropyLogits
		if s.Accuracy == nil {
			s.Accuracy = metric.BinaryLogitsAccuracyGraph
		}
	}
	if _, err := json.Marshal(s.Notes); err != nil {
		return s, errors.New("the notes of a run must be writable as JSON: " + oneLine(err).Error())
	}
	return s, nil
}

// record is what a run's settings.json holds, and what two runs are compared by.
type record map[string]json.RawMessage

func (s Settings) record(training, validation train.Dataset) record {
	r := record{}
	put := func(key string, value any) {
		r[key], _ = json.Marshal(value) // plain values, and notes that were tried before
	}
	put("epochs", s.Epochs)
	put("patience", s.Patience)
	put("seed", s.Seed)
	put("optimizer", s.Optimizer.Name)
	put("loss", functionName(s.Loss))
	put("notes", s.Notes)
	for name, d := range map[string]train.Dataset{"training data": training, "validation data": validation} {
		if rows, ok := d.(*Rows); ok {
			size := map[string]any{"rows": rows.Len(), "width": rows.width, "batch": rows.batch}
			if len(rows.widths) > 1 { // what lies in older runs stays comparable
				size["buckets"] = rows.widths
			}
			put(name, size)
		}
	}
	return r
}

// settings returns what of the settings can be read back.
func (r record) settings() Settings {
	var s Settings
	for key, value := range map[string]any{
		"epochs": &s.Epochs, "patience": &s.Patience, "seed": &s.Seed,
		"optimizer": &s.Optimizer.Name, "notes": &s.Notes,
	} {
		_ = json.Unmarshal(r[key], value) // what is not there stays zero
	}
	return s
}

func (r record) equal(other record) bool { return r.differs(other) == "" }

// differs returns the first key, but for those to ignore, whose values are not the same.
func (r record) differs(other record, ignore ...string) string {
	keys := slices.Sorted(maps.Keys(r))
	for key := range other {
		if _, ok := r[key]; !ok {
			keys = append(keys, key)
		}
	}
	for _, key := range keys {
		if !slices.Contains(ignore, key) && !bytes.Equal(compact(r[key]), compact(other[key])) {
			return key
		}
	}
	return ""
}

// compact returns JSON without the white space that a file has.
func compact(text json.RawMessage) []byte {
	var b bytes.Buffer
	if err := json.Compact(&b, text); err != nil {
		return text
	}
	return b.Bytes()
}

// functionName returns a function's name without its package.
func functionName(f any) string {
	name := runtime.FuncForPC(reflect.ValueOf(f).Pointer()).Name()
	return name[strings.LastIndex(name, ".")+1:]
}
