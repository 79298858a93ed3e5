package main

import (
	"context"
	"fmt"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"

	"fyne.io/fyne/v2"
)

// A robot presses keys in the window as a person does, and takes pictures. Its
// methods are called from outside the window's thread.
type robot struct {
	ctx    context.Context
	win    fyne.Window
	folder string
	shots  int
}

// key presses keys one after another; the object with the focus gets them, or
// the window.
func (r *robot) key(names ...fyne.KeyName) {
	for _, name := range names {
		fyne.DoAndWait(func() {
			e := &fyne.KeyEvent{Name: name}
			if f := r.win.Canvas().Focused(); f != nil {
				f.TypedKey(e)
			} else if on := r.win.Canvas().OnTypedKey(); on != nil {
				on(e)
			}
		})
		r.rest()
	}
}

// write types a text.
func (r *robot) write(text string) {
	for _, c := range text {
		fyne.DoAndWait(func() {
			if f := r.win.Canvas().Focused(); f != nil {
				f.TypedRune(c)
			} else if on := r.win.Canvas().OnTypedRune(); on != nil {
				on(c)
			}
		})
	}
	r.rest()
}

// rest gives the window time to draw what changed.
func (r *robot) rest() { r.sleep(30 * time.Millisecond) }

func (r *robot) sleep(d time.Duration) {
	select {
	case <-time.After(d):
	case <-r.ctx.Done():
	}
}

// until waits for something that happens by itself.
func (r *robot) until(what string, so func() bool) error {
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); r.sleep(20 * time.Millisecond) {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		if so() {
			return nil
		}
	}
	return fmt.Errorf("waited 30 s in vain for this: %s", what)
}

// shot writes a picture of the window. Where ImageMagick is at hand the picture
// is of the screen itself: reading the front buffer back is black with software
// GL.
func (r *robot) shot(name string) error {
	r.sleep(400 * time.Millisecond)
	r.shots++
	path := filepath.Join(r.folder, fmt.Sprintf("%02d-%s.png", r.shots, name))
	if tool, err := exec.LookPath("import"); err == nil && runtime.GOOS == "linux" {
		if out, err := exec.CommandContext(r.ctx, tool, "-window", "root", path).CombinedOutput(); err != nil {
			return fmt.Errorf("take picture %s: %w: %s", name, err, out)
		}
		return nil
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	var failed error
	fyne.DoAndWait(func() { failed = png.Encode(f, r.win.Canvas().Capture()) })
	if failed != nil {
		return fmt.Errorf("write picture %s: %w", name, failed)
	}
	return nil
}
