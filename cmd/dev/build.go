package main

import (
	"context"
	"runtime"
)

// headless is the tag of Fyne under which the whole desktop program compiles
// without a C compiler and without OpenGL. It opens no real window: for tests
// and checks only.
const headless = "ci"

// realWindow returns the tags of the desktop program as a school gets it. On
// Linux it speaks X11 only, which runs on every desktop of the schools; without
// migrated_fynedo Fyne would guard every call with a slow shim.
func realWindow() string {
	if runtime.GOOS == "linux" {
		return "x11,migrated_fynedo"
	}
	return "migrated_fynedo"
}

// buildServer builds the school server. No C compiler: the result is one file
// that runs on any Linux.
func (t tree) buildServer(ctx context.Context) error {
	return t.run(ctx, []string{pure}, "go", "build", "-buildvcs=false", "-ldflags", "-X main.version="+t.version(ctx),
		"-o", t.program("uchitelskaya-server"), "./cmd/uchitelskaya-server")
}

// buildDesktop builds the desktop program with its real window.
func (t tree) buildDesktop(ctx context.Context) error {
	if !exists(t.program("uchitelskaya")) {
		say("the first build of the window takes minutes (one C package of OpenGL); later ones seconds")
	}
	return t.run(ctx, []string{"CGO_ENABLED=1"}, "go", "build", "-buildvcs=false", "-tags", realWindow(),
		"-ldflags", "-X main.version="+t.version(ctx), "-o", t.program("uchitelskaya"), "./cmd/uchitelskaya")
}

// version names what is built: the last tag, the commit after it, "dirty" when
// files were changed. Without git it is "dev".
func (t tree) version(ctx context.Context) string {
	v, err := t.output(ctx, nil, "git", "describe", "--tags", "--always", "--dirty")
	if err != nil || v == "" {
		return "dev"
	}
	return v
}
