package exchange

import (
	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// A draft is the school as it would be: the roster with the plan's changes over
// it.
type draft struct {
	r       *journal.Roster
	pending map[commit.FieldRef]journal.Value
	rows    map[row]bool      // entities with pending changes
	order   []commit.FieldRef // pending, as they were first set
}

// row names an entity.
type row struct {
	kind journal.Kind
	key  journal.Key
}

func newDraft(r *journal.Roster) draft {
	return draft{r: r, pending: map[commit.FieldRef]journal.Value{}, rows: map[row]bool{}}
}

// removed is the field «removed» of every kind that has one.
var removed = func() map[journal.Kind]journal.FieldNo {
	out := map[journal.Kind]journal.FieldNo{}
	for _, s := range journal.Specs() {
		for _, f := range s.Fields {
			if f.Name == "removed" {
				out[s.Kind] = f.No
			}
		}
	}
	return out
}()

// get is the value that a field would have.
func (d *draft) get(k journal.Kind, key journal.Key, f journal.FieldNo) journal.Value {
	if v, ok := d.pending[commit.FieldRef{Kind: k, Key: key, Field: f}]; ok {
		return v
	}
	return d.r.Get(k, key, f)
}

// set gives a field a value and reports whether that changes it.
func (d *draft) set(k journal.Kind, key journal.Key, f journal.FieldNo, v journal.Value) bool {
	if d.get(k, key, f) == v {
		return false
	}
	ref := commit.FieldRef{Kind: k, Key: key, Field: f}
	if _, ok := d.pending[ref]; !ok {
		d.order = append(d.order, ref)
	}
	d.pending[ref] = v
	d.rows[row{k, key}] = true
	return true
}

// fill is set for a value that a file has; what a file leaves empty stays.
func (d *draft) fill(k journal.Kind, key journal.Key, f journal.FieldNo, v journal.Value) bool {
	return !v.IsNull() && d.set(k, key, f, v)
}

// stands reports whether an entity would be there.
func (d *draft) stands(k journal.Kind, key journal.Key) bool {
	return (d.r.Has(k, key) || d.rows[row{k, key}]) && !d.get(k, key, removed[k]).Bool()
}

// create makes an entity, or brings a removed one back, and reports whether it
// was not there. «removed» is written as 0 in so many words: taking the commit
// back then finds that nothing stood there before, and removes the entity.
func (d *draft) create(k journal.Kind, key journal.Key) bool {
	if d.stands(k, key) {
		return false
	}
	return d.set(k, key, removed[k], journal.IntValue(0))
}

// remove takes an entity out.
func (d *draft) remove(k journal.Kind, key journal.Key) {
	d.set(k, key, removed[k], journal.IntValue(1))
}

// changes are the pending changes that change something. Each carries the value
// that the plan saw: if another comes in before it is written, both stand.
func (d *draft) changes() []commit.Change {
	out := make([]commit.Change, 0, len(d.order))
	for _, ref := range d.order {
		v, was := d.pending[ref], d.r.Get(ref.Kind, ref.Key, ref.Field)
		if v != was {
			out = append(out, commit.Change{Kind: ref.Kind, Key: ref.Key, Field: ref.Field, Value: v, Seen: &was})
		}
	}
	return out
}
