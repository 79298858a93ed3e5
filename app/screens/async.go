package screens

import (
	"context"

	"fyne.io/fyne/v2"
)

// launch starts work aside; the tests of this package let it run in place.
var launch = func(f func()) { go f() }

// Async runs work aside and hands what it returns to apply on the thread of
// the window. When ctx has ended by then, the screen is closed and apply is not
// called.
func Async[T any](ctx context.Context, work func(context.Context) (T, error), apply func(T, error)) {
	launch(func() {
		v, err := work(ctx)
		fyne.Do(func() {
			if ctx.Err() == nil {
				apply(v, err)
			}
		})
	})
}
