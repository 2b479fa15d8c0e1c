package imdb

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"sparseq/pkg/fetch"
)

// identity tells archives apart.
type identity struct {
	name   string // of the archive or folder, without its path
	key    string // for the names of cache files
	folder bool
	known  bool // it is the official archive, byte for byte
}

// key is the beginning of a SHA-256 sum.
func key(sum string) string { return sum[:16] }

// identify finds out which archive path is. It does not read an archive again
// whose size and time have not changed. A folder is known by the times of the
// five folders in it: a review that is edited in place is not noticed.
func (l *loader) identify(path string) (identity, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return identity{}, err
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return identity{}, errors.New("there is no such archive or folder")
	case err != nil:
		return identity{}, err
	}
	id := identity{name: filepath.Base(path), folder: info.IsDir()}
	if !id.folder {
		sum, err := l.archiveSum(path, info)
		if err != nil {
			return id, err
		}
		id.key, id.known = key(sum), sum == l.sum
		return id, nil
	}
	h := sha256.New()
	fmt.Fprintln(h, path)
	for _, set := range setFolders {
		if info, err := os.Stat(filepath.Join(reviewsFolder(path), set)); err == nil {
			fmt.Fprintln(h, set, info.ModTime().UnixNano())
		}
	}
	id.key = key(hex.EncodeToString(h.Sum(nil)))
	return id, nil
}

// stamp remembers the sum of an archive.
type stamp struct {
	Path string
	Size int64
	Time int64 // of its last change, in nanoseconds
	Sum  string
}

// archiveSum is the SHA-256 sum of an archive, from its stamp if it has not
// changed since.
func (l *loader) archiveSum(path string, info os.FileInfo) (string, error) {
	if !info.Mode().IsRegular() {
		return "", errors.New("it is neither an archive nor a folder")
	}
	now := stamp{Path: path, Size: info.Size(), Time: info.ModTime().UnixNano()}
	place := sha256.Sum256([]byte(path))
	file := cacheFile(l.Dir, "imdb-"+key(hex.EncodeToString(place[:]))+".stamp")
	var was stamp
	if text, err := os.ReadFile(file); err == nil && json.Unmarshal(text, &was) == nil {
		now.Sum = was.Sum
		if now == was && len(was.Sum) == len(l.sum) {
			return was.Sum, nil
		}
	}
	sum, err := fetch.Sum(path)
	if err != nil {
		return "", err
	}
	now.Sum = sum
	text, err := json.Marshal(now)
	if err != nil {
		return "", err
	}
	// Without a stamp the sum is computed each time: no reason to fail.
	_ = fetch.Replace(file, func(f *os.File) error {
		_, err := f.Write(text)
		return err
	})
	return sum, nil
}

// source describes what was read from the archive.
func (id identity) source(d *drafts) Source {
	s := Source{Name: "IMDB reviews (Maas et al. 2011) from " + id.name}
	content := fmt.Sprintf("%d reviews to train, %d to test, %d unlabelled", len(d.train.entries), len(d.test.entries), len(d.unlabelled.entries))
	switch {
	case id.folder:
		s.Remark = "an unpacked folder; its content was counted: " + content
	case !id.known:
		s.Remark = "not the official file, by its hash; its content was counted: " + content
	}
	return s
}
