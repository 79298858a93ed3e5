package screens

import (
	"context"
	"net/url"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
)

var _ Surroundings = (*Shell)(nil)

// OnDropped implements [Surroundings].
func (s *Shell) OnDropped(ctx context.Context, f func(paths []string)) {
	s.win.SetOnDropped(func(_ fyne.Position, dropped []fyne.URI) {
		if ctx.Err() != nil || len(s.cards) > 0 {
			return
		}
		var paths []string
		for _, u := range dropped {
			if u.Scheme() == "file" {
				paths = append(paths, u.Path())
			}
		}
		if len(paths) > 0 {
			f(paths)
		}
	})
}

// Reveal implements [Surroundings]. Where the PC has no program for it nothing
// opens; the screen names the place anyway.
func (s *Shell) Reveal(path string) {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") { // C:/…
		path = "/" + path
	}
	if err := fyne.CurrentApp().OpenURL(&url.URL{Scheme: "file", Path: path}); err != nil {
		fyne.LogError("open "+filepath.Base(path), err)
	}
}
