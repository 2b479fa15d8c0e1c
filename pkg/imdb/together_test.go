package imdb

import (
	"bytes"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
)

func TestLoadTogether(t *testing.T) {
	archive := put(t, filepath.Join(t.TempDir(), "reviews.tar.gz"), pack(t, reviewFiles()))
	dir := t.TempDir()
	t.Setenv("SPARSEQ_IMDB", archive)
	corpora := make([]*Corpus, 6)
	var all sync.WaitGroup
	for i := range corpora {
		all.Go(func() {
			l := testLoader(dir)
			l.Vocabulary = 50 + i%2
			var err error
			if corpora[i], err = l.load(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for i, c := range corpora {
		if c != nil {
			wantSame(t, c, corpora[i%2])
		}
	}
	if left := leftovers(t, dir); left != nil {
		t.Errorf("%q were left behind", left)
	}
}

// child runs a test of this binary as another process.
func child(t *testing.T, test string, env ...string) *exec.Cmd {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, "-test.run=^"+test+"$", "-test.v")
	cmd.Env = append(os.Environ(), env...)
	return cmd
}

// TestChild is what the other processes of the tests do.
func TestChild(t *testing.T) {
	dir := os.Getenv("IMDB_TEST_DIR")
	if dir == "" {
		t.Skip("run by other tests, in a process of its own")
	}
	if os.Getenv("IMDB_TEST_FULL") != "" {
		// No file may grow: as a full disk, but for the error's number.
		signal.Ignore(syscall.SIGXFSZ)
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 4096, Max: 4096}); err != nil {
			t.Fatal(err)
		}
	}
	c, err := testLoader(dir).load()
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("loaded %d reviews", c.Train.Len())
}

func TestTwoProcesses(t *testing.T) {
	archive := put(t, filepath.Join(t.TempDir(), "reviews.tar.gz"), pack(t, reviewFiles()))
	dir := t.TempDir()
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			out, err := child(t, "TestChild", "IMDB_TEST_DIR="+dir, "SPARSEQ_IMDB="+archive).CombinedOutput()
			if err != nil || !bytes.Contains(out, []byte("loaded 72 reviews")) {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
	all.Wait()
	want := mustLoad(t, testLoader(t.TempDir()), archive)
	wantSame(t, mustLoad(t, testLoader(dir), archive), want)
	if left := leftovers(t, dir); left != nil {
		t.Errorf("%q were left behind", left)
	}
}

func TestFullDisk(t *testing.T) {
	archive := put(t, filepath.Join(t.TempDir(), "reviews.tar.gz"), pack(t, reviewFiles()))
	dir := t.TempDir()
	out, err := child(t, "TestChild", "IMDB_TEST_DIR="+dir, "IMDB_TEST_FULL=1", "SPARSEQ_IMDB="+archive).CombinedOutput()
	if err == nil || !bytes.Contains(out, []byte("free some space and try again")) || bytes.Contains(out, []byte("goroutine")) {
		t.Errorf("%v: %s", err, out)
	}
	if left := leftovers(t, dir); left != nil {
		t.Errorf("%q were left behind", left)
	}
	mustLoad(t, testLoader(dir), archive) // once there is space
}
