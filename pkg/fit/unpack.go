package fit

import (
	"github.com/gomlx/compute/dtypes"
	. "github.com/gomlx/gomlx/core/graph" //nolint:revive // a model reads as its formula
	"github.com/gomlx/gomlx/support/exceptions"
)

// Unpack makes of packed bits numbers, on the device: bit i%8 of byte i/8 becomes the i-th
// of size zeros and ones.
//
// A review that is one of 10,000 bits is 1.25 kB so, and 40 kB as float32: it is reading the
// data, not computing, that training on multi-hot vectors waits for.
//
//	bits   [batch, ⌈size/8⌉] uint8
//	result [batch, size] float32
func Unpack(bits *Node, size int) *Node {
	if bits.Rank() != 2 || bits.DType() != dtypes.Uint8 || bits.Shape().Dim(1) != (size+7)/8 {
		exceptions.Panicf("Unpack of %d bits takes [batch, %d] uint8, not %s", size, (size+7)/8, bits.Shape())
	}
	g := bits.Graph()
	batch, bytes := bits.Shape().Dim(0), bits.Shape().Dim(1)
	masks := Reshape(Const(g, []int32{1, 2, 4, 8, 16, 32, 64, 128}), 1, 1, 8)
	x := InsertAxes(ConvertDType(bits, dtypes.Int32), -1) // [batch, bytes, 1]
	x = BitwiseAnd(BroadcastToDims(x, batch, bytes, 8), BroadcastToDims(masks, batch, bytes, 8))
	x = ConvertDType(NotEqual(x, ScalarZero(g, dtypes.Int32)), dtypes.Float32)
	x = Reshape(x, batch, bytes*8)
	if bytes*8 > size {
		x = Slice(x, AxisRange(), AxisRange(0, size))
	}
	return x
}
