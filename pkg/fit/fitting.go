package fit

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/gomlx/compute"
	"github.com/gomlx/compute/shapes"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"
	"github.com/gomlx/gomlx/ml/model"
	"github.com/gomlx/gomlx/ml/train"
	"github.com/gomlx/gomlx/ml/train/metric"
	"github.com/gomlx/gomlx/ml/train/optimizer"
)

// fitting is one training, from its first epoch to its run.
type fitting struct {
	ctx                  context.Context
	run                  *Run
	backend              compute.Backend
	model                ModelFn
	training, validation train.Dataset
	trainer              *train.Trainer
	store                *model.Store
	best, last           *model.Store // copies, as they were after the best and the last epoch
	progress             *progress
}

// errInterrupted ends an epoch that the context stopped.
var errInterrupted = errors.New("interrupted")

func newFitting(ctx context.Context, run *Run, backend compute.Backend, m ModelFn,
	training, validation train.Dataset) *fitting {
	return &fitting{ctx: ctx, run: run, backend: backend, model: m, training: training, validation: validation,
		progress: newProgress(run.Settings, len(run.History), training)}
}

// train runs the epochs that are left, then writes the run.
func (t *fitting) train() (*Run, error) {
	if err := guard(t.prepare); err != nil {
		return nil, err
	}
	start, before := time.Now(), t.run.Seconds
	t.run.Stopped = AllEpochs
	var stop error
	for len(t.run.History) < t.run.Settings.Epochs && t.run.Stopped == AllEpochs {
		stop = guard(t.epoch)
		var nan notFinite
		switch {
		case errors.Is(stop, errInterrupted):
			t.run.Stopped, stop = Interrupted, nil
		case errors.As(stop, &nan):
			t.run.Stopped = NotFinite
		case stop != nil:
			return nil, stop
		case t.run.impatient():
			t.run.Stopped = Patience
		}
	}
	t.run.Seconds = before + time.Since(start).Seconds()
	if len(t.run.History) == 0 {
		if stop == nil {
			stop = errors.New("interrupted before the first epoch ended: there is nothing to keep")
		}
		return nil, stop
	}
	if err := guard(func() error { return t.run.write(t.best, t.last) }); err != nil {
		return nil, err
	}
	t.progress.end(t.run)
	if stop != nil {
		return t.run, fmt.Errorf("%w; the best before that, epoch %d, is kept", stop, t.run.Best+1)
	}
	return t.run, nil
}

// prepare makes the trainer, and where a run is continued takes up its weights.
func (t *fitting) prepare() error {
	t.store = model.NewStore()
	if err := t.store.SetRNGStateFromSeed(t.run.Settings.Seed); err != nil {
		return err
	}
	if len(t.run.History) > 0 {
		var err error
		if t.best, err = t.run.load(bestDir); err != nil {
			return err
		}
		if t.last, err = t.run.load(lastDir); err != nil {
			return err
		}
		if err := attach(t.store, t.run.path(lastDir)); err != nil {
			return err
		}
	}
	if r, ok := t.training.(*Rows); ok {
		own := *r // whose epochs no other training counts
		own.epoch = uint64(len(t.run.History))
		t.training = &own
	}
	if r, ok := t.validation.(*Rows); ok {
		t.validation = r.even()
	}
	var trained, checked []metric.Interface
	checked = append(checked, batchMetric("loss", func(_ *model.Scope, _, outputs []*graph.Node) *graph.Node {
		return train.TotalLoss(outputs[0].Graph())
	}))
	if a := t.run.Settings.Accuracy; a != nil {
		trained = append(trained, batchMetric("accuracy", a))
		checked = append(checked, batchMetric("accuracy", a))
	}
	s := t.run.Settings
	t.trainer = train.NewTrainer(t.backend, t.store, t.model, s.Loss,
		s.Optimizer.start(len(t.run.History)), trained, checked)
	return nil
}

func batchMetric(name string, f metric.BaseMetricGraph) metric.Interface {
	return metric.NewBaseMetric(name, name, name, f, nil)
}

// epoch trains on all the data once, validates, and keeps copies of the weights.
//
// A trainer puts metrics of its own before those it is given: when it trains, the loss of the
// batch and its moving average; when it validates, the mean loss.
func (t *fitting) epoch() error {
	start := time.Now()
	var learned, checked mean
	err := t.pass(&learned, t.training, t.trainer.TrainStep, 0, func() { t.progress.step(learned) })
	if err != nil {
		return err
	}
	seconds := time.Since(start).Seconds()
	if err := t.pass(&checked, t.validation, t.trainer.EvalStep, 1, func() {}); err != nil {
		return err
	}
	if err := t.run.Settings.Optimizer.slow(t.store, len(t.run.History)+1); err != nil {
		return err
	}
	return t.keep(Epoch{
		TrainLoss: learned.loss(), TrainAccuracy: learned.accuracy(),
		ValidationLoss: checked.loss(), ValidationAccuracy: checked.accuracy(),
		Seconds: seconds,
	})
}

// pass runs step on each batch and adds up its metrics: the loss, at the index given, and the
// accuracy, if there is one, at index 2.
func (t *fitting) pass(m *mean, d train.Dataset, step func(train.Batch) ([]*tensors.Tensor, error),
	loss int, done func()) error {
	for batch, err := range d.Iter() {
		if err != nil {
			return err
		}
		if t.ctx.Err() != nil {
			return errInterrupted
		}
		if len(batch.Inputs) == 0 {
			return fmt.Errorf("the data set %q has a batch without inputs", d.Name())
		}
		rows := batch.Inputs[0].Shape().Dim(0)
		values, err := step(batch)
		if err != nil {
			return err
		}
		numbers := make([]float64, len(values))
		for i, v := range values {
			numbers[i] = shapes.ConvertTo[float64](v.Value())
			if err := v.FinalizeAll(); err != nil {
				return err
			}
		}
		m.add(rows, numbers[loss], append(numbers, 0, 0)[2])
		if math.IsNaN(numbers[loss]) || math.IsInf(numbers[loss], 0) {
			return t.explain(numbers[loss], m.steps, d == t.validation)
		}
		done()
	}
	if m.rows == 0 {
		return fmt.Errorf("the data set %q has no rows", d.Name())
	}
	return nil
}

// keep adds an epoch to the history, with copies of the weights: of the best epoch for those
// who predict, without the optimizer's state, and of the last for those who continue.
func (t *fitting) keep(e Epoch) error {
	t.run.History = append(t.run.History, e)
	if err := renew(&t.last, t.store); err != nil {
		return err
	}
	at := len(t.run.History) - 1
	if at == 0 || e.ValidationLoss < t.run.History[t.run.Best].ValidationLoss {
		t.run.Best = at
		if err := renew(&t.best, t.store); err != nil {
			return err
		}
		for _, scope := range []string{optimizer.Scope, optimizer.AdamDefaultScope, metric.Scope,
			train.TrainerAbsoluteScope} {
			if err := t.best.DeleteVariablesInScope(model.JoinPath(model.RootScopePath, scope)); err != nil {
				return err
			}
		}
	}
	t.progress.epoch(t.run.History)
	return nil
}

// renew puts a copy of store in the place of old, and frees what that held on the device.
func renew(old **model.Store, store *model.Store) error {
	c, err := store.Clone()
	if err != nil {
		return err
	}
	if *old != nil {
		(*old).Finalize()
	}
	*old = c
	return nil
}
