package docker_test

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// machine is what doctor.sh finds: fake commands, files in the checkout, settings.
type machine struct {
	tools map[string]string // commands in place of the usual ones; an empty script means none
	files map[string]string // in the checkout
	env   []string
}

// The fake machine: all is well, and nothing is set up.
var healthy = map[string]string{
	"go":      "case $2 in GOVERSION) echo go1.26.5 ;; CC) echo cc ;; CGO_ENABLED) echo 1 ;; GOTOOLCHAIN) echo auto ;; esac",
	"python3": "case $1 in -V) echo Python 3.12.1 ;; esac",
	"cc":      "exit 0",
	"curl":    "exit 0",
	"ls":      "exit 2",
	"df":      "echo head; echo /dev/sda1 100000000 0 52428800 0% /",
}

// setUp are the files that the set-up leaves.
var setUp = map[string]string{
	".venv/bin/python": "", ".venv/bin/jupyter-lab": "", ".venv/bin/gonb": "", ".venv/lib/kernel/go": "",
	".venv/share/jupyter/kernels/gonb/kernel.json": `{"argv": ["ROOT/.venv/bin/gonb"]}`,
	".venv/lib/pjrt/pjrt_c_api_cpu_plugin.so":      "x",
	".venv/var/setup/warm":                         "", ".venv/var/setup/engine": "XLA on the CPU, 2 cores\n",
}

// with is m and more.
func with(m map[string]string, more ...string) map[string]string {
	m = maps.Clone(m)
	if m == nil {
		m = map[string]string{}
	}
	for i := 0; i < len(more); i += 2 {
		m[more[i]] = more[i+1]
	}
	return m
}

// without is m less one.
func without(m map[string]string, name string) map[string]string {
	m = maps.Clone(m)
	delete(m, name)
	return m
}

// doctor runs doctor.sh on the machine, and returns its lines by their names, and whether it
// exits with 1.
func doctor(t *testing.T, m machine) (lines map[string]string, said string, sick bool) {
	t.Helper()
	root := filepath.Join(t.TempDir(), "lab")
	copyScripts(t, root)
	for name, text := range m.files {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(strings.ReplaceAll(text, "ROOT", root)), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	tools := maps.Clone(healthy)
	maps.Copy(tools, m.tools)
	memory := "24000"
	if m.tools["memory"] != "" {
		memory = m.tools["memory"]
	}
	delete(tools, "memory")
	awk, err := exec.LookPath("awk")
	if err != nil {
		t.Fatal(err)
	}
	tools["awk"] = `case "$*" in *MemAvailable*) echo ` + memory + ` ;; *) exec ` + awk + ` "$@" ;; esac`
	find, err := exec.LookPath("find")
	if err != nil {
		t.Fatal(err)
	}
	tools["find"] = "exec " + find + ` "$@"`
	maps.DeleteFunc(tools, func(_, script string) bool { return script == "" })
	bin := commands(t, tools)
	cmd := exec.Command(filepath.Join(bin, "bash"), filepath.Join(root, "docker", "doctor.sh"))
	cmd.Env = append([]string{"PATH=" + bin, "HOME=" + t.TempDir()}, m.env...)
	out, err := cmd.CombinedOutput()
	if exit, failed := err.(*exec.ExitError); err != nil && (!failed || exit.ExitCode() != 1) {
		t.Fatalf("%v\n%s", err, out)
	}
	lines = map[string]string{}
	for line := range strings.Lines(string(out)) {
		if len(line) > 21 && (strings.HasPrefix(line[12:], "ok ") || strings.HasPrefix(line[12:], "missing ")) {
			lines[strings.TrimSpace(line[:11])] = strings.TrimSpace(line[12:])
		}
	}
	return lines, string(out), err != nil
}

func TestDoctor(t *testing.T) {
	tests := []struct {
		name    string
		machine machine
		sick    bool
		wants   map[string]string // the lines, from their state on
		last    string
	}{
		{"before the set-up", machine{}, false, map[string]string{
			"Go": "ok       go1.26.5", "C compiler": "ok       cc", "Python": "ok       Python 3.12.1",
			"kernel": "missing  make setup makes it", "XLA": "missing  make setup fetches it",
			"GPU": "missing  none found", "reviews": "missing  make data downloads them",
			"word sets": "missing  make data fetches WordSim-353", "disk": "ok       50.0 GB free",
			"memory": "ok       23 GB free", "network": "ok       pypi.org, proxy.golang.org, ai.stanford.edu",
		}, "once make setup has set it up"},
		{"set up with data", machine{files: with(setUp,
			"data/cache/imdb-1.reviews", "", "data/downloads/wordsim353-combined.tab", "")}, false, map[string]string{
			"kernel": "ok       JupyterLab and the Go kernel", "XLA": "ok       the lessons compute with: XLA on the CPU, 2 cores",
			"reviews": "ok       ready, in ", "word sets": "ok       WordSim-353, ",
		}, "The lab can run here."},
		{"no Go", machine{tools: map[string]string{"go": ""}}, true, map[string]string{
			"Go": "missing  Go 1.26.5 or later is needed and was not found", "C compiler": "missing  Go tells which one",
		}, "mend first: Go."},
		{"an old Go that fetches a newer one", machine{tools: map[string]string{
			"go": `case $PWD-$2 in */lab-GOVERSION) echo 'go.mod requires go >= 1.26.5' >&2; exit 1 ;; *GOVERSION) echo go1.22.1 ;; *GOTOOLCHAIN) echo auto ;; *CC) echo cc ;; *CGO_ENABLED) echo 1 ;; esac`,
		}}, false, map[string]string{"Go": "ok       go1.22.1, which fetches"}, "once make setup"},
		{"an old Go that does not", machine{tools: map[string]string{
			"go": `case $PWD-$2 in */lab-GOVERSION) echo 'go.mod requires go >= 1.26.5' >&2; exit 1 ;; *GOTOOLCHAIN) echo local ;; *CC) echo cc ;; *CGO_ENABLED) echo 1 ;; esac`,
		}}, true, map[string]string{"Go": "missing  Go 1.26.5 or later is needed (go.mod requires go >= 1.26.5)"}, "mend first: Go."},
		{"no C compiler", machine{tools: map[string]string{"cc": "exit 1"}}, true, map[string]string{
			"C compiler": "missing  a working C compiler is needed"}, "mend first: C compiler."},
		{"no Python", machine{tools: map[string]string{"python3": ""}}, true, map[string]string{
			"Python": "missing  Python 3.10 or later is needed"}, "mend first: Python."},
		{"neither Go nor Python", machine{tools: map[string]string{"go": "", "python3": ""}}, true, nil, "mend first: Go, Python."},
		{"a kernel's file is gone", machine{files: without(setUp, ".venv/bin/gonb")}, true, map[string]string{
			"kernel": "missing  the set-up is damaged: make clean"}, "mend first: kernel."},
		{"set up in another folder", machine{files: with(setUp,
			".venv/share/jupyter/kernels/gonb/kernel.json", `{"argv": ["/old/.venv/bin/gonb"]}`)}, false, map[string]string{
			"kernel": "missing  it was set up in another folder: make setup"}, "can run here"},
		{"no plugin of XLA", machine{files: with(setUp, ".venv/lib/pjrt/pjrt_c_api_cpu_plugin.so", "")}, false, map[string]string{
			"XLA": "missing  the lessons compute in pure Go"}, "can run here"},
		{"a GPU without a plugin", machine{tools: map[string]string{"ls": "echo /dev/nvidia0"}, files: setUp}, false, map[string]string{
			"GPU": "missing  found, but no XLA plugin for it"}, "can run here"},
		{"a GPU with a plugin", machine{tools: map[string]string{"ls": "echo /dev/nvidia0"},
			files: with(setUp, ".venv/lib/pjrt/pjrt_c_api_cuda_plugin.so", "x")}, false, map[string]string{
			"GPU": "ok       found, and a plugin"}, "can run here"},
		{"an archive that is named", machine{files: map[string]string{"a.tar.gz": ""}, env: []string{"SPARSEQ_IMDB=a.tar.gz"}}, false,
			map[string]string{"reviews": "ok       a.tar.gz"}, "can run here"},
		{"an archive that is not there", machine{env: []string{"SPARSEQ_IMDB=/no/a.tar.gz"}}, true, map[string]string{
			"reviews": "missing  SPARSEQ_IMDB names /no/a.tar.gz, which cannot be read"}, "mend first: reviews."},
		{"the sample", machine{env: []string{"SPARSEQ_IMDB=sample"}}, false, map[string]string{
			"reviews": "ok       the bundled sample"}, "can run here"},
		{"an archive that was downloaded", machine{files: map[string]string{"elsewhere/downloads/aclImdb_v1.tar.gz": ""},
			env: []string{"SPARSEQ_DATA=elsewhere"}}, false, map[string]string{
			"reviews": "ok       downloaded, elsewhere/downloads/aclImdb_v1.tar.gz"}, "can run here"},
		{"a folder without the word sets", machine{env: []string{"SPARSEQ_WORDEVAL=docker"}}, false, map[string]string{
			"word sets": "missing  SPARSEQ_WORDEVAL names docker, which holds no wordsim353-combined.tab"}, "can run here"},
		{"a full disk", machine{tools: map[string]string{"df": "echo head; echo /dev/sda1 1000000 0 2000000 90% /"}}, true, map[string]string{
			"disk": "missing  the disk is nearly full: 3000 MB are needed"}, "mend first: disk."},
		{"little memory", machine{tools: map[string]string{"memory": "900"}}, false, map[string]string{
			"memory": "missing  900 MB free: 2 GB or more"}, "can run here"},
		{"a container's limit", machine{files: map[string]string{"cgroup/memory.max": "1610612736\n"},
			env: []string{"SPARSEQ_CGROUP=cgroup"}}, false, map[string]string{
			"memory": "missing  1536 MB allowed in this container: 2 GB or more"}, "can run here"},
		{"no network before the set-up", machine{tools: map[string]string{"curl": "exit 6"}}, true, map[string]string{
			"network": "missing  no answer from pypi.org (make setup), proxy.golang.org (make setup), "}, "mend first: network."},
		{"no network but set up", machine{tools: map[string]string{"curl": "exit 6"}, files: setUp}, false, map[string]string{
			"network": "missing  no answer from pypi.org"}, "can run here"},
		{"one host is silent", machine{tools: map[string]string{"curl": "case $* in *stanford*) exit 6 ;; esac"}}, false, map[string]string{
			"network": "missing  no answer from ai.stanford.edu (the reviews)"}, "can run here"},
		{"mirrors and no curl", machine{tools: map[string]string{"curl": "",
			"python3": "case $1-$2 in -V-) echo Python 3.12.1 ;; -m-pip) echo https://me:secret@pypi.example/simple ;; esac"},
			env: []string{"GOPROXY=https://go.example|direct"}}, false, map[string]string{
			"network": "ok       pypi.example, go.example, "}, "can run here"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			lines, said, sick := doctor(t, test.machine)
			if sick != test.sick || len(lines) != 11 || strings.Count(said, "\n") != 12 {
				t.Errorf("unfit %v, want %v; %d checks in\n%s", sick, test.sick, len(lines), said)
			}
			for name, want := range test.wants {
				if !strings.HasPrefix(lines[name], want) {
					t.Errorf("%s: %q, want %q", name, lines[name], want)
				}
			}
			if !strings.Contains(said, test.last) {
				t.Errorf("it ends with %q, want %q", said[max(0, len(said)-60):], test.last)
			}
			if strings.Contains(said, "secret") {
				t.Errorf("it prints a password:\n%s", said)
			}
		})
	}
}

// TestDoctorChangesNothing sees that nothing is left in the checkout.
func TestDoctorChangesNothing(t *testing.T) {
	before := count(t, ".")
	if _, said, _ := doctor(t, machine{}); said == "" {
		t.Error("it says nothing")
	}
	root := filepath.Join(t.TempDir(), "lab")
	copyScripts(t, root)
	cmd := exec.Command("bash", filepath.Join(root, "docker", "doctor.sh"))
	cmd.Env = append(os.Environ(), "PATH="+commands(t, healthy))
	_ = cmd.Run()
	if after := count(t, filepath.Join(root, "docker")); after != before {
		t.Errorf("%d files in docker, %d before", after, before)
	}
	if entries, err := os.ReadDir(root); err != nil || len(entries) != 2 {
		t.Errorf("the checkout holds %v, %v; it held docker and go.mod", entries, err)
	}
}

// count counts the files below dir.
func count(t *testing.T, dir string) (n int) {
	t.Helper()
	if err := filepath.WalkDir(dir, func(string, os.DirEntry, error) error { n++; return nil }); err != nil {
		t.Fatal(err)
	}
	return n
}
