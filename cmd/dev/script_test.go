package main

import (
	"os"
	"os/exec"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"dev": func() { os.Exit(start(os.Args[1:])) }})
}

// TestScript runs the scripts of testdata/script. Each one has a tree of its
// own and, where it installs, package managers that only write down their call.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			dev, err := exec.LookPath("dev") // found even where a script empties PATH
			env.Setenv("DEV", dev)
			return err
		},
	})
}
