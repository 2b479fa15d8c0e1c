package rnn

import (
	"github.com/gomlx/gomlx/core/tensors"
)

func flatOf(t *tensors.Tensor) (flat []float32) {
	t.MustConstFlatData(func(v any) { flat = append(flat, v.([]float32)...) })
	return flat
}

func shaped(flat []float32, dims ...int) *tensors.Tensor {
	return tensors.FromFlatDataAndDimensions(flat, dims...)
}

func weights(seed uint64, dims []int) *tensors.Tensor {
	return shaped(random(100+seed, dims...), dims...)
}
