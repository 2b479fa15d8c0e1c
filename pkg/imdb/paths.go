package imdb

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
)

var moduleLine = regexp.MustCompile(`(?m)^module sparseq\s*$`)

// root is the repository's folder: SPARSEQ_ROOT, or the nearest folder upwards
// that holds the go.mod of this module.
func root() (string, error) {
	if dir := os.Getenv("SPARSEQ_ROOT"); dir != "" {
		return filepath.Abs(dir)
	}
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		mod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil && moduleLine.Match(mod) {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", errors.New("imdb: this is outside of the sparseq repository: set SPARSEQ_ROOT to its folder")
		}
		dir = up
	}
}

// dataFolder is where downloads and caches are kept.
func dataFolder() (string, error) {
	if dir := os.Getenv("SPARSEQ_DATA"); dir != "" {
		return filepath.Abs(dir)
	}
	dir, err := root()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "data"), nil
}

// given is the path that SPARSEQ_IMDB names. A relative one is looked for from
// the working folder, then from the repository's: a notebook runs in a folder
// of its own, and make in the repository's.
func given(path string) string {
	if _, err := os.Stat(path); err != nil && !filepath.IsAbs(path) {
		if dir, err := root(); err == nil {
			fromRoot := filepath.Join(dir, path)
			if _, err := os.Stat(fromRoot); err == nil {
				return fromRoot
			}
		}
	}
	return path
}
