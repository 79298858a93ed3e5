package main

import (
	"context"
	"flag"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"
)

// lint checks the rules of the code. It needs nothing but Go and, for the first
// build of the tools, the network.
func lint(ctx context.Context, t tree, args []string) error {
	if err := parse(flag.NewFlagSet("lint", flag.ContinueOnError), args); err != nil {
		return err
	}
	forWindows := []string{pure, "GOOS=windows"}
	return runStages(ctx, []stage{
		{"gofumpt", func(ctx context.Context) error { return t.unlisted(ctx, gofumpt, "-l", ".") }},
		{"goimports", func(ctx context.Context) error {
			return t.unlisted(ctx, goimports, "-l", "-local", "uchitelskaya", ".")
		}},
		{"go vet", func(ctx context.Context) error {
			return t.run(ctx, []string{pure}, "go", "vet", "-tags", headless, "./...")
		}},
		{"golangci-lint", func(ctx context.Context) error {
			return t.run(ctx, []string{pure}, "go", "run", golangci, "run", "--timeout=30m")
		}},
		{"compile for Windows", func(ctx context.Context) error {
			return t.run(ctx, forWindows, "go", "build", "-tags", headless, "./...")
		}},
		{"go vet for Windows", func(ctx context.Context) error {
			return t.run(ctx, forWindows, "go", "vet", "-tags", headless, "./...")
		}},
		{"govulncheck", t.vulnerabilities},
	})
}

// unlisted runs a tool that lists the files it would change; there must be none.
func (t tree) unlisted(ctx context.Context, tool string, args ...string) error {
	say("$ %s", line([]string{pure}, "go", append([]string{"run", tool}, args...)))
	list, err := t.output(ctx, []string{pure}, "go", append([]string{"run", tool}, args...)...)
	if err != nil {
		return err
	}
	if list != "" {
		fmt.Println(list)
		name, _, _ := strings.Cut(tool, "@")
		return fmt.Errorf("%s would change these files", name)
	}
	return nil
}

// vulnerabilities looks for known holes in what we call. The list of them is on
// the network: where that is out of reach, nothing is known and we say so.
func (t tree) vulnerabilities(ctx context.Context) error {
	db := os.Getenv("GOVULNDB")
	if db == "" {
		db = "https://vuln.go.dev"
	}
	if err := reachable(ctx, db+"/index/db.json"); err != nil {
		return notChecked(fmt.Sprintf("the vulnerability database cannot be reached (%v)", err))
	}
	return t.run(ctx, []string{pure}, "go", "run", govulncheck, "-tags", headless, "./...")
}

func reachable(ctx context.Context, url string) error {
	if !strings.HasPrefix(url, "http") {
		return nil // a file:// database: govulncheck reads it itself
	}
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answered %s", url, resp.Status)
	}
	return nil
}
