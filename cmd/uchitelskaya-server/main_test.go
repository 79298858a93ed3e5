package main

import (
	"fmt"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// asServer makes the test binary be the server, so that tests can start and
// kill real processes.
const asServer = "UCHITELSKAYA_TEST_AS_SERVER"

func TestMain(m *testing.M) {
	if os.Getenv(asServer) != "" {
		os.Exit(start(os.Args[1:]))
	}
	if text := os.Getenv(asTypist); text != "" {
		if err := typing(text); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	testscript.Main(m, map[string]func(){"uchitelskaya-server": func() { os.Exit(start(os.Args[1:])) }})
}
