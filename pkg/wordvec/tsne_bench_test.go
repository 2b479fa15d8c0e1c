package wordvec

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// clouds draws rows around ten centres.
func clouds(rows, units int) [][]float32 {
	random := rand.New(rand.NewPCG(1, 2))
	draw := func(scale float64) []float32 {
		x := make([]float32, units)
		for i := range x {
			x[i] = float32(scale * random.NormFloat64())
		}
		return x
	}
	var centres [][]float32
	for range 10 {
		centres = append(centres, draw(1))
	}
	x := make([][]float32, rows)
	for i := range x {
		x[i] = draw(.5)
		for j, c := range centres[i%len(centres)] {
			x[i][j] += c
		}
	}
	return x
}

func BenchmarkTSNE(b *testing.B) {
	for _, size := range [][2]int{{500, 16}, {1500, 16}, {1500, 100}} {
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			x := clouds(size[0], size[1])
			for b.Loop() {
				if _, err := (TSNE{}).Embed(x); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
