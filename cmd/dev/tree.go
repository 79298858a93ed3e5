package main

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// A tree is the checked-out project. Every path that dev uses is below it.
type tree struct {
	root string // absolute
}

// findTree looks for the project from the working directory upwards.
func findTree() (tree, error) {
	dir, err := os.Getwd()
	if err != nil {
		return tree{}, err
	}
	for {
		mod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil && strings.HasPrefix(string(mod), "module uchitelskaya\n") {
			return tree{root: dir}, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return tree{}, errors.New("run dev inside the project: no go.mod of uchitelskaya here or above")
		}
		dir = parent
	}
}

// path joins slash-separated elements to the root.
func (t tree) path(elem string) string {
	return filepath.Join(t.root, filepath.FromSlash(elem))
}

// program is where build puts a program of ours.
func (t tree) program(name string) string {
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	return t.path("bin/" + name)
}

// exists tells whether a path is there.
func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
