package imdb

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"sparseq/pkg/fetch"
)

// counts is how many reviews an archive must have to be taken for the corpus.
type counts struct{ perLabel, unlabelled int }

// official is the counts of the archive of Maas et al.: so many positive and so
// many negative reviews in each of the sets train and test.
var official = counts{perLabel: 12_500, unlabelled: 50_000}

// limits are far above what the archive holds: 100,000 files, 137 MB.
var limits = fetch.Limits{Files: 200_000, FileBytes: 64 << 20, TotalBytes: 1 << 30, Ratio: 100}

// drafts are the sets of an archive.
type drafts struct{ train, test, unlabelled draft }

// member matches the names of the reviews: set, label, number and stars.
var member = regexp.MustCompile(`(?:^|/)(train|test)/(pos|neg|unsup)/(\d{1,9})_(\d{1,2})\.txt$`)

// add reads one file of the archive or folder; those that are no reviews are
// passed over.
func (d *drafts) add(name string, size int64, body io.Reader) error {
	m := member.FindStringSubmatch(name)
	if m == nil {
		return nil
	}
	if size > 1<<20 {
		return fmt.Errorf("%s has %d bytes: no review is that long", name, size)
	}
	into := &d.train
	switch {
	case m[2] == "unsup":
		into = &d.unlabelled
	case m[1] == "test":
		into = &d.test
	}
	e := entry{text: make([]byte, size)}
	if m[2] == "pos" {
		e.label = 1
	}
	e.number, _ = strconv.Atoi(m[3]) // digits, few enough
	stars, _ := strconv.Atoi(m[4])
	e.stars = uint8(stars)
	if _, err := io.ReadFull(body, e.text); err != nil {
		return fmt.Errorf("cannot read %s: %w", name, err)
	}
	into.entries = append(into.entries, e)
	return nil
}

// check compares the sets with the counts. An archive without the unlabelled
// reviews is complete too: many remove them.
func (d *drafts) check(want counts) error {
	for _, set := range []struct {
		name string
		d    *draft
	}{{"train", &d.train}, {"test", &d.test}} {
		if n := set.d.counts(); n != [2]int{want.perLabel, want.perLabel} {
			return fmt.Errorf("its %s set has %d negative and %d positive reviews instead of %d of each", set.name, n[0], n[1], want.perLabel)
		}
	}
	if n := len(d.unlabelled.entries); n != 0 && n != want.unlabelled {
		return fmt.Errorf("it has %d unlabelled reviews instead of %d", n, want.unlabelled)
	}
	return nil
}

// readArchive reads all reviews of a tar.gz archive.
func readArchive(file string, want counts) (*drafts, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	d := new(drafts)
	if err := fetch.WalkTarGz(f, limits, d.add); err != nil {
		return nil, err
	}
	return d, d.check(want)
}

// setFolders are the folders that hold the reviews.
var setFolders = []string{"train/neg", "train/pos", "train/unsup", "test/neg", "test/pos"}

// reviewsFolder is the folder that holds train and test: the one given, or
// aclImdb in it.
func reviewsFolder(folder string) string {
	if _, err := os.Stat(filepath.Join(folder, "train")); err != nil {
		return filepath.Join(folder, "aclImdb")
	}
	return folder
}

// readFolder reads all reviews of an unpacked archive.
func readFolder(folder string, want counts) (*drafts, error) {
	folder = reviewsFolder(folder)
	d := new(drafts)
	for _, set := range setFolders {
		entries, err := os.ReadDir(filepath.Join(folder, set))
		if errors.Is(err, fs.ErrNotExist) {
			continue // missed by the check
		}
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			name := path.Join(set, e.Name())
			if !e.Type().IsRegular() || !strings.HasSuffix(name, ".txt") {
				continue
			}
			if err := d.addFile(name, filepath.Join(folder, name)); err != nil {
				return nil, err
			}
		}
	}
	return d, d.check(want)
}

func (d *drafts) addFile(name, file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	return d.add(name, info.Size(), f)
}
