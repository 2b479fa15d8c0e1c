package lesson

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

const module = "sparseq"

// Root is the repository's folder: SPARSEQ_ROOT, else the nearest folder above the working
// directory whose go.mod is this module's.
func Root() string { return Must(root()) }

// Data is the folder of everything that lessons read and make: SPARSEQ_DATA, else data in [Root].
func Data() string {
	if dir := os.Getenv("SPARSEQ_DATA"); dir != "" {
		return Must(filepath.Abs(dir))
	}
	return filepath.Join(Root(), "data")
}

// Run is the folder of a training of a lesson: runs/<lesson>/<name> in [Data], with the name
// quick-<name> in the quick setting, so that a quick run never takes the place of a full one.
func Run(lesson, name string) string {
	for _, part := range []string{lesson, name} {
		if !folderName.MatchString(part) {
			stop("%q cannot name a run's folder: use letters, digits, - and _", part)
		}
	}
	if Quick() {
		name = "quick-" + name
	}
	return filepath.Join(Data(), "runs", lesson, name)
}

// folderName keeps a run inside its folder, on every file system.
var folderName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*$`)

func root() (string, error) {
	if dir := os.Getenv("SPARSEQ_ROOT"); dir != "" {
		if !ours(dir) {
			return "", fmt.Errorf("SPARSEQ_ROOT=%q is not this repository: it has no go.mod of module %s", dir, module)
		}
		return filepath.Abs(dir)
	}
	start, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for dir := start; ; dir = filepath.Dir(dir) {
		if ours(dir) {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", fmt.Errorf("no folder above %s is the repository: start inside it, or set SPARSEQ_ROOT to it", start)
		}
	}
}

// ours says whether dir holds this module.
func ours(dir string) bool {
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
