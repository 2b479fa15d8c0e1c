package imdb

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// keep is how many settings the cache keeps, some 50 MB each.
const keep = 12

// prune removes the files of ids that were used longest ago.
func prune(reviewsFile string) {
	dir, base := filepath.Split(strings.TrimSuffix(reviewsFile, ".reviews"))
	entries, _ := os.ReadDir(dir) // none are removed where there are none to see
	var files []string
	age := map[string]int64{}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && strings.HasPrefix(e.Name(), base+"-") {
			files = append(files, e.Name())
			age[e.Name()] = info.ModTime().UnixNano()
		}
	}
	slices.SortFunc(files, func(a, b string) int { return cmp.Compare(age[b], age[a]) })
	for _, f := range files[min(keep, len(files)):] {
		os.Remove(filepath.Join(dir, f))
	}
}

// sweep removes the temporary files of processes that were killed at work.
func sweep(dir string) {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && strings.HasPrefix(e.Name(), ".imdb-") && time.Since(info.ModTime()) > 10*time.Minute {
			os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}
