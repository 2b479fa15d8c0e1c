package fit_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/gomlx/compute"
	"github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"

	"sparseq/pkg/fit"
)

func TestUnpack(t *testing.T) {
	onBoth(t, func(t *testing.T, b compute.Backend) {
		for _, size := range []int{1, 7, 8, 9, 64, 1001} {
			t.Run(fmt.Sprint(size), func(t *testing.T) {
				const batch = 5
				r := rand.New(rand.NewPCG(uint64(size), 1))
				packed := make([]uint8, batch*((size+7)/8))
				want := make([]float32, batch*size)
				for row := range batch {
					for i := range size {
						if r.IntN(3) == 0 {
							packed[row*((size+7)/8)+i/8] |= 1 << (i % 8)
							want[row*size+i] = 1
						}
					}
				}
				got := must(graph.CallOnce(b, func(x *graph.Node) *graph.Node { return fit.Unpack(x, size) },
					tensors.FromFlatDataAndDimensions(packed, batch, (size+7)/8)))(t)
				if dims := got.Shape().Dimensions; dims[0] != batch || dims[1] != size {
					t.Fatalf("the shape is %v", dims)
				}
				for i, v := range tensors.MustCopyFlatData[float32](got) {
					if v != want[i] {
						t.Fatalf("row %d, bit %d is %v", i/size, i%size, v)
					}
				}
			})
		}
	})
}

func TestUnpackOfAnotherSize(t *testing.T) {
	_, err := graph.CallOnce(goBackend(t), func(x *graph.Node) *graph.Node { return fit.Unpack(x, 17) },
		tensors.FromFlatDataAndDimensions(make([]uint8, 4), 2, 2))
	if err == nil {
		t.Fatal("16 bits were unpacked to 17")
	}
}
