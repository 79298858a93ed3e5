package journal

import (
	"fmt"

	"github.com/google/uuid"
)

// An ID names one entity of type T: sixteen bytes, random or derived from a
// natural key (see [Key]). The type parameter keeps a pupil from being taken
// for a page.
type ID[T any] uuid.UUID

// NewID returns a random ID (version 7, so that ids made together lie together).
func NewID[T any]() ID[T] { return ID[T](uuid.Must(uuid.NewV7())) }

// ParseID reads the canonical text form.
func ParseID[T any](s string) (ID[T], error) {
	u, err := uuid.Parse(s)
	if err != nil {
		return ID[T]{}, fmt.Errorf("parse id %q: %w", s, err)
	}
	return ID[T](u), nil
}

// String is the canonical text form.
func (id ID[T]) String() string { return uuid.UUID(id).String() }

// IsZero reports whether the ID names nothing.
func (id ID[T]) IsZero() bool { return id == ID[T]{} }
