package simtest

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// field names one field of one entity of a volume.
type field struct {
	volume journal.Volume
	kind   journal.Kind
	key    journal.Key
	no     journal.FieldNo
}

func (f field) String() string {
	return fmt.Sprintf("%d/%d/%x/%d", f.volume, f.kind, string(f.key), f.no)
}

// fields is what must stand: every edit that no other one names as replaced,
// whatever the clocks say. It is the rule and nothing else.
type fields map[field]*edits

type edits struct {
	made     map[commit.EditID]journal.Value
	replaced map[commit.EditID]bool
}

// standing is an edit that nothing replaced.
type standing struct {
	id    commit.EditID
	value journal.Value
}

func (fs fields) fold(c *commit.Commit) {
	for i, e := range c.Edits {
		f := field{c.Volume, e.Kind, e.Key, e.Field}
		if fs[f] == nil {
			fs[f] = &edits{map[commit.EditID]journal.Value{}, map[commit.EditID]bool{}}
		}
		fs[f].made[c.Edit(i)] = e.Value
		for _, r := range e.Replaces {
			fs[f].replaced[r] = true
		}
	}
}

func (fs fields) clone() fields {
	out := make(fields, len(fs))
	for f, e := range fs {
		out[f] = &edits{maps.Clone(e.made), maps.Clone(e.replaced)}
	}
	return out
}

// heads lists what stands in a field, by edit.
func (fs fields) heads(f field) (out []standing) {
	e := fs[f]
	if e == nil {
		return nil
	}
	for id, v := range e.made {
		if !e.replaced[id] {
			out = append(out, standing{id, v})
		}
	}
	slices.SortFunc(out, byEdit)
	return out
}

func byEdit(a, b standing) int {
	return cmp.Or(bytes.Compare(a.id.Device[:], b.id.Device[:]), cmp.Compare(a.id.Number, b.id.Number), cmp.Compare(a.id.Index, b.id.Index))
}

// list names all fields in order.
func (fs fields) list() []field {
	return slices.SortedFunc(maps.Keys(fs), func(a, b field) int {
		return cmp.Or(cmp.Compare(a.volume, b.volume), cmp.Compare(a.kind, b.kind), cmp.Compare(a.key, b.key), cmp.Compare(a.no, b.no))
	})
}

// sorted gives the keys of a map in order.
func sorted[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
