package engine

import (
	"debug/elf"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/gomlx/compute"
	"github.com/gomlx/go-xla/compute/xla"
)

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
	defer func() { _ = f.Close() }()
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
	defer func() { _ = f.Close() }()
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
	remove = func() { _ = os.RemoveAll(temp) }
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
