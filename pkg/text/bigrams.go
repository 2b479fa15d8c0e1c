package text

import "fmt"

// Bigrams gives one id for each pair of neighbours in ids, len(ids)-1 of them:
// two words in their order, "not good" as one thing. There are far too many
// pairs for a dictionary, so a hash sends them to the ids first to
// first+buckets-1, and some share one: the hashing trick (Weinberger et al.
// 2009, "Feature hashing for large scale multitask learning"). A pair with a
// [Pad] in it is a Pad.
//
// The same pair has the same id on every machine and for ever: saved models
// depend on it. It panics if buckets is under 1 or an id would not fit.
func Bigrams(ids []int32, first, buckets int) []int32 {
	if buckets < 1 || first < 0 || first+buckets > 1<<31 {
		panic(fmt.Sprintf("text: no pair can have an id in the %d from %d on", buckets, first))
	}
	pairs := make([]int32, max(0, len(ids)-1))
	for t := range pairs {
		if a, b := ids[t], ids[t+1]; a != Pad && b != Pad {
			pairs[t] = int32(first + int(hash(a, b)%uint64(buckets)))
		}
	}
	return pairs
}

// hash mixes two ids to 64 bits that look random: the finaliser of SplitMix64
// (Steele, Lea and Flood 2014, variant 13 of Stafford's mixers).
func hash(a, b int32) uint64 {
	x := uint64(uint32(a))<<32 | uint64(uint32(b))
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
