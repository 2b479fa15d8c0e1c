package notebooks_test

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// labServer is a JupyterLab that docker/lab.sh opened, as `make lab` does.
type labServer struct {
	url   string // scheme, host and port
	token string

	cmd    *exec.Cmd
	marker string // in the environment of everything it starts
}

var labAddress = regexp.MustCompile(`JupyterLab: (http://[^/]+)/\S*token=(\w+)`)

// startLab opens the lab of root on a free port, with env beside the process's own environment.
// It is stopped when the test ends, and the test fails if anything that it started stays behind.
func startLab(t *testing.T, root string, env ...string) *labServer {
	t.Helper()
	l := &labServer{marker: fmt.Sprintf("SPARSEQ_TEST_LAB=%d-%d", os.Getpid(), time.Now().UnixNano())}
	l.cmd = exec.Command(filepath.Join(root, "docker", "lab.sh"), "--no-browser")
	l.cmd.Env = append(append(os.Environ(), env...), l.marker, "PORT="+strconv.Itoa(freePort(t)), "DISPLAY=", "BROWSER=")
	var log bytes.Buffer
	l.cmd.Stderr = &log
	out, err := l.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := l.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		l.stop(t)
		if t.Failed() {
			t.Logf("the lab's log:\n%s", log.String())
		}
	})

	found := make(chan []string, 1)
	go func() {
		for s := bufio.NewScanner(out); s.Scan(); {
			if m := labAddress.FindStringSubmatch(s.Text()); m != nil {
				found <- m
			}
		}
	}()
	select {
	case m := <-found:
		l.url, l.token = m[1], m[2]
	case <-time.After(time.Minute):
		t.Fatalf("the lab printed no address within a minute:\n%s", log.String())
	}
	return l
}

// stop interrupts the lab as Ctrl-C does, and sees that no kernel or language server outlives it.
func (l *labServer) stop(t *testing.T) {
	_ = l.cmd.Process.Signal(os.Interrupt)
	done := make(chan error, 1)
	go func() { done <- l.cmd.Wait() }()
	select {
	case err := <-done:
		if err != nil {
			t.Errorf("the lab, when interrupted: %v", err)
		}
	case <-time.After(30 * time.Second):
		_ = l.cmd.Process.Kill()
		t.Error("the lab did not stop within 30 s of an interrupt")
	}
	var left []string
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(200 * time.Millisecond) {
		if left = processesWith(l.marker); len(left) == 0 {
			return
		}
	}
	t.Errorf("left behind by the lab: %s", strings.Join(left, "; "))
}

// processesWith lists the command lines of the processes that have entry in their environment
// (on Linux; none elsewhere).
func processesWith(entry string) []string {
	var found []string
	environs, _ := filepath.Glob("/proc/[0-9]*/environ")
	for _, path := range environs {
		env, err := os.ReadFile(path)
		if err != nil || !bytes.Contains(env, []byte(entry+"\x00")) {
			continue
		}
		line, _ := os.ReadFile(filepath.Join(filepath.Dir(path), "cmdline"))
		found = append(found, strings.ReplaceAll(strings.TrimRight(string(line), "\x00"), "\x00", " "))
	}
	return found
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}
