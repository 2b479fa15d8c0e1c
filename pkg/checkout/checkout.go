// Package checkout finds the repository's folder and its data on this machine.
//
// It imports the standard library only.
package checkout

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

const module = "sparseq"

// Root is the repository's folder: SPARSEQ_ROOT as it is, made absolute, else the nearest
// folder from the working directory upwards that holds this module. The error says that
// there is none.
func Root() (string, error) {
	if dir := os.Getenv("SPARSEQ_ROOT"); dir != "" {
		return filepath.Abs(dir)
	}
	start, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for dir := start; ; dir = filepath.Dir(dir) {
		if Holds(dir) {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", fmt.Errorf("no folder above %s is the repository: start inside it, or set SPARSEQ_ROOT to it", start)
		}
	}
}

// Data is the folder of everything that is read and made: SPARSEQ_DATA, else data in [Root].
func Data() (string, error) {
	if dir := os.Getenv("SPARSEQ_DATA"); dir != "" {
		return filepath.Abs(dir)
	}
	root, err := Root()
	if err != nil {
		return "", err
	}
	return filepath.Join(root, "data"), nil
}

// Locate is path, or where that is relative and not to be found from the working folder, what
// it names from [Root], if there is that: a notebook runs in a folder of its own, and make in
// the repository's.
func Locate(path string) string {
	if _, err := os.Stat(path); err != nil && !filepath.IsAbs(path) {
		if root, err := Root(); err == nil {
			fromRoot := filepath.Join(root, path)
			if _, err := os.Stat(fromRoot); err == nil {
				return fromRoot
			}
		}
	}
	return path
}

// LocateFile is the file that path names, as [Locate] finds it, or the one called name in the
// folder that it names. It may not be there.
func LocateFile(path, name string) string {
	path = Locate(path)
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return filepath.Join(path, name)
	}
	return path
}

// Holds says whether dir holds this module.
func Holds(dir string) bool {
	content, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if err != nil {
		return false
	}
	for line := range strings.Lines(string(content)) {
		if fields := strings.Fields(line); len(fields) >= 2 && fields[0] == "module" {
			return strings.Trim(fields[1], `"`) == module
		}
	}
	return false
}
