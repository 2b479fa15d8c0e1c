// Package engine opens the backend that computes: XLA on a GPU, else XLA on the CPU,
// else GoMLX's own, written in Go. It says in one line which it opened, and why.
//
// No other package imports a backend, so a program that does not train starts faster.
package engine

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"

	"github.com/go-logr/logr"
	"github.com/gomlx/compute"
	"github.com/gomlx/compute/gobackend"
	"github.com/gomlx/go-xla/compute/xla"
	"k8s.io/klog/v2"
)

// Engine is an open backend.
type Engine struct {
	// Backend is what GoMLX computes on.
	Backend compute.Backend
	// Note says in one line what the backend is and why it was chosen,
	// as "XLA on the CPU, 2 cores (no GPU plugin is installed)".
	Note string
}

// String returns the Note.
func (e *Engine) String() string { return e.Note }

// Open opens the backend once for the process; later calls return the same one.
//
// Left to itself it takes the first that works of XLA on a GPU, XLA on the CPU and pure Go.
// GOMLX_BACKEND decides instead where it is set ("xla", "xla:cpu", "xla:cuda",
// "xla:/path/of/a/plugin.so", "go"): then there is no fallback, and what fails is an error
// of one line. XLA's plugins are looked for in PJRT_PLUGIN_LIBRARY_PATH, in the
// repository's .venv/lib/pjrt and where GoMLX installs them; none is ever downloaded here.
func Open() (*Engine, error) { return openOnce() }

var openOnce = sync.OnceValues(func() (*Engine, error) {
	return open(os.Getenv(compute.ConfigEnvVar))
})

// What go-xla would write to standard error repeats, at length, the errors that it returns.
func init() {
	klog.SetLogger(logr.Discard())
	xla.EnableAutoInstall(false)
	runProbe()
}

// open opens what setting names, or the best there is where it is empty.
func open(setting string) (*Engine, error) {
	setting = strings.TrimSpace(setting)
	if setting == "" {
		return openBest()
	}
	name, config, _ := strings.Cut(setting, ":")
	switch strings.ToLower(name) {
	case "go":
		b, err := gobackend.New(config)
		if err != nil {
			return nil, settingError(setting, oneLine(err))
		}
		return &Engine{b, onGo("as GOMLX_BACKEND asks")}, nil
	case xla.BackendName, "stablehlo", "shlo", "hlo":
		return openAsked(setting, config)
	}
	return nil, settingError(setting, "there is no such backend")
}

// openAsked opens the XLA plugin that config names: "", "cpu", "cuda" or a path, then options.
func openAsked(setting, config string) (*Engine, error) {
	plugin, options, _ := strings.Cut(config, ",")
	var found []candidate
	if strings.ContainsAny(plugin, `/\`) {
		found = []candidate{{path: plugin, gpu: isGPU(plugin)}}
	} else {
		for _, c := range candidates() {
			if plugin == "" && (!c.gpu || hasGPU()) || c.is(plugin) {
				found = append(found, c)
			}
		}
	}
	if len(found) == 0 {
		return nil, settingError(setting, "no such XLA plugin is installed")
	}
	var failed error
	for _, c := range found {
		b, err := c.open(options)
		if err == nil {
			return &Engine{b, onXLA(c, "as GOMLX_BACKEND asks")}, nil
		}
		if failed == nil {
			failed = err
		}
	}
	return nil, settingError(setting, oneLine(failed))
}

// openBest tries GPU plugins, then those for the CPU, then Go, and says why the best is no
// better.
func openBest() (*Engine, error) {
	gpuWhy, cpuWhy := "no GPU plugin is installed", "no XLA plugin is installed; make setup installs one"
	gpu := hasGPU()
	for _, c := range candidates() {
		if c.gpu && !gpu {
			gpuWhy = "a GPU plugin is installed, but there is no GPU"
			continue
		}
		b, err := c.open("")
		switch {
		case err == nil && c.gpu:
			return &Engine{b, onXLA(c, "the fastest here")}, nil
		case err == nil:
			return &Engine{b, onXLA(c, gpuWhy)}, nil
		case c.gpu:
			gpuWhy = "the GPU's XLA plugin is unusable: " + oneLine(err)
		default:
			cpuWhy = "the CPU's XLA plugin is unusable: " + oneLine(err)
		}
	}
	b, err := gobackend.New("")
	if err != nil {
		return nil, fmt.Errorf("no backend opens: %s; and the Go backend: %s", cpuWhy, oneLine(err))
	}
	return &Engine{b, onGo(cpuWhy)}, nil
}

func onXLA(c candidate, why string) string {
	if c.gpu {
		return fmt.Sprintf("XLA on the GPU (%s)", why)
	}
	return fmt.Sprintf("XLA on the CPU, %s (%s)", cores(), why)
}

func onGo(why string) string {
	return fmt.Sprintf("pure Go on the CPU, %s, much slower than XLA (%s)", cores(), why)
}

func cores() string {
	if n := runtime.GOMAXPROCS(0); n != 1 {
		return fmt.Sprint(n, " cores")
	}
	return "1 core"
}

func settingError(setting, why string) error {
	return fmt.Errorf("%s=%q: %s; use xla, xla:cpu, xla:cuda, xla:/path/of/plugin.so or go, or unset it",
		compute.ConfigEnvVar, setting, why)
}
