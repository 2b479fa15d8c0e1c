package wordvec

import "math"

// keepChances are the chances, in 2⁻³², that a running word is read and not passed over, [id].
// With f the word's share of all running words the chance is √(t/f) + t/f, at most 1, where t
// is sample: the formula of the program that came with Mikolov et al. 2013b, whose paper has
// √(t/f) alone. Commonest words say least about the words beside them, and without most of
// them the windows reach further.
func keepChances(counts []int, sample float64) []uint64 {
	total := 0.0
	for _, c := range counts {
		total += float64(c)
	}
	chances := make([]uint64, len(counts))
	for i, c := range counts {
		ratio := sample * total / float64(c)
		chances[i] = uint64(min(math.Sqrt(ratio)+ratio, 1) * (1 << 32))
	}
	return chances
}
