package fit

import (
	"fmt"

	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/ml/model"
	"github.com/gomlx/gomlx/ml/train/optimizer"
)

// Clip returns the same optimizer, [RMSProp] or [Adam], which sees gradients no longer than norm: one
// that is longer, all weights taken together, is shortened and keeps its direction (Pascanu,
// Mikolov and Bengio 2013, "On the difficulty of training recurrent neural networks"). So a single
// batch at which the gradient explodes does not throw the weights away.
func (o Optimizer) Clip(norm float64) Optimizer {
	o.clip, o.clipped = norm, true
	o.Name += fmt.Sprintf(", gradients up to %g", norm)
	return o
}

// byGradients is an optimizer that takes gradients made elsewhere, as GoMLX's own do.
type byGradients interface {
	optimizer.Interface
	UpdateGraphWithGradients(scope *model.Scope, gradients []*graph.Node, lossDType dtypes.DType)
}

// clipping is an optimizer whose gradients are clipped.
type clipping struct {
	byGradients
	norm float64
}

// UpdateGraph derives the loss, clips the gradient, and has the optimizer go on from there.
func (c clipping) UpdateGraph(scope *model.Scope, _ *graph.Graph, loss *graph.Node) {
	gradients := scope.BuildTrainableVariablesGradientsGraph(loss)
	c.UpdateGraphWithGradients(scope, clip(gradients, c.norm), loss.DType())
}

// clip shortens a gradient to norm, min(1, norm/‖g‖)·g, ‖g‖ being the root of the sum of all squares.
func clip(gradients []*graph.Node, norm float64) []*graph.Node {
	sum := graph.ScalarZero(gradients[0].Graph(), gradients[0].DType())
	for _, g := range gradients {
		sum = graph.Add(sum, graph.ConvertDType(graph.ReduceAllSum(graph.Square(g)), sum.DType()))
	}
	// Where the gradient is shorter, the root is that of norm² and the factor 1.
	length := graph.Sqrt(graph.MaxScalar(sum, norm*norm))
	factor := graph.MulScalar(graph.Reciprocal(length), norm)
	clipped := make([]*graph.Node, len(gradients))
	for i, g := range gradients {
		clipped[i] = graph.Mul(g, graph.ConvertDType(factor, g.DType()))
	}
	return clipped
}
