package imdb

import (
	"os"
	"path/filepath"

	"sparseq/pkg/checkout"
)

// given is the path that SPARSEQ_IMDB names. A relative one is looked for from
// the working folder, then from the repository's: a notebook runs in a folder
// of its own, and make in the repository's.
func given(path string) string {
	if _, err := os.Stat(path); err != nil && !filepath.IsAbs(path) {
		if dir, err := checkout.Root(); err == nil {
			fromRoot := filepath.Join(dir, path)
			if _, err := os.Stat(fromRoot); err == nil {
				return fromRoot
			}
		}
	}
	return path
}
