package docker_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// bash runs a script that has sourced steps.sh, with dir for its stamps, and returns what it said.
func bash(t *testing.T, dir, script string) (string, error) {
	t.Helper()
	cmd := exec.Command("bash", "-euc", "SPARSEQ_ROOT=$PWD state=$1 log=$1/log; . ./steps.sh\n"+script, "bash", dir)
	out, err := cmd.CombinedOutput()
	return strings.TrimSpace(string(out)), err
}

const countingStep = `
thing_inputs() { cat "$state/inputs"; }
thing() { echo run >>"$state/runs"; . "$state/work"; }
trap interrupted INT TERM
step 1/1 'A thing' thing
`

func TestStep(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	expect := func(when string, runs int, fails bool) {
		t.Helper()
		said, err := bash(t, dir, countingStep)
		done, _ := os.ReadFile(filepath.Join(dir, "runs"))
		if got := strings.Count(string(done), "run"); got != runs || (err != nil) != fails {
			t.Errorf("%s: done %d times, want %d; said %q, error %v", when, got, runs, said, err)
		}
	}
	write("inputs", "one")
	write("work", "false; true")
	expect("a command fails", 1, true)
	write("work", "true")
	expect("after a failure", 2, false)
	expect("nothing changed", 2, false)
	write("inputs", "two")
	expect("other inputs", 3, false)

	write("inputs", "three")
	write("work", "sleep 60")
	cmd := exec.Command("bash", "-euc", "SPARSEQ_ROOT=$PWD state=$1 log=$1/log; . ./steps.sh\n"+countingStep, "bash", dir)
	var said strings.Builder
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(300 * time.Millisecond)
	started := time.Now()
	_ = cmd.Process.Signal(os.Interrupt)
	if err := cmd.Wait(); err == nil || !strings.Contains(said.String(), "interrupted; run it again") {
		t.Errorf("when interrupted: %v, %q", err, said.String())
	}
	if waited := time.Since(started); waited > 10*time.Second {
		t.Errorf("an interrupt took %v", waited)
	}
	write("work", "true")
	expect("after an interrupt", 5, false)
}

func TestExplain(t *testing.T) {
	for log, want := range map[string]string{
		"ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n":                          "the disk is full",
		"write /tmp/go-build/b001: no space left on device\n":                                                                "the disk is full",
		"ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n":                                        "a download is not the file that was pinned",
		"verifying module: checksum mismatch\n":                                                                              "a download is not the file that was pinned",
		"WARNING: Retrying: NewConnectionError: Failed to establish a new connection\nERROR: No matching distribution found": "no network",
		"go: x@v1: Get \"https://proxy.golang.org/x\": dial tcp: lookup proxy.golang.org: no such host\n":                    "no network",
		"mkdir /lab/.venv: permission denied\n":                                                                              "cannot write: mkdir /lab/.venv",
		"first\n\nthe last line\n\n":                                                                                         "the last line (details:",
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "log"), []byte(log), 0o644); err != nil {
			t.Fatal(err)
		}
		if said, err := bash(t, dir, "explain"); err != nil || !strings.HasPrefix(said, want) || strings.Contains(said, "\n") {
			t.Errorf("of %q it said %q (%v), want %q", log, said, err, want)
		}
	}
}
