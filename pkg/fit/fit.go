// Package fit trains a GoMLX model and keeps what came of it in a folder, a run: the
// settings, the history of the losses, and the weights of the best epoch. A later process
// loads the run, looks at it and predicts with it.
//
//	run, err := fit.Train(dir, backend, modelFn, trainRows, validationRows,
//	    fit.Settings{Epochs: 10, Optimizer: fit.RMSProp(.001)})
//	…
//	run, err := fit.Load(dir)
//	probabilities, err := run.Predict(backend, modelFn, testRows)
//
// The best epoch is the one with the lowest validation loss. Models, losses, optimizers and
// data sets are GoMLX's own types. The backend is a parameter, so a program that only loads
// a history does not link one.
package fit

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"

	"github.com/gomlx/compute"
	"github.com/gomlx/gomlx/ml/train"
)

// ModelFn builds a model, as GoMLX has it: of the inputs of a batch it makes the outputs.
//
//	func(scope *model.Scope, spec any, inputs []*graph.Node) []*graph.Node
type ModelFn = train.ModelFn

// Train trains a model and keeps it as the run in the folder dir, which it makes.
//
// An interrupt (SIGINT: the notebook's stop button) ends it early and is no error: what was
// best so far is the run, and Stopped says so. A loss that is not finite ends it with an
// error that explains; what was best before is the run then too. In every other error the
// folder is left as it was: a former run in it survives until the new one is written.
func Train(dir string, backend compute.Backend, model ModelFn, training, validation train.Dataset,
	s Settings) (*Run, error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	return TrainContext(ctx, dir, backend, model, training, validation, s)
}

// TrainContext is Train that the end of a context interrupts, rather than a signal.
func TrainContext(ctx context.Context, dir string, backend compute.Backend, model ModelFn,
	training, validation train.Dataset, s Settings) (*Run, error) {
	s, err := s.withDefaults()
	if err != nil {
		return nil, err
	}
	switch {
	case backend == nil:
		return nil, errors.New("training needs a backend: engine.Open() gives one")
	case model == nil:
		return nil, errors.New("training needs a model function")
	case training == nil || validation == nil:
		return nil, errors.New("training needs data to learn from and data to validate on")
	}
	for _, d := range []train.Dataset{training, validation} {
		if r, ok := d.(*Rows); ok && r.err != nil {
			return nil, r.err
		}
	}
	if err := checkWritable(dir); err != nil {
		return nil, err
	}
	run := &Run{Settings: s, dir: dir, record: s.record(training, validation)}
	if s.Existing != Restart {
		former, err := Load(dir)
		switch {
		case s.Existing == Keep:
			if err == nil && former.complete() && former.record.equal(run.record) && former.intact() {
				former.Settings = s
				return former, nil
			}
		case errors.Is(err, os.ErrNotExist): // nothing to continue
		case err != nil:
			return nil, err
		default:
			if key := former.record.differs(run.record, "epochs", "patience"); key != "" {
				return nil, fmt.Errorf("the run %q cannot be continued, its %s is another: train as it was trained, or restart it",
					filepath.Base(dir), key)
			}
			former.Settings = s
			if len(former.History) >= s.Epochs {
				return former, nil
			}
			former.record = run.record
			run = former
		}
	}
	return newFitting(ctx, run, backend, model, training, validation).train()
}
