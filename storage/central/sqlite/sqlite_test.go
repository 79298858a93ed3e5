package sqlite_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/central"
	"uchitelskaya/storage/central/centraltest"
	"uchitelskaya/storage/central/sqlite"
	"uchitelskaya/sync/ledger"
)

func TestConformance(t *testing.T) {
	centraltest.Run(t, func(t *testing.T) func() central.Store {
		dir := t.TempDir()
		return func() central.Store { return open(t, dir) }
	})
}

func open(t *testing.T, dir string) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func TestAnyFolderName(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "Школа № 1 100% ? #", "данные")
	open(t, dir)
	if _, err := os.Stat(sqlite.Path(dir)); err != nil {
		t.Error(err)
	}
}

func TestBackup(t *testing.T) {
	dir, to := t.TempDir(), filepath.Join(t.TempDir(), sqlite.FileName)
	s := open(t, dir)
	f := ledger.Founding{School: journal.NewID[journal.School](), Key: []byte("key"), TLSKey: []byte("k"), TLSCert: []byte("c")}
	if err := s.Found(t.Context(), f); err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(t.Context(), to); err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(t.Context(), to); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("over an old copy: %v", err)
	}
	list, err := open(t, filepath.Dir(to)).Foundings(t.Context())
	if err != nil || len(list) != 1 || list[0].School != f.School {
		t.Errorf("the copy holds %+v, %v", list, err)
	}
}

func TestOpenRefuses(t *testing.T) {
	for name, tt := range map[string]struct {
		prepare func(t *testing.T, path string)
		want    fault.Code
	}{
		"a file that is no database": {func(t *testing.T, path string) { write(t, path, bytes.Repeat([]byte("мусор"), 1000)) }, fault.Damaged},
		"a folder in place of the file": {func(t *testing.T, path string) {
			if err := os.MkdirAll(path, 0o700); err != nil {
				t.Fatal(err)
			}
		}, fault.ReadOnly},
		"a database whose pages were overwritten": {func(t *testing.T, path string) {
			s := open(t, filepath.Dir(path))
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for i := 100; i < len(raw); i++ {
				raw[i] = 0x55
			}
			write(t, path, raw)
		}, fault.Damaged},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			tt.prepare(t, sqlite.Path(dir))
			s, err := sqlite.Open(t.Context(), dir)
			if fault.CodeOf(err) != tt.want {
				t.Errorf("Open = %v, %v, want code %s", s, err, tt.want)
			}
		})
	}
}

func write(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}
