//go:build race

package wordvec

// maxWorkers is 1 where the race detector watches: that several goroutines write the same
// vectors without locks is what the algorithm is (Niu et al. 2011), and there to be found.
const maxWorkers = 1
