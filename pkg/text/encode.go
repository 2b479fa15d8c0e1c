package text

import "fmt"

// OneHot gives one row a word, all 0 but for a 1 at the word's id: the full
// one-hot encoding, [time, size]. It panics if an id is outside [0, size).
func OneHot(ids []int32, size int) [][]float64 {
	all := make([]float64, len(ids)*size)
	rows := make([][]float64, len(ids))
	for t, id := range ids {
		check(id, size)
		rows[t] = all[t*size : (t+1)*size : (t+1)*size]
		rows[t][id] = 1
	}
	return rows
}

// MultiHot says which words are present: [size], 1 = present, 0 = absent. It is
// the logical OR of the rows of [OneHot], the same size whatever the text's
// length; the order of the words and how often they occur are lost.
// It panics if an id is outside [0, size).
func MultiHot(ids []int32, size int) []float64 {
	x := make([]float64, size)
	for _, id := range ids {
		check(id, size)
		x[id] = 1
	}
	return x
}

// PackedLen is the number of bytes that [PackedMultiHot] needs for size ids.
func PackedLen(size int) int { return (size + 7) / 8 }

// PackedMultiHot writes the multi-hot vector as bits, an eighth of a byte array:
// id is bit id%8 (from the lowest) of byte id/8 of dst, [PackedLen(size)].
// All other bits of dst become 0. It panics if an id is outside [0, 8·len(dst)).
func PackedMultiHot(dst []uint8, ids []int32) {
	clear(dst)
	for _, id := range ids {
		check(id, 8*len(dst))
		dst[id/8] |= 1 << (id % 8)
	}
}

func check(id int32, size int) {
	if id < 0 || int(id) >= size {
		panic(fmt.Sprintf("text: id %d is outside a vocabulary of %d ids", id, size))
	}
}

// PadLeft fills dst with ids, after as many pads (0) as it has room for. Of a
// text longer than dst it keeps the end.
func PadLeft(dst, ids []int32) {
	ids = last(ids, len(dst))
	n := len(dst) - len(ids)
	clear(dst[:n])
	copy(dst[n:], ids)
}

// PadRight fills dst with ids, then pads (0). Of a text longer than dst it keeps
// the end.
func PadRight(dst, ids []int32) {
	ids = last(ids, len(dst))
	clear(dst[copy(dst, ids):])
}

// last is the last n ids, or all.
func last(ids []int32, n int) []int32 { return ids[max(0, len(ids)-n):] }
