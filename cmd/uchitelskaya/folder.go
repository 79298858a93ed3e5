package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"time"

	"gopkg.in/natefinch/lumberjack.v2"

	"uchitelskaya/app/journal/fault"
)

// dataFolder is the machine's folder of the journal, not the OS user's: several
// people use one PC, with one account or with several.
func dataFolder() string {
	if dir := os.Getenv("UCHITELSKAYA_DATA"); dir != "" {
		return dir
	}
	if runtime.GOOS == "windows" {
		return filepath.Join(os.Getenv("ProgramData"), "Uchitelskaya")
	}
	return "/var/lib/uchitelskaya"
}

// trace sends the log of this process, and what a crash leaves, to a folder.
func trace(dir string, now time.Time) (stop func(), err error) {
	log := logTo(dir)
	crash, err := crashFile(dir, now)
	if err != nil {
		return nil, errors.Join(err, log.Close())
	}
	return func() { _, _ = crash.Close(), log.Close() }, nil // the process ends
}

// logTo sends the log to a rotating file in the folder. What is logged has
// codes and ids, never names of pupils.
func logTo(dir string) io.Closer {
	w := &lumberjack.Logger{Filename: filepath.Join(dir, "log", "uchitelskaya.log"), MaxSize: 2, MaxBackups: 5}
	slog.SetDefault(slog.New(slog.NewTextHandler(w, nil)))
	return w
}

// crashFile makes the runtime write a fatal crash of any goroutine into the
// folder. A file left by the last run is kept under its date.
func crashFile(dir string, now time.Time) (io.Closer, error) {
	path := filepath.Join(dir, "crash.txt")
	if info, err := os.Stat(path); err == nil && info.Size() > 0 {
		slog.Error("the last run crashed", "when", info.ModTime())
		if err := os.Rename(path, filepath.Join(dir, "crash-"+now.Format("20060102-150405")+".txt")); err != nil {
			return nil, fmt.Errorf("keep crash file: %w", err)
		}
	}
	f, err := os.Create(path)
	if err != nil {
		return nil, fault.Wrap(fault.ReadOnly, "В папку журнала нельзя писать. Попросите администратора разрешить запись в "+dir+".", err)
	}
	if err := debug.SetCrashOutput(f, debug.CrashOptions{}); err != nil {
		f.Close()
		return nil, fmt.Errorf("set crash output: %w", err)
	}
	return f, nil
}

// version is set by -ldflags "-X main.version=v1.2.3".
var version = "разработка"
