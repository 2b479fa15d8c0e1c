package imdb

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// reviews is a set of reviews as they were written, in their canonical order:
// by label, negative first, then by number. It does not depend on the order in
// which an archive or a folder gives them.
type reviews struct {
	labels  []uint8 // 1 = positive
	stars   []uint8
	offsets []int64 // where each text begins in bytes, and the end
	bytes   []byte
}

func (r *reviews) len() int { return len(r.offsets) - 1 }

// text is the text of review i, not copied.
func (r *reviews) text(i int) []byte { return r.bytes[r.offsets[i]:r.offsets[i+1]] }

// draft collects the reviews of one set in any order.
type draft struct{ entries []entry }

// entry is a review of a draft.
type entry struct {
	label, stars uint8
	number       int
	text         []byte
}

// counts is the number of negative and of positive reviews.
func (d *draft) counts() (n [2]int) {
	for _, e := range d.entries {
		n[e.label]++
	}
	return n
}

// reviews puts the draft into canonical order. A review that stands twice is an
// error.
func (d *draft) reviews() (*reviews, error) {
	slices.SortFunc(d.entries, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.label, b.label), cmp.Compare(a.number, b.number))
	})
	bytes := 0
	for _, e := range d.entries {
		bytes += len(e.text)
	}
	r := &reviews{offsets: make([]int64, 1, len(d.entries)+1), bytes: make([]byte, 0, bytes)}
	for i, e := range d.entries {
		if i > 0 && e.label == d.entries[i-1].label && e.number == d.entries[i-1].number {
			return nil, fmt.Errorf("review %d stands twice in it", e.number)
		}
		r.labels = append(r.labels, e.label)
		r.stars = append(r.stars, e.stars)
		r.bytes = append(r.bytes, e.text...)
		r.offsets = append(r.offsets, int64(len(r.bytes)))
	}
	return r, nil
}

// addReviews writes a set into a store, its arrays prefixed with its name.
func addReviews(w *storeWriter, set string, r *reviews) {
	w.add(set+".labels", r.labels)
	w.add(set+".stars", r.stars)
	w.add(set+".offsets", raw(r.offsets))
	w.add(set+".text", r.bytes)
}

// storedReviews is a set of a store, not copied.
func storedReviews(s *store, set string) (*reviews, error) {
	r := &reviews{
		labels:  array[uint8](s, set+".labels"),
		stars:   array[uint8](s, set+".stars"),
		offsets: array[int64](s, set+".offsets"),
		bytes:   array[uint8](s, set+".text"),
	}
	n := len(r.labels)
	if n == 0 || n > math.MaxInt32 || len(r.stars) != n || !valid(r.offsets, n, len(r.bytes)) || slices.Max(r.labels) > 1 {
		return nil, errStore
	}
	return r, nil
}

// valid says whether offsets cut a length into n parts.
func valid(offsets []int64, n, length int) bool {
	return len(offsets) == n+1 && offsets[0] == 0 && offsets[n] == int64(length) && slices.IsSorted(offsets)
}
