package fit

import (
	"fmt"
	"math"

	"github.com/gomlx/gomlx/core/tensors"
	"github.com/gomlx/gomlx/ml/model"
	"github.com/gomlx/gomlx/ml/train/optimizer"
)

func withRate(name string, rate float64, build func(rate float64) optimizer.Interface) Optimizer {
	return Optimizer{Interface: build(rate), Name: name, rate: rate, build: build, decay: 1}
}

// Decay returns the same optimizer, [RMSProp] or [Adam], with a learning rate that is multiplied
// by factor, above 0 and at most 1, after each epoch: long steps to come near a minimum, short
// ones to settle in it. With a rate that stays the weights go on jumping about it.
func (o Optimizer) Decay(factor float64) Optimizer {
	o.decay = factor
	o.Name += fmt.Sprintf(", times %g an epoch", factor)
	return o
}

func (o Optimizer) check() error {
	switch {
	case o.build == nil && o.decay != 0:
		return fmt.Errorf("only the rates of RMSProp and Adam can decay, not that of %q", o.Name)
	case o.build == nil && o.clipped:
		return fmt.Errorf("only the gradients of RMSProp and Adam can be clipped, not those of %q", o.Name)
	case o.clipped && !(o.clip > 0 && o.clip <= math.MaxFloat32):
		return fmt.Errorf("gradients are clipped to a length above 0, not %g", o.clip)
	case o.build != nil && !(o.decay > 0 && o.decay <= 1):
		return fmt.Errorf("a learning rate is multiplied by more than 0 and at most 1 after an epoch, not %g", o.decay)
	}
	return nil
}

// rateAfter is the learning rate after so many epochs.
func (o Optimizer) rateAfter(epochs int) float64 { return o.rate * math.Pow(o.decay, float64(epochs)) }

// start returns the optimizer with which training begins, or goes on, after so many epochs.
func (o Optimizer) start(epochs int) optimizer.Interface {
	if o.build == nil {
		return o.Interface
	}
	made := o.build(o.rateAfter(epochs))
	if o.clipped {
		return clipping{made.(byGradients), o.clip} // GoMLX's RMSProp and Adam are
	}
	return made
}

// slow sets the learning rate, which GoMLX's optimizers keep as a variable, to that after so
// many epochs.
func (o Optimizer) slow(store *model.Store, epochs int) error {
	rate := store.GetVariable(model.JoinPath(model.RootScopePath, optimizer.Scope, optimizer.ParamLearningRate))
	if o.build == nil || o.decay == 1 || rate == nil {
		return nil
	}
	return rate.SetValue(tensors.FromValue(float32(o.rateAfter(epochs)))) // models are of float32 here
}
