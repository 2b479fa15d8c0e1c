package fit

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// sumsFile lists the SHA-256 of the files of weights, as sha256sum writes and checks them: a
// flipped bit in a weight would otherwise be read as if it had been trained.
const sumsFile = "weights.sha256"

// writeSums writes the sums of the checkpoints in a run's folder.
func writeSums(dir string) error {
	var b strings.Builder
	for _, name := range []string{bestDir, lastDir} {
		sums, err := sumsIn(dir, name)
		if err != nil {
			return err
		}
		for file, sum := range sums {
			fmt.Fprintf(&b, "%s  %s\n", sum, file)
		}
	}
	return os.WriteFile(filepath.Join(dir, sumsFile), []byte(b.String()), 0o644)
}

// verify says whether a checkpoint of the run is not what was written. Runs that were written
// before there were sums cannot be verified.
func (r *Run) verify(name string) error {
	list, err := os.Open(r.path(sumsFile))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return r.damaged("its " + sumsFile + " cannot be read")
	}
	defer func() { _ = list.Close() }()
	want := map[string]string{}
	lines := bufio.NewScanner(list)
	for lines.Scan() {
		if sum, file, _ := strings.Cut(lines.Text(), "  "); path.Dir(file) == name {
			want[file] = sum
		}
	}
	got, err := sumsIn(r.dir, name)
	if err != nil || lines.Err() != nil {
		return r.damaged("its weights cannot be read")
	}
	intact := len(want) > 0 && len(got) == len(want)
	for file, sum := range want {
		intact = intact && got[file] == sum
	}
	if !intact {
		return r.damaged("its weights are not what was written")
	}
	return nil
}

// sumsIn gives the SHA-256 of each file of a checkpoint, by its path in the run's folder.
func sumsIn(dir, name string) (map[string]string, error) {
	entries, err := os.ReadDir(filepath.Join(dir, name))
	if err != nil {
		return nil, err
	}
	sums := map[string]string{}
	for _, e := range entries {
		if !e.Type().IsRegular() || strings.HasPrefix(e.Name(), ".") { // a file manager's, say
			continue
		}
		sum, err := sumOf(filepath.Join(dir, name, e.Name()))
		if err != nil {
			return nil, err
		}
		sums[path.Join(name, e.Name())] = sum
	}
	return sums, nil
}

func sumOf(file string) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
