package app_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "uchitelskaya/"

// mayImport is the architecture: which folders a folder may use besides
// itself. The domain and the protocol know nothing of screens, SQL or HTTP.
// Enter a new folder here in the commit that makes it.
var mayImport = map[string][]string{
	"assets":       {},
	"app":          {},
	"app/journal":  {},
	"app/desk":     {"app/journal", "sync/commit"},
	"app/print":    {"app/journal", "assets"},
	"app/exchange": {"app/journal", "sync/commit", "assets"},
	"app/archive":  {"app/journal", "sync/commit", "assets"},
	"app/demo":     {"app/journal", "app/desk", "sync/commit"},
	"app/diary":    {"app/journal", "assets"},
	// What desk answers is a commit, so screens name its type; they make none.
	"app/screens": {"app/journal", "app/desk", "app/print", "app/exchange", "sync/commit", "assets"},

	"storage":         {},
	"storage/migrate": {"app/journal"}, // its faults are shown to people
	"storage/local":   {"app/journal", "sync/commit", "sync/merge", "sync/tree", "sync/identity", "storage/migrate"},
	"storage/central": {"app/journal", "sync/commit", "sync/merge", "sync/tree", "sync/ledger", "storage/migrate"},

	"sync":          {},
	"sync/golden":   {},
	"sync/commit":   {"app/journal"},
	"sync/wire":     {"app/journal", "sync/commit", "sync/tree"},
	"sync/merge":    {"app/journal", "sync/commit"},
	"sync/tree":     {"app/journal", "sync/commit"},
	"sync/identity": {"app/journal"},
	"sync/ledger":   {"app/journal", "sync/commit", "sync/merge"},
	"sync/rebuild":  {"app/journal", "sync/commit", "sync/merge", "sync/tree", "sync/ledger"},
	"sync/parcel":   {"app/journal", "sync/wire"},
	"sync/client":   {"app/journal", "sync/commit", "sync/merge", "sync/tree", "sync/wire", "sync/parcel", "sync/identity"},
	"sync/server":   {"app/journal", "sync/commit", "sync/merge", "sync/tree", "sync/wire", "sync/parcel", "sync/identity", "sync/ledger", "sync/rebuild"},

	// The programs wire everything, but the desktop never holds the server's
	// store and the server never holds a window.
	"cmd/uchitelskaya": {
		"app/journal", "app/desk", "app/screens", "app/print", "app/exchange", "app/archive", "app/demo",
		"sync/commit", "sync/merge", "sync/client", "sync/identity", "storage/local", "assets",
	},
	"cmd/uchitelskaya-server": {
		"app/journal", "app/diary", "app/exchange", "sync/commit", "sync/merge", "sync/wire", "sync/parcel", "sync/identity", "sync/ledger", "sync/server", "storage/central",
		"sync/rebuild", "storage/local", // a dead server is made anew from the journals of the school's PCs
	},
	"cmd/dev": {},
}

// anything lists the folders that assemble others and so are not limited.
var anything = []string{"sync/simtest", "cmd/bench"}

// foreign limits what folders import besides ours: a folder named here uses
// only the standard library and the modules listed.
var foreign = map[string][]string{
	"app/journal": {"github.com/google/uuid"},
	"cmd/dev":     {}, // it must start on a bare Go toolchain
}

// TestLayers reads the sources itself rather than asking "go list", so that
// the test cache notices a new import.
func TestLayers(t *testing.T) {
	eachFile(t, func(path, from string, f *ast.File) {
		if slices.Contains(anything, from) {
			return
		}
		allowed, known := mayImport[from]
		if !known {
			t.Errorf("%s: folder %s is new; enter it in mayImport first", path, from)
			return
		}
		for _, imp := range imports(f) {
			ours, is := strings.CutPrefix(imp, module)
			if to := folder(ours); is && to != from && !slices.Contains(allowed, to) {
				t.Errorf("%s imports %s", path, imp)
			}
		}
	})
}

// TestForeign holds the folders that must stay free of other people's code.
func TestForeign(t *testing.T) {
	eachFile(t, func(path, from string, f *ast.File) {
		allowed, limited := foreign[from]
		if !limited {
			return
		}
		for _, imp := range imports(f) {
			first, _, _ := strings.Cut(imp, "/")
			if strings.Contains(first, ".") && !slices.Contains(allowed, imp) {
				t.Errorf("%s imports %s; %s may use the standard library and %q only", path, imp, from, allowed)
			}
		}
	})
}

// TestWindowless holds that the server links no Fyne, and that only the programs
// with a window import Fyne's driver, which needs OpenGL and a C compiler.
func TestWindowless(t *testing.T) {
	uses := map[string][]string{} // package folder → what its files import
	eachFile(t, func(path, _ string, f *ast.File) {
		dir := filepath.ToSlash(filepath.Dir(path))
		dir = strings.TrimPrefix(dir, "../")
		uses[dir] = append(uses[dir], imports(f)...)
		for _, imp := range imports(f) {
			if imp == "fyne.io/fyne/v2/app" && dir != "cmd/uchitelskaya" && folder(dir) != "cmd/bench" {
				t.Errorf("%s imports Fyne's driver; only the programs with a window may", path)
			}
		}
	})
	seen := map[string]bool{}
	var walk func(dir, from string)
	walk = func(dir, from string) {
		if seen[dir] {
			return
		}
		seen[dir] = true
		for _, imp := range uses[dir] {
			if strings.HasPrefix(imp, "fyne.io/") {
				t.Errorf("the server links %s: %s, imported by %s", imp, dir, from)
			}
			if ours, is := strings.CutPrefix(imp, module); is {
				walk(ours, dir)
			}
		}
	}
	walk("cmd/uchitelskaya-server", "")
}

// TestDoc holds that every package says what it is for.
func TestDoc(t *testing.T) {
	documented := map[string]bool{}
	eachFile(t, func(path, _ string, f *ast.File) {
		dir := filepath.Dir(path)
		documented[dir] = documented[dir] || f.Doc != nil
	})
	for dir, ok := range documented {
		if !ok {
			t.Errorf("%s: no package comment; say in doc.go what the package is for", dir)
		}
	}
}

// eachFile gives every Go file of the project that is no test, with the folder
// it belongs to; comments are included.
func eachFile(t *testing.T, visit func(path, folder string, f *ast.File)) {
	t.Helper()
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != ".." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
			return filepath.SkipDir
		}
		if filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly|parser.ParseComments)
		if err != nil {
			return err
		}
		visit(path, folder(strings.TrimPrefix(filepath.ToSlash(filepath.Dir(path)), "../")), f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func imports(f *ast.File) []string {
	var list []string
	for _, spec := range f.Imports {
		list = append(list, strings.Trim(spec.Path.Value, `"`))
	}
	return list
}

// folder keeps the first two elements of a slash-separated path.
func folder(path string) string {
	parts := strings.Split(path, "/")
	return strings.Join(parts[:min(2, len(parts))], "/")
}
