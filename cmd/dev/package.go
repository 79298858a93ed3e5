package main

import (
	"context"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

// pack makes the archives that a school installs, in dist/: for Linux both
// programs with menu entry and icon, for Windows the same two programs where
// the cross compiler is present.
func pack(ctx context.Context, t tree, args []string) error {
	flags := flag.NewFlagSet("package", flag.ContinueOnError)
	if err := parse(flags, args); err != nil {
		return err
	}
	if runtime.GOOS != "linux" {
		return errors.New("packages are made on Linux")
	}
	dist := t.path("dist")
	if err := os.RemoveAll(dist); err != nil { // our own folder, made by this command
		return err
	}
	if err := os.MkdirAll(dist, 0o755); err != nil {
		return err
	}
	r := release{tree: t, dist: dist, version: t.version(ctx)}
	return runStages(ctx, []stage{
		{"install what packaging needs", func(ctx context.Context) error { return t.provide(ctx, false, "gl", "package") }},
		{"Linux", r.linux},
		{"oldest glibc", r.oldestGlibc},
		{"Windows", r.windows},
		{"checksums", r.checksums},
	})
}

// A release is one run of package.
type release struct {
	tree
	dist    string // absolute
	version string
}

// archive names the archive of one system, without ending.
func (r release) archive(system string) string {
	return filepath.Join(r.dist, "uchitelskaya-"+r.version+"-"+system+"-"+runtime.GOARCH)
}

// build compiles one of our programs into a folder, without symbols and without
// the paths of this machine.
func (r release) build(ctx context.Context, env []string, out, name, tags, flags string) error {
	return r.run(ctx, env, "go", "build", "-buildvcs=false", "-trimpath", "-tags", tags,
		"-ldflags", "-s -w -X main.version="+r.version+flags, "-o", out, "./cmd/"+name)
}

// linux lets fyne add menu entry, icon and Makefile to the desktop program, puts
// the server beside it and packs both again.
func (r release) linux(ctx context.Context) error {
	if err := r.build(ctx, []string{"CGO_ENABLED=1"}, r.linuxDesktop(), "uchitelskaya", realWindow(), ""); err != nil {
		return err
	}
	// fyne looks for FyneApp.toml beside main.go; ours is at the root, where people look.
	meta := r.path("cmd/uchitelskaya/FyneApp.toml")
	if err := copyFile(r.path("FyneApp.toml"), meta); err != nil {
		return err
	}
	defer os.Remove(meta)
	if err := r.run(ctx, []string{pure}, "go", "-C", r.dist, "run", fyne, "package", "--target", "linux",
		"--executable", r.linuxDesktop(), "--src", r.path("cmd/uchitelskaya"),
		"--icon", r.path("assets/icons/app.png")); err != nil {
		return err
	}
	made := filepath.Join(r.dist, "Учительская.tar.xz") // after the name in FyneApp.toml
	if err := r.run(ctx, nil, "tar", "-C", r.dist, "-xJf", made); err != nil {
		return err
	}
	if err := os.Remove(made); err != nil {
		return err
	}
	folder := filepath.Join(r.dist, "uchitelskaya") // so fyne calls it, after the program
	server := filepath.Join(folder, "usr/local/bin/uchitelskaya-server")
	if err := r.build(ctx, []string{pure}, server, "uchitelskaya-server", "", ""); err != nil {
		return err
	}
	for _, name := range []string{"README.md", "LICENSE"} {
		if err := copyFile(r.path(name), filepath.Join(folder, name)); err != nil {
			return err
		}
	}
	// Names sorted, no owner, the time of the commit: the same sources give the
	// same archive.
	if err := r.run(ctx, nil, "tar", "-C", r.dist, "--sort=name", "--owner=0", "--group=0", "--numeric-owner",
		"--mtime=@"+r.epoch(ctx), "-cJf", r.archive("linux")+".tar.xz", "uchitelskaya"); err != nil {
		return err
	}
	return os.RemoveAll(folder)
}

func (r release) linuxDesktop() string { return filepath.Join(r.dist, "linux", "uchitelskaya") }

// epoch is the time of the last commit in seconds; 0 without git.
func (r release) epoch(ctx context.Context) string {
	at, err := r.output(ctx, nil, "git", "log", "-1", "--format=%ct")
	if err != nil || at == "" {
		return "0"
	}
	return at
}

// windows cross-compiles where mingw is present. The server needs no C compiler,
// so it is made in any case.
func (r release) windows(ctx context.Context) error {
	folder := filepath.Join(r.dist, "windows")
	if err := r.build(ctx, []string{pure, "GOOS=windows"}, filepath.Join(folder, "uchitelskaya-server.exe"),
		"uchitelskaya-server", "", ""); err != nil {
		return err
	}
	const mingw = "x86_64-w64-mingw32-gcc"
	if _, err := exec.LookPath(mingw); err != nil {
		if err := zipFolder(folder, r.archive("windows-server")+".zip"); err != nil {
			return err
		}
		return notChecked("the desktop program for Windows needs " + mingw + " (gcc-mingw-w64-x86-64); made the server only")
	}
	if err := r.build(ctx, []string{"CGO_ENABLED=1", "GOOS=windows", "GOARCH=amd64", "CC=" + mingw},
		filepath.Join(folder, "uchitelskaya.exe"), "uchitelskaya", "migrated_fynedo", " -H windowsgui"); err != nil {
		return err
	}
	for _, name := range []string{"README.md", "LICENSE"} {
		if err := copyFile(r.path(name), filepath.Join(folder, name)); err != nil {
			return err
		}
	}
	if err := zipFolder(folder, r.archive("windows")+".zip"); err != nil {
		return err
	}
	say("made %s.zip", r.archive("windows"))
	return nil
}
