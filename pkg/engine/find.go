package engine

import (
	"cmp"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"

	"sparseq/pkg/checkout"
)

// candidate is a file that by its name is an XLA plugin (PJRT, a shared library).
type candidate struct {
	name string // "cpu", "cuda", "rocm", …
	path string
	gpu  bool
}

// is says whether a setting's name means this plugin, whatever version the file's name adds.
func (c candidate) is(name string) bool {
	return c.name == name || strings.HasPrefix(c.name, name+"_v")
}

var pluginName = regexp.MustCompile(`^pjrt_c_api_(.+)_plugin\.(so|dylib|dll)$`)

// candidates lists the plugins, those for a GPU first, each kind in the order of the folders.
func candidates() []candidate {
	var found []candidate
	for _, dir := range pluginDirs() {
		files, err := os.ReadDir(dir)
		if err != nil {
			continue // a search path may name folders that do not exist
		}
		for _, f := range files {
			if m := pluginName.FindStringSubmatch(f.Name()); m != nil {
				found = append(found, candidate{m[1], filepath.Join(dir, f.Name()), isGPU(f.Name())})
			}
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int {
		return cmp.Compare(rank(a.gpu), rank(b.gpu))
	})
	return found
}

func rank(gpu bool) int {
	if gpu {
		return 0
	}
	return 1
}

func isGPU(path string) bool {
	name := strings.ToLower(filepath.Base(path))
	return strings.Contains(name, "cuda") || strings.Contains(name, "rocm")
}

// hasGPU tells by the device files, as asking a driver that is not there takes seconds.
func hasGPU() bool {
	for _, pattern := range []string{"/dev/nvidia*", "/dev/dxg", "/dev/kfd"} {
		if files, _ := filepath.Glob(pattern); len(files) > 0 {
			return true
		}
	}
	return false
}

func pluginDirs() []string {
	dirs := filepath.SplitList(os.Getenv("PJRT_PLUGIN_LIBRARY_PATH"))
	if root, err := checkout.Root(); err == nil {
		dirs = append(dirs, filepath.Join(root, ".venv", "lib", "pjrt"))
	}
	if home, err := os.UserHomeDir(); err == nil { // where GoMLX's installer puts them
		dirs = append(dirs, filepath.Join(home, ".local", "lib", "go-xla"))
		if runtime.GOOS == "darwin" {
			dirs = append(dirs, filepath.Join(home, "Library", "Application Support", "go-xla"))
		}
	}
	dirs = append(dirs, "/usr/local/lib/go-xla")
	for i, dir := range dirs {
		if full, err := filepath.Abs(dir); err == nil {
			dirs[i] = full
		}
	}
	return slices.Compact(slices.DeleteFunc(dirs, func(d string) bool { return d == "" }))
}
