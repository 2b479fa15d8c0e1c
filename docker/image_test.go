package docker_test

import (
	"go/version"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestImageRefuses runs what builds and starts the image where it cannot: one line says why.
func TestImageRefuses(t *testing.T) {
	tests := []struct {
		name    string
		command []string
		tool    string // a stand-in that fails whatever it is asked
		want    string
	}{
		{"neither docker nor buildah", []string{"image.sh"}, "",
			"image: a docker engine that runs, or buildah, is needed and buildah was not found; on Debian or Ubuntu: sudo apt-get install buildah"},
		{"a word too many", []string{"image.sh", "bild"}, "buildah",
			`image: "bild" is neither build nor try`},
		{"an image that is not there", []string{"image.sh", "try"}, "buildah",
			"image: there is no image sparseq: run docker/image.sh build"},
		{"a volume that cannot be written", []string{"image/start.sh"}, "",
			"/volume; mount a volume there, or give the mounted folder to that user: chown -R " + id(t) + " FOLDER"},
		{"no JupyterLab", []string{"image/address.sh"}, "",
			"JupyterLab does not run here (yet): try again in a few seconds"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			root, bin := imageRoot(t)
			if test.tool != "" {
				script(t, filepath.Join(bin, test.tool), "exit 1")
			}
			out, err := inImage(root, bin, filepath.Join(root, "volume"), test.command...)
			said := strings.TrimSpace(out)
			if err == nil || !strings.Contains(said, test.want) || strings.Contains(said, "\n") {
				t.Errorf("it said %q (%v), want a failure with the line %q", said, err, test.want)
			}
		})
	}
}

// TestImageStart starts JupyterLab's stand-in: it is told where to listen, and no token is made empty.
func TestImageStart(t *testing.T) {
	root, bin := imageRoot(t)
	script(t, filepath.Join(bin, "jupyter-lab"), `echo "token ${JUPYTER_TOKEN-generated}"; printf '%s\n' "$@"`)
	script(t, filepath.Join(bin, "hostname"), "echo c0ffee")
	t.Setenv("JUPYTER_TOKEN", "")
	out, err := inImage(root, bin, t.TempDir(), "image/start.sh", "--more")
	for _, want := range []string{"token generated\n", "--ServerApp.ip=0.0.0.0\n", "--ServerApp.root_dir=" + root + "\n",
		"docker exec c0ffee address\n", "\n--more\n"} {
		if err != nil || !strings.Contains(out, want) {
			t.Errorf("it said %q (%v), want %q in it", out, err, want)
		}
	}
}

// TestImageAddress takes the token from the newest server's file.
func TestImageAddress(t *testing.T) {
	root, bin := imageRoot(t)
	runtime := filepath.Join(root, ".venv", "var", "jupyter", "runtime")
	if err := os.MkdirAll(runtime, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(runtime, "jpserver-7.json"), []byte(`{"token": "secret"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := inImage(root, bin, "", "image/address.sh", "9999")
	if want := "http://localhost:9999/lab/tree/notebooks?token=secret\n"; err != nil || out != want {
		t.Errorf("it said %q (%v), want %q", out, err, want)
	}
}

// TestImageBases: every base is pinned by its digest, and its Go builds this module.
func TestImageBases(t *testing.T) {
	mod, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	least := regexp.MustCompile(`(?m)^go (\S+)`).FindSubmatch(mod)
	text, err := os.ReadFile("Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	bases := regexp.MustCompile(`(?m)^ARG \w+=(\S+/\S+)$`).FindAllSubmatch(text, -1)
	if len(bases) != 2 {
		t.Errorf("the Dockerfile names %d bases, want Debian and Go", len(bases))
	}
	for _, base := range bases {
		if !regexp.MustCompile(`@sha256:[0-9a-f]{64}$`).Match(base[1]) {
			t.Errorf("%s has no digest", base[1])
		}
		golang := regexp.MustCompile(`golang:([\d.]+)-`).FindSubmatch(base[1])
		if golang != nil && version.Compare("go"+string(golang[1]), "go"+string(least[1])) < 0 {
			t.Errorf("Go %s is older than go.mod's %s", golang[1], least[1])
		}
	}
}

// imageRoot makes a checkout of the scripts, and a folder of the system's commands without docker and buildah.
func imageRoot(t *testing.T) (root, bin string) {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	copyScripts(t, root)
	for _, folder := range []string{"notebooks", ".venv/var", ".venv/bin"} {
		if err := os.MkdirAll(filepath.Join(root, folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	bin = commands(t, nil)
	for name, as := range map[string]string{"python3": "python", "id": "id", "readlink": "readlink", "mv": "mv"} {
		path, err := exec.LookPath(name)
		if err != nil {
			t.Fatal(err)
		}
		script(t, filepath.Join(bin, as), "PATH='"+os.Getenv("PATH")+"' exec "+path+` "$@"`)
	}
	return root, bin
}

// script writes a command.
func script(t *testing.T, path, body string) {
	t.Helper()
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+body+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
}

// inImage runs a script of the checkout root with the commands of bin only.
func inImage(root, bin, data string, command ...string) (string, error) {
	args := append([]string{filepath.Join(root, "docker", command[0])}, command[1:]...)
	cmd := exec.Command(filepath.Join(bin, "bash"), args...)
	cmd.Env = []string{"PATH=" + bin, "HOME=" + root, "SPARSEQ_DATA=" + data}
	if token, set := os.LookupEnv("JUPYTER_TOKEN"); set {
		cmd.Env = append(cmd.Env, "JUPYTER_TOKEN="+token)
	}
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// id is the number of the user that runs the tests.
func id(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("id", "-u").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}
