package engine

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"sparseq/pkg/checkout"
)

// A plugin built for another processor does not return an error: it ends the process with
// SIGILL or SIGSEGV. So an unknown plugin is first opened in a process of its own, this same
// program, and that it stood the test is remembered for its file and machine.

const (
	probeEnv   = "SPARSEQ_ENGINE_PROBE"
	probeLimit = 60 * time.Second
	probeWorks = 0
	probeFails = 77
)

// runProbe is the other side: it opens what the environment names, and ends the process.
func runProbe() {
	config, ok := os.LookupEnv(probeEnv)
	if !ok {
		return
	}
	b, err := newXLA(config)
	if err != nil {
		fmt.Print(oneLine(err))
		os.Exit(probeFails)
	}
	b.Finalize()
	os.Exit(probeWorks)
}

// probe returns an error where opening config fails or brings a process down.
func probe(path, config string) error {
	record := probeRecord(path)
	if record != "" {
		if _, err := os.Stat(record); err == nil {
			return nil
		}
	}
	self, err := os.Executable()
	if err != nil {
		return nil // cannot be tried apart: open it and see
	}
	ctx, cancel := context.WithTimeout(context.Background(), probeLimit)
	defer cancel()
	cmd := exec.CommandContext(ctx, self)
	cmd.Env = append(slices.DeleteFunc(os.Environ(), func(e string) bool {
		return strings.HasPrefix(e, "GONB_") // not to talk to the notebook
	}), probeEnv+"="+config)
	said, err := cmd.Output()
	var exit *exec.ExitError
	switch {
	case err == nil:
		remember(record)
		return nil
	case ctx.Err() != nil:
		return fmt.Errorf("it does not answer in %v", probeLimit)
	case !errors.As(err, &exit):
		return nil
	case exit.ExitCode() == probeFails:
		return errors.New(string(said))
	}
	return errors.New("it crashes when it is loaded")
}

// probeRecord returns the file whose presence tells that the plugin worked, or "" where none
// can be kept. A plugin, a machine or a way here that has changed has another one.
func probeRecord(path string) string {
	data, err := checkout.Data()
	if err != nil {
		return ""
	}
	info, err := os.Stat(path)
	if err != nil {
		return ""
	}
	host, _ := os.Hostname()
	key := sha256.Sum256([]byte(fmt.Sprintln(path, info.Size(), info.ModTime().UnixNano(), host)))
	return filepath.Join(data, "cache", "engine", fmt.Sprintf("%x", key[:8]))
}

// remember makes the record; where it cannot, the next process tries the plugin again.
func remember(record string) {
	if record == "" || os.MkdirAll(filepath.Dir(record), 0o755) != nil {
		return
	}
	_ = os.WriteFile(record, []byte("this XLA plugin loads on this machine\n"), 0o644)
}
