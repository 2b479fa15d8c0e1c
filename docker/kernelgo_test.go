package docker_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestKernelGo runs the kernel's go before a fake of the real one, which says what it was asked.
func TestKernelGo(t *testing.T) {
	root := filepath.Join(t.TempDir(), "a lab")
	here := filepath.Join(root, "kernel")
	real := filepath.Join(root, "real")
	for path, text := range map[string]string{
		filepath.Join(root, "go.mod"): "module sparseq\n\ngo 1.26.5\n\nrequire (\n\tgonum.org/v1/plot v0.16.0\n)\n\n" +
			"require (\n\tk8s.io/klog/v2 v2.140.0 // indirect\n)\n\nrequire example.com/single v1.0.0\n",
		filepath.Join(real, "go"): "#!/bin/sh\necho \"real $*\"\n",
	} {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	script, err := os.ReadFile("kernel-go.sh")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(here, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(here, "go"), script, 0o755); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, main, args, want string
	}{
		{"the standard library", "import (\n\t\"fmt\"\n\t\"math/rand\"\n)\n", "get", ""},
		{"the repository", "import \"sparseq/pkg/show\"\n", "get", ""},
		{"its modules", "import (\n\t\"gonum.org/v1/plot/vg\"\n\tklog \"k8s.io/klog/v2\"\n\t. \"example.com/single\"\n)\n", "get", ""},
		{"a package of a learner's", "import (\n\t\"fmt\"\n\t\"github.com/fogleman/gg\"\n)\n", "get", "real get"},
		{"a module with the same beginning", "import _ \"gonum.org/v1/plotter\"\n", "get", "real get"},
		{"a named package", "import \"fmt\"\n", "get example.com/x@v1.0.0", "real get example.com/x@v1.0.0"},
		{"a test", "import \"fmt\"\n", "get -t", "real get -t"},
		{"a build", "import \"fmt\"\n", "build -o x", "real build -o x"},
		{"a build of another kind", "import \"fmt\"\n", "build -o x -tags y", "real build -o x -tags y"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte("package main\n\n"+test.main+"\nfunc main() {}\n"), 0o644); err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command(filepath.Join(here, "go"), strings.Fields(test.args)...)
			cmd.Dir = dir
			cmd.Env = []string{"PATH=" + here + ":" + real + ":" + os.Getenv("PATH"), "SPARSEQ_ROOT=" + root}
			out, err := cmd.CombinedOutput()
			if got := strings.TrimSpace(string(out)); err != nil || got != test.want {
				t.Errorf("said %q (%v), want %q", got, err, test.want)
			}
		})
	}
}

// TestKernelGoBuilds runs the kernel's go before the real one: cells of declarations alone are
// compiled and no more, but for those whose variables have never been worked out.
func TestKernelGoBuilds(t *testing.T) {
	script, err := filepath.Abs("kernel-go.sh")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	program := filepath.Join(dir, "cell")
	const declared, cell = "func main() { flag.Parse() }\n", "func main() {\n\tflag.Parse()\n\tprintln(f())\n}\n"
	build := func(main string) (string, error) {
		t.Helper()
		for name, text := range map[string]string{"go.mod": "module cell\n\ngo 1.26\n", "main.go": "package main\n\nimport \"flag\"\n\n" + main} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		cmd := exec.Command("sh", script, "build", "-o", program)
		cmd.Dir, cmd.Env = dir, append(os.Environ(), "SPARSEQ_ROOT="+dir)
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	const f, two = "func f() int { return x }\n\n", "var x = 2\n\n"
	for _, step := range []struct {
		name, main string
		linked     bool
		says       string
	}{
		{"declarations before any cell has run", two + f + declared, true, ""},
		{"a cell that runs", two + f + cell, true, "2\n"},
		{"declarations", two + f + "type point [2]int\n\n" + declared, false, ""},
		{"a new variable", "var y = g()\n\nfunc g() int {\n\tprintln(\"hello\")\n\treturn 1\n}\n\n" + two + f + declared, true, "hello\n"},
		{"an init", two + f + "func init() { println(\"hi\") }\n\n" + declared, true, "hi\n"},
		{"declarations again", two + f + declared, false, ""},
		{"a cell that runs after them", two + f + cell, true, "2\n"},
	} {
		t.Run(step.name, func(t *testing.T) {
			if out, err := build(step.main); err != nil || out != "" {
				t.Fatalf("%v: %s", err, out)
			}
			info, err := os.Stat(program)
			if err != nil || (info.Size() > 1000) != step.linked {
				t.Errorf("%v, or of the wrong kind", err)
			}
			if out, err := exec.Command(program).CombinedOutput(); err != nil || string(out) != step.says {
				t.Errorf("said %q (%v), want %q", out, err, step.says)
			}
		})
	}
	out, err := build(two + "func f() int { return z }\n\n" + declared)
	if err == nil || !strings.Contains(out, "./main.go:7:23: undefined: z") {
		t.Errorf("%v: %s", err, out)
	}
}
