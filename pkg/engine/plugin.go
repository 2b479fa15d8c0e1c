package engine

import (
	"cmp"
	"debug/elf"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"

	"github.com/gomlx/compute"
	"github.com/gomlx/go-xla/compute/xla"
)

// candidate is a file that by its name is an XLA plugin (PJRT, a shared library).
type candidate struct {
	name string // "cpu", "cuda", "rocm", …
	path string
	gpu  bool
}

func (c candidate) device() string {
	if c.gpu {
		return "GPU"
	}
	return "CPU"
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
	if root := repository(); root != "" {
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

// repository returns the folder of this repository, or "".
func repository() string {
	if root := os.Getenv("SPARSEQ_ROOT"); root != "" {
		return root
	}
	dir, err := os.Getwd()
	if err != nil {
		return ""
	}
	for {
		if text, err := os.ReadFile(filepath.Join(dir, "go.mod")); err == nil {
			if strings.HasPrefix(string(text), "module sparseq\n") {
				return dir
			}
		}
		up := filepath.Dir(dir)
		if up == dir {
			return ""
		}
		dir = up
	}
}

// open opens the plugin with XLA's options ("a=1,b=2"), once it has proved not to bring
// the process down.
func (c candidate) open(options string) (compute.Backend, error) {
	path, err := filepath.Abs(c.path)
	if err != nil {
		return nil, err
	}
	if err := checkLibrary(path); err != nil {
		return nil, err
	}
	path, remove, err := plainPath(path)
	if err != nil {
		return nil, err
	}
	defer remove()
	config := path
	if options != "" {
		config += "," + options
	}
	if err := probe(c.path, config); err != nil {
		return nil, err
	}
	return newXLA(config)
}

// newXLA is xla.New with its panics made errors.
func newXLA(config string) (b compute.Backend, err error) {
	defer func() {
		if r := recover(); r != nil {
			b, err = nil, fmt.Errorf("%v", r)
			if _, ok := r.(runtime.Error); ok { // go-xla met what it did not expect
				err = errors.New("it answers nothing that can be used")
			}
		}
	}()
	return xla.New(config)
}

// checkLibrary finds what loading would answer with a crash: a file cut short by a broken
// download is mapped past its end.
func checkLibrary(path string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return errors.New("there is no such file")
	case err != nil:
		return errors.New("it cannot be read")
	case !info.Mode().IsRegular():
		return errors.New("it is not a file")
	case info.Size() == 0:
		return errors.New("the file is empty")
	case runtime.GOOS != "linux":
		return nil
	}
	f, err := elf.Open(path)
	if err != nil && isELF(path) {
		return errors.New("the file is cut short or damaged") // its tables are at its end
	}
	if err != nil {
		return errors.New("the file is not a shared library")
	}
	defer f.Close()
	if f.Class != elf.ELFCLASS64 || f.Machine != machines[runtime.GOARCH] {
		return fmt.Errorf("it is a library for another machine (%s)", f.Machine)
	}
	for _, p := range f.Progs {
		if p.Type == elf.PT_LOAD && p.Off+p.Filesz > uint64(info.Size()) {
			return errors.New("the file is cut short")
		}
	}
	return nil
}

func isELF(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	start := make([]byte, len(elf.ELFMAG))
	_, err = io.ReadFull(f, start)
	return err == nil && string(start) == elf.ELFMAG
}

var machines = map[string]elf.Machine{"amd64": elf.EM_X86_64, "arm64": elf.EM_AARCH64}

// plainPath returns path, or where go-xla would take part of it for something else (it looks
// for "cpu" and "cuda" anywhere in it, and for options after a comma) a link without it.
func plainPath(path string) (plain string, remove func(), err error) {
	dir := strings.ToLower(filepath.Dir(path))
	misleading := strings.Contains(path, ",")
	for _, word := range []string{"cpu", "cuda", "nvidia"} {
		misleading = misleading || strings.Contains(dir, word)
	}
	if !misleading {
		return path, func() {}, nil
	}
	temp, err := os.MkdirTemp("", "pjrt")
	if err != nil {
		return "", nil, err
	}
	remove = func() { os.RemoveAll(temp) }
	// The folder is linked, not the file: a GPU plugin finds its libraries beside its own folder.
	link := filepath.Join(temp, "lib")
	if err := os.Symlink(filepath.Dir(path), link); err != nil {
		remove()
		return "", nil, err
	}
	return filepath.Join(link, filepath.Base(path)), remove, nil
}

// oneLine returns an error's message without line breaks, places in this machine's folders
// or a tail that no one reads.
func oneLine(err error) string {
	const most = 160
	words := strings.Fields(err.Error())
	for i, w := range words {
		if at := strings.IndexAny(w, `/\`); at >= 0 {
			words[i] = filepath.Base(strings.TrimRight(w, `:;,."'`))
		}
	}
	line := []rune(strings.Join(words, " "))
	if len(line) > most {
		return string(line[:most]) + "…"
	}
	return string(line)
}
