package snapstand

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// Version is the one of Snapstand that this module was made for.
const Version = "0.1.0"

const defaultImage = "snapstand:" + Version

// How a server is started: a program of this machine, or a container.
type program struct {
	// What it is, in words.
	source  string
	command []string
	// The image, where it is a container.
	image string
}

// The first that is there: what was named, the npm package, a checkout, the image.
func find(ctx context.Context, options StartOptions) (program, error) {
	if options.Checkout != "" {
		return checkoutAt(options.Checkout, "StartOptions.Checkout")
	}
	folder, err := os.Getwd()
	if err != nil {
		return program{}, fmt.Errorf("snapstand: the folder of this process is not to be had: %w", err)
	}
	if file := packageAbove(folder); file != "" {
		return program{source: "the npm package (" + file + ")", command: []string{file}}, nil
	}
	if file, err := exec.LookPath("snapstand"); err == nil {
		return program{source: "the program on the PATH (" + file + ")", command: []string{file}}, nil
	}
	if checkout := os.Getenv("SNAPSTAND_CHECKOUT"); checkout != "" {
		return checkoutAt(checkout, "SNAPSTAND_CHECKOUT")
	}
	image := firstOf(options.Image, os.Getenv("SNAPSTAND_IMAGE"), defaultImage)
	lacking := imageLacks(ctx, image)
	if lacking == "" {
		return program{source: "the image " + image, command: []string{"docker"}, image: image}, nil
	}
	return program{}, fmt.Errorf(`snapstand: there is no server to start. Looked for
- the npm package: no node_modules/.bin/snapstand in %s or above it, no snapstand on the PATH
- a checkout: the variable SNAPSTAND_CHECKOUT is not set
- the image %s: %s
Have one of them, or name a running server in SNAPSTAND_URL`, folder, image, lacking)
}

func checkoutAt(folder, named string) (program, error) {
	script := filepath.Join(folder, "dist", "cli.js")
	if _, err := os.Stat(script); err != nil {
		return program{}, fmt.Errorf("snapstand: %s names %s, where there is no dist/cli.js: run npm ci && npm run build there",
			named, folder)
	}
	// A checkout has a Node that is new enough among its development packages.
	node := filepath.Join(folder, "node_modules", ".bin", executable("node", ".exe"))
	if _, err := os.Stat(node); err != nil {
		node = "node"
	}
	return program{source: "the checkout " + folder, command: []string{node, script}}, nil
}

// The npm package that is installed in a folder or above it, as npm finds it.
func packageAbove(folder string) string {
	for {
		file := filepath.Join(folder, "node_modules", ".bin", executable("snapstand", ".cmd"))
		if _, err := os.Stat(file); err == nil {
			return file
		}
		above := filepath.Dir(folder)
		if above == folder {
			return ""
		}
		folder = above
	}
}

func executable(name, ending string) string {
	if runtime.GOOS == "windows" {
		return name + ending
	}
	return name
}

// Why the image cannot be started; nothing: it can.
func imageLacks(ctx context.Context, image string) string {
	if _, err := exec.LookPath("docker"); err != nil {
		return "docker is not installed"
	}
	if said, err := exec.CommandContext(ctx, "docker", "image", "inspect", "--format", "{{.Id}}", image).CombinedOutput(); err != nil {
		return "docker has it not: " + strings.Join(strings.Fields(string(said)), " ")
	}
	return ""
}

func firstOf(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}
