package docker_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestSetupLacks runs the set-up on machines that lack something: one line says what.
func TestSetupLacks(t *testing.T) {
	const (
		newGo  = "case $2 in GOVERSION) echo go1.26.5 ;; CC) echo cc ;; CGO_ENABLED) echo 1 ;; esac"
		python = "exit 0"
	)
	tests := []struct {
		name  string
		root  string            // the checkout's folder
		tools map[string]string // fake commands: name to script
		want  string
	}{
		{"no Go", "lab", nil,
			"Go 1.26.5 or later is needed and was not found"},
		{"an old Go that may fetch no newer one", "lab",
			map[string]string{"go": "echo 'go: go.mod requires go >= 1.26.5 (running go 1.22.1; GOTOOLCHAIN=local)' >&2; exit 1"},
			"Go 1.26.5 or later is needed (go: go.mod requires go >= 1.26.5 (running go 1.22.1"},
		{"no Python", "a lab", map[string]string{"go": newGo},
			"Python 3.10 or later is needed and python3 was not found"},
		{"an old Python", "lab",
			map[string]string{"go": newGo, "python3": "[ $1 = -V ] && echo Python 3.8.10; exit 1"},
			"Python 3.10 or later is needed, "},
		{"a Python without venv", "lab",
			map[string]string{"go": newGo, "python3": `case $2 in *ensurepip*) exit 1 ;; esac`},
			"sudo apt-get install python3-venv"},
		{"no C compiler", "lab", map[string]string{"go": newGo, "python3": python},
			"a working C compiler is needed"},
		{"a C compiler without headers", "lab", map[string]string{"go": newGo, "python3": python, "cc": "exit 1"},
			"sudo apt-get install gcc libc6-dev"},
		{"no cgo", "lab", map[string]string{"go": strings.Replace(newGo, "echo 1", "echo 0", 1), "python3": python, "cc": "exit 0"},
			"CGO_ENABLED"},
		{"a full disk", "lab", map[string]string{"go": newGo, "python3": python, "cc": "exit 0",
			"df": "echo head; echo /dev/sda1 1000000 900000 100000 90% /"},
			"the disk is nearly full: 3000 MB are needed"},
		{"a path that no search path can hold", "a:b", map[string]string{"go": newGo},
			"which the kernel cannot work with"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			root := filepath.Join(t.TempDir(), test.root)
			copyScripts(t, root)
			bin := commands(t, test.tools)
			cmd := exec.Command(filepath.Join(bin, "bash"), filepath.Join(root, "docker", "setup.sh"))
			cmd.Env = []string{"PATH=" + bin, "HOME=" + t.TempDir()}
			out, err := cmd.CombinedOutput()
			said := strings.TrimSpace(string(out))
			if err == nil || !strings.Contains(said, test.want) {
				t.Errorf("the set-up said %q (%v), want a failure with %q", said, err, test.want)
			}
			if strings.Contains(said, "\n") {
				t.Errorf("more than one line:\n%s", said)
			}
		})
	}
}

// copyScripts makes root a checkout that holds the set-up and nothing else.
func copyScripts(t *testing.T, root string) {
	t.Helper()
	if err := os.CopyFS(filepath.Join(root, "docker"), os.DirFS(".")); err != nil {
		t.Fatal(err)
	}
	mod, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, "go.mod"), mod, 0o644); err != nil {
		t.Fatal(err)
	}
}

// commands makes a folder of the fakes and of the few system commands that the set-up uses.
func commands(t *testing.T, fakes map[string]string) string {
	t.Helper()
	bin := t.TempDir()
	for _, name := range []string{"bash", "sh", "sed", "cat", "cut", "tr", "tail", "grep", "sort", "uname",
		"dirname", "mkdir", "rm", "mktemp", "df", "awk", "sha256sum", "flock"} {
		if _, faked := fakes[name]; faked {
			continue
		}
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		if err := os.Symlink(path, filepath.Join(bin, name)); err != nil {
			t.Fatal(err)
		}
	}
	for name, script := range fakes {
		if err := os.WriteFile(filepath.Join(bin, name), []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return bin
}
