package engine

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/gomlx/gomlx/core/graph"
)

// alone sets the surroundings in which no plugin is found but those in dir.
func alone(t *testing.T, dir string) {
	t.Helper()
	t.Setenv("PJRT_PLUGIN_LIBRARY_PATH", dir)
	t.Setenv("SPARSEQ_ROOT", t.TempDir())
	t.Setenv("SPARSEQ_DATA", t.TempDir())
	t.Setenv("HOME", t.TempDir())
}

// computes fails the test unless the engine adds, and describes itself in a clear line.
func computes(t *testing.T, e *Engine, err error, says ...string) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	sum, err := graph.CallOnce(e.Backend, func(x *graph.Node) *graph.Node { return graph.Add(x, x) }, []float32{1, 2})
	if err != nil {
		t.Fatal(err)
	}
	if got := sum.Value().([]float32); got[0] != 2 || got[1] != 4 {
		t.Errorf("1+1, 2+2 are %v", got)
	}
	clear(t, e.Note, says...)
}

// clear fails the test unless a line is one, is not long, shows no folder of this machine, and
// has all the parts.
func clear(t *testing.T, line string, parts ...string) {
	t.Helper()
	if strings.ContainsAny(line, "\n\r") || len([]rune(line)) > 300 || strings.Contains(line, os.TempDir()+"/") {
		t.Errorf("this is not one clear line: %q", line)
	}
	for _, part := range parts {
		if !strings.Contains(line, part) {
			t.Errorf("the line is %q, want one with %q", line, part)
		}
	}
}

func TestNoPlugin(t *testing.T) {
	if len(systemPlugins()) > 0 {
		t.Skip("a plugin is installed for the whole system")
	}
	alone(t, "")
	e, err := open("")
	computes(t, e, err, "pure Go on the CPU", "no XLA plugin is installed")
}

func TestGo(t *testing.T) {
	for _, setting := range []string{"go", "Go", " go "} {
		e, err := open(setting)
		computes(t, e, err, "pure Go on the CPU", "as GOMLX_BACKEND asks")
	}
}

func TestJunkSettings(t *testing.T) {
	alone(t, t.TempDir())
	missing := filepath.Join(t.TempDir(), "pjrt_c_api_cpu_plugin.so")
	for setting, says := range map[string]string{
		"tensorflow":             "there is no such backend",
		"cuda":                   "there is no such backend",
		":":                      "there is no such backend",
		"\n\x00":                 "there is no such backend",
		"go:parallelism=many":    "parallelism",
		"xla:tpu":                "no such XLA plugin is installed",
		"xla:cuda":               "no such XLA plugin is installed",
		"xla:":                   "no such XLA plugin is installed",
		"xla:" + missing:         "there is no such file",
		"xla:" + t.TempDir():     "it is not a file",
		"xla:relative/plugin.so": "there is no such file",
	} {
		if strings.HasPrefix(setting, "xla:c") || setting == "xla:" {
			if len(systemPlugins()) > 0 {
				continue
			}
		}
		_, err := open(setting)
		if err == nil {
			t.Errorf("%q opens", setting)
			continue
		}
		line := strings.ReplaceAll(err.Error(), missing, "") // the user's own words, quoted
		clear(t, strings.ReplaceAll(line, setting, ""), "GOMLX_BACKEND", says, "use xla")
	}
}

// broken makes files that have a plugin's name, by what is wrong with them.
func broken(t *testing.T) map[string][]byte {
	t.Helper()
	files := map[string][]byte{
		"the file is empty":                nil,
		"the file is not a shared library": []byte("<html>404 not found</html>"),
	}
	for says, source := range map[string]string{
		"GetPjrtApi":                  `int nothing = 1;`,
		"crashes when it is loaded":   `void *GetPjrtApi(void) { return *(void *volatile *)0; }`,
		"it answers nothing":          `void *GetPjrtApi(void) { return 0; }`,
		"crashes when it is loaded ":  `__attribute__((constructor)) void f(void) { __builtin_trap(); } void *GetPjrtApi(void) { return 0; }`,
		"crashes when it is loaded  ": `#include <stdlib.h>` + "\n" + `void *GetPjrtApi(void) { exit(3); }`,
	} {
		files[says] = library(t, source)
	}
	whole := library(t, `char big[1<<20] = {1}; void *GetPjrtApi(void) { return big; }`)
	files["the file is cut short or damaged"] = whole[:len(whole)/2]
	return files
}

// library compiles C into a shared library.
func library(t *testing.T, source string) []byte {
	t.Helper()
	compiler, err := exec.LookPath("cc")
	if err != nil {
		t.Skip("needs a C compiler, cc")
	}
	out := filepath.Join(t.TempDir(), "lib.so")
	cmd := exec.Command(compiler, "-shared", "-fPIC", "-x", "c", "-o", out, "-")
	cmd.Stdin = strings.NewReader(source)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	text, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// A plugin that does not load, or that ends the process, is a line: of the Go backend where it
// was only found, of an error where it was asked for.
func TestBrokenPlugin(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the plugins are made for Linux")
	}
	if len(systemPlugins()) > 0 {
		t.Skip("a plugin is installed for the whole system")
	}
	for says, content := range broken(t) {
		says = strings.TrimSpace(says)
		t.Run(says, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "pjrt_c_api_cpu_plugin.so")
			if err := os.WriteFile(path, content, 0o755); err != nil {
				t.Fatal(err)
			}
			alone(t, dir)
			e, err := open("")
			computes(t, e, err, "pure Go on the CPU", "the CPU's XLA plugin is unusable", says)
			for _, setting := range []string{"xla", "xla:cpu", "xla:" + path} {
				if _, err := open(setting); err == nil {
					t.Errorf("%s opens", setting)
				} else {
					clear(t, strings.ReplaceAll(err.Error(), path, ""), says)
				}
			}
		})
	}
}

func TestXLA(t *testing.T) {
	plugin := realPlugin(t)
	alone(t, filepath.Dir(plugin))
	e, err := open("")
	computes(t, e, err, "XLA on the ")
	if !strings.Contains(e.Note, "GPU plugin") && !strings.Contains(e.Note, "GPU (the fastest") {
		t.Errorf("the note does not say why: %q", e.Note)
	}
	e, err = open("xla:cpu")
	computes(t, e, err, "XLA on the CPU", "as GOMLX_BACKEND asks")
	if _, err = open("xla:cpu,colour=blue"); err == nil {
		t.Error("an option that XLA does not have is taken")
	} else {
		clear(t, err.Error(), "colour")
	}
}

// go-xla takes "cuda" anywhere in a path for a GPU plugin, and what follows a comma for options.
func TestXLAInMisleadingFolder(t *testing.T) {
	plugin := realPlugin(t)
	dir := filepath.Join(t.TempDir(), "nvidia cuda, course")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "pjrt_c_api_cpu_plugin.so")
	if err := os.Symlink(plugin, link); err != nil {
		t.Fatal(err)
	}
	alone(t, dir)
	e, err := open("")
	computes(t, e, err, "XLA on the CPU")
	if b, ok := e.Backend.(interface{ IsCUDA() bool }); !ok || b.IsCUDA() {
		t.Error("the CPU's plugin is taken for a GPU's")
	}
}

// A broken GPU plugin or a broken first CPU plugin does not stop a good one.
func TestSecondPlugin(t *testing.T) {
	plugin := realPlugin(t)
	first := t.TempDir()
	if err := os.WriteFile(filepath.Join(first, "pjrt_c_api_cpu_plugin.so"), []byte("junk"), 0o755); err != nil {
		t.Fatal(err)
	}
	alone(t, first+string(os.PathListSeparator)+filepath.Dir(plugin))
	for _, setting := range []string{"", "xla", "xla:cpu"} {
		e, err := open(setting)
		computes(t, e, err, "XLA on the CPU")
		if strings.Contains(e.Note, "unusable") {
			t.Errorf("the note tells of what did not matter: %q", e.Note)
		}
	}
}

func TestPluginNames(t *testing.T) {
	for file, says := range map[string]string{
		"pjrt_c_api_cpu_plugin.so":          "cpu",
		"pjrt_c_api_cpu_v0.83.1_plugin.so":  "cpu",
		"pjrt_c_api_cuda_plugin.so":         "cuda gpu",
		"pjrt_c_api_rocm_plugin.so":         "rocm gpu",
		"pjrt_c_api_cpu_plugin.so.download": "",
		"libpjrt_cpu.so":                    "",
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, file), nil, 0o644); err != nil {
			t.Fatal(err)
		}
		alone(t, dir)
		got := ""
		for _, c := range candidates() {
			if filepath.Dir(c.path) == dir {
				for _, name := range []string{"cpu", "cuda", "rocm"} {
					if c.is(name) {
						got += name
					}
				}
				if c.gpu {
					got += " gpu"
				}
			}
		}
		if got != says {
			t.Errorf("%s is %q, want %q", file, got, says)
		}
	}
}

// What worked is not tried apart again, until the file changes.
func TestProbeIsRemembered(t *testing.T) {
	plugin := realPlugin(t)
	alone(t, filepath.Dir(plugin))
	record := probeRecord(plugin)
	if _, err := os.Stat(record); err == nil {
		t.Fatal("there is a record before the first time")
	}
	if _, err := open("xla:" + plugin); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(record); err != nil {
		t.Error("no record was kept")
	}
	link := filepath.Join(t.TempDir(), "pjrt_c_api_cpu_plugin.so")
	if err := os.Symlink(plugin, link); err != nil {
		t.Fatal(err)
	}
	if probeRecord(link) == record {
		t.Error("another file has the same record")
	}
}

func TestOpenIsOnce(t *testing.T) {
	a, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	if b, _ := Open(); a != b {
		t.Error("the second Open gives another engine")
	}
}

// realPlugin returns a CPU plugin of this machine.
func realPlugin(t *testing.T) string {
	t.Helper()
	for _, c := range candidates() {
		if !c.gpu {
			return c.path
		}
	}
	t.Skip("needs an XLA plugin for the CPU: make setup installs one")
	return ""
}

// systemPlugins lists the plugins that no test can hide.
func systemPlugins() []string {
	found, _ := filepath.Glob("/usr/local/lib/go-xla/pjrt_c_api_*_plugin.*")
	return found
}
