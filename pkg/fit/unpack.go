package fit

import (
	"github.com/gomlx/compute/dtypes"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/support/exceptions"
)

// Unpack makes of packed bits numbers, on the device: bit i%8 of byte i/8 becomes the i-th
// of size zeros and ones.
//
// A multi-hot vector of 10,000 words is 1.25 kB as bits and 40 kB as float32, so the batches
// of packed bits are made and moved in next to no time.
//
//	bits   [batch, ⌈size/8⌉] uint8
//	result [batch, size] float32
func Unpack(bits *graph.Node, size int) *graph.Node {
	if bits.Rank() != 2 || bits.DType() != dtypes.Uint8 || bits.Shape().Dim(1) != (size+7)/8 {
		exceptions.Panicf("Unpack of %d bits takes [batch, %d] uint8, not %s", size, (size+7)/8, bits.Shape())
	}
	g := bits.Graph()
	batch, bytes := bits.Shape().Dim(0), bits.Shape().Dim(1)
	masks := graph.Reshape(graph.Const(g, []int32{1, 2, 4, 8, 16, 32, 64, 128}), 1, 1, 8)
	x := graph.InsertAxes(graph.ConvertDType(bits, dtypes.Int32), -1) // [batch, bytes, 1]
	x = graph.BitwiseAnd(graph.BroadcastToDims(x, batch, bytes, 8), graph.BroadcastToDims(masks, batch, bytes, 8))
	x = graph.ConvertDType(graph.NotEqual(x, graph.ScalarZero(g, dtypes.Int32)), dtypes.Float32)
	x = graph.Reshape(x, batch, bytes*8)
	if bytes*8 > size {
		x = graph.Slice(x, graph.AxisRange(), graph.AxisRange(0, size))
	}
	return x
}
