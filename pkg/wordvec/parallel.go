package wordvec

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// inParallel calls f with each number below n, on all cores. What f computes must depend on
// its number alone, so that the order does not matter.
func inParallel(n int, f func(i int)) {
	const batch = 16
	workers := min(runtime.GOMAXPROCS(0), (n+batch-1)/batch)
	var next atomic.Int64
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			for {
				end := int(next.Add(batch))
				for i := end - batch; i < min(end, n); i++ {
					f(i)
				}
				if end >= n {
					return
				}
			}
		})
	}
	all.Wait()
}
