package main

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// fsyncs is how often SQLite has called fsync or fdatasync in this process,
// for the databases opened after countFsyncs.
var fsyncs atomic.Int64

// countFsyncs puts a file system of ours before SQLite's own, because the driver
// tells of no sync. It is a copy of SQLite's that does everything as it does; only
// the files that it opens count before they sync. Unix syncs a folder, too, when
// a write-ahead log has just been made in it: it opens folders for nothing else.
var countFsyncs = sync.OnceValue(func() error {
	tls := libc.NewTLS()
	defer tls.Close()
	own := sqlite3.Xsqlite3_vfs_find(tls, 0)
	if own == 0 {
		return errors.New("count syncs: SQLite has no file system")
	}
	vfs := at[sqlite3.Tsqlite3_vfs](own)
	ours, err := reserve[sqlite3.Tsqlite3_vfs](tls)
	if err != nil {
		return err
	}
	*ours = *vfs
	if ours.FzName, err = libc.CString("counting"); err != nil {
		return fmt.Errorf("count syncs: %w", err)
	}
	counting.open = call[openFile](vfs.FxOpen)
	ours.FxOpen = pointer[openFile](openCounting)
	name, err := libc.CString("openDirectory")
	if err != nil {
		return fmt.Errorf("count syncs: %w", err)
	}
	if folder := call[getSystemCall](vfs.FxGetSystemCall)(tls, own, name); folder != 0 { // Windows has none
		counting.folder = call[openFolder](folder)
		call[setSystemCall](vfs.FxSetSystemCall)(tls, own, name, pointer[openFolder](openFolderCounting))
	}
	if rc := sqlite3.Xsqlite3_vfs_register(tls, uintptr(unsafe.Pointer(ours)), 1); rc != sqlite3.SQLITE_OK {
		return fmt.Errorf("count syncs: SQLite says %d", rc)
	}
	return nil
})

// The functions of SQLite that are called or replaced here, as C sees them.
type (
	openFile      = func(tls *libc.TLS, vfs, name, file uintptr, flags int32, out uintptr) int32
	syncFile      = func(tls *libc.TLS, file uintptr, flags int32) int32
	openFolder    = func(tls *libc.TLS, path, out uintptr) int32
	getSystemCall = func(tls *libc.TLS, vfs, name uintptr) uintptr
	setSystemCall = func(tls *libc.TLS, vfs, name, call uintptr) int32
)

// counting is what stands behind the functions of ours.
var counting struct {
	open   openFile
	folder openFolder

	mu     sync.Mutex
	tables map[uintptr]uintptr // a file's table of functions → ours in its place
}

// A countingTable is a file's table of functions with the sync that was in it.
type countingTable struct {
	sqlite3.Tsqlite3_io_methods // at the beginning, where SQLite looks for it
	sync                        uintptr
}

// openCounting opens a file and gives it a table that counts.
func openCounting(tls *libc.TLS, vfs, name, file uintptr, flags int32, out uintptr) int32 {
	rc := counting.open(tls, vfs, name, file, flags, out)
	methods := &at[sqlite3.Tsqlite3_file](file).FpMethods
	if rc != sqlite3.SQLITE_OK || *methods == 0 {
		return rc
	}
	counting.mu.Lock()
	defer counting.mu.Unlock()
	ours, known := counting.tables[*methods]
	if !known {
		own := at[sqlite3.Tsqlite3_io_methods](*methods)
		table, err := reserve[countingTable](tls)
		if err != nil { // a file that does not count would make the number a lie
			call[func(*libc.TLS, uintptr) int32](own.FxClose)(tls, file)
			*methods = 0
			return sqlite3.SQLITE_NOMEM
		}
		*table = countingTable{*own, own.FxSync}
		table.FxSync = pointer[syncFile](syncCounting)
		if counting.tables == nil {
			counting.tables = map[uintptr]uintptr{}
		}
		ours = uintptr(unsafe.Pointer(table))
		counting.tables[*methods] = ours
	}
	*methods = ours
	return rc
}

func syncCounting(tls *libc.TLS, file uintptr, flags int32) int32 {
	fsyncs.Add(1)
	table := at[countingTable](at[sqlite3.Tsqlite3_file](file).FpMethods)
	return call[syncFile](table.sync)(tls, file, flags)
}

func openFolderCounting(tls *libc.TLS, path, out uintptr) int32 {
	rc := counting.folder(tls, path, out)
	if rc == sqlite3.SQLITE_OK {
		fsyncs.Add(1)
	}
	return rc
}

// reserve gives memory of C's, which Go never moves nor takes back.
func reserve[T any](tls *libc.TLS) (*T, error) {
	var t T
	p := libc.Xcalloc(tls, 1, libc.Tsize_t(unsafe.Sizeof(t)))
	if p == 0 {
		return nil, errors.New("count syncs: no memory")
	}
	return at[T](p), nil
}

// at is what lies at an address of C's.
func at[T any](p uintptr) *T { return *(**T)(unsafe.Pointer(&p)) }

// call makes an address that C calls callable here, and pointer the other way
// round: of a function that is not a closure, which nobody takes back.
func call[F any](p uintptr) F    { return *(*F)(unsafe.Pointer(&p)) }
func pointer[F any](f F) uintptr { return *(*uintptr)(unsafe.Pointer(&f)) }
