package wordvec

import (
	"math"
	"math/rand/v2"
)

// noise draws words in proportion to count^0.75, the power that Mikolov et al. (2013b) found
// best for what negative examples are drawn from. It is an alias table (Walker 1977; Vose 1991,
// "A linear algorithm for generating random numbers with a given distribution"): one look-up a
// draw, exact to 2⁻³².
type noise struct {
	keep  []uint32 // [id], the chance of the id itself where its place is drawn, in 2⁻³²
	alias []int32  // [id], what is drawn otherwise
}

const noisePower = .75

func newNoise(counts []int) *noise {
	n := len(counts)
	weights := make([]float64, n) // of mean 1
	sum := 0.0
	for i, c := range counts {
		weights[i] = math.Pow(float64(c), noisePower)
		sum += weights[i]
	}
	var light, heavy []int32
	for i := range weights {
		weights[i] *= float64(n) / sum
		if weights[i] < 1 {
			light = append(light, int32(i))
		} else {
			heavy = append(heavy, int32(i))
		}
	}
	z := &noise{keep: make([]uint32, n), alias: make([]int32, n)}
	for len(light) > 0 && len(heavy) > 0 {
		l, h := light[len(light)-1], heavy[len(heavy)-1]
		light = light[:len(light)-1]
		z.keep[l], z.alias[l] = uint32(weights[l]*(1<<32)), h
		weights[h] -= 1 - weights[l] // what fills up l's place
		if weights[h] < 1 {
			heavy = heavy[:len(heavy)-1]
			light = append(light, h)
		}
	}
	for _, i := range append(light, heavy...) { // 1 but for rounding
		z.keep[i], z.alias[i] = math.MaxUint32, i
	}
	return z
}

func (z *noise) draw(random *rand.PCG) int32 {
	bits := random.Uint64()
	place := (bits >> 32) * uint64(len(z.keep)) >> 32
	if uint32(bits) < z.keep[place] {
		return int32(place)
	}
	return z.alias[place]
}
