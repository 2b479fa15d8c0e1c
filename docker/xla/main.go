// Command xla installs XLA's CPU plugin by GoMLX's own installer, which
// fetches it from a GitHub release, into the folder that is its argument:
// for the systems whose plugin is not on the Python package index.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"github.com/gomlx/go-xla/installer"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: xla FOLDER")
		os.Exit(2)
	}
	if err := install(os.Args[1]); err != nil {
		fmt.Fprintf(os.Stderr, "XLA's CPU plugin: %v\n", err)
		os.Exit(1)
	}
}

// install leaves the plugin directly in dir; the installer has a folder of its own below.
func install(dir string) error {
	platform := fmt.Sprintf("%s_%s", runtime.GOOS, runtime.GOARCH)
	if !slices.Contains(installer.CPUSupportedPlatforms, platform) {
		return errors.New("GoMLX has none for " + platform)
	}
	if err := installer.AutoInstallPlugin("cpu", dir, false, installer.Quiet); err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(dir, "go-xla", "*"))
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := os.Rename(f, filepath.Join(dir, filepath.Base(f))); err != nil {
			return err
		}
	}
	return os.Remove(filepath.Join(dir, "go-xla"))
}
