package lesson

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"sparseq/pkg/checkout"
)

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

// root is [checkout.Root], but for a SPARSEQ_ROOT that is another folder: an error.
func root() (string, error) {
	if dir := os.Getenv("SPARSEQ_ROOT"); dir != "" && !checkout.Holds(dir) {
		return "", fmt.Errorf("SPARSEQ_ROOT=%q is not this repository: it has no go.mod of module sparseq", dir)
	}
	return checkout.Root()
}
