package imdb

import (
	"math"
	"math/rand/v2"
)

// choice is the reviews of the three parts, as their places in the sets train
// and test.
type choice struct{ train, validation, test []uint32 }

// choose cuts the sets into parts, each with the same share of both labels.
// Equal seeds give equal parts on every machine.
func choose(train, test *reviews, o Options) choice {
	random := rand.New(rand.NewPCG(o.Seed, 0x696d6462)) // any constant: the stream's number
	var c choice
	for label := range uint8(2) {
		chosen := some(random, train.labels, label, o.Reviews)
		cut := int(math.Round(o.Validation * float64(len(chosen))))
		if len(chosen) > 1 {
			cut = min(max(1, cut), len(chosen)-1) // neither part is empty
		}
		c.validation = append(c.validation, chosen[:cut]...)
		c.train = append(c.train, chosen[cut:]...)
	}
	for label := range uint8(2) {
		c.test = append(c.test, some(random, test.labels, label, o.Reviews)...)
	}
	for _, part := range [][]uint32{c.train, c.validation, c.test} {
		shuffle(random, part)
	}
	return c
}

// some draws half of n reviews among those of a label, all if n is 0 or more
// than there are. Of an odd n the positive reviews have the larger half.
func some(random *rand.Rand, labels []uint8, label uint8, n int) []uint32 {
	var all []uint32
	for i, l := range labels {
		if l == label {
			all = append(all, uint32(i))
		}
	}
	shuffle(random, all)
	if n == 0 {
		return all
	}
	return all[:min(len(all), (n+int(label))/2)]
}

func shuffle(random *rand.Rand, x []uint32) {
	random.Shuffle(len(x), func(i, j int) { x[i], x[j] = x[j], x[i] })
}
