package journal

import "sync"

// A Roster is the slow part of one volume together with the register, held in
// memory: the school, its people, groups, pages, timetable, terms and
// substitutions. Client and server fill it with the same accepted edits, so
// both answer the same to «who is this» and «may she write here».
//
// Lessons, cells and results are not in it: they are read from storage page by
// page. A Roster may be used from several goroutines.
type Roster struct {
	mu    sync.RWMutex
	year  Volume
	rows  map[Kind]map[Key][]Value
	index *index // nil: to be built anew
}

// NewRoster returns an empty roster of a school year.
func NewRoster(year Volume) *Roster {
	return &Roster{year: year, rows: map[Kind]map[Key][]Value{}}
}

// Year is the school year of the roster.
func (r *Roster) Year() Volume { return r.year }

// Holds reports whether the roster keeps entities of a kind.
func Holds(k Kind) bool { return SpecOf(k) != nil && k < KindLesson }

// Put sets the value that is shown for a field. Kinds that the roster does not
// hold and keys of another shape are passed over.
func (r *Roster) Put(k Kind, key Key, f FieldNo, v Value) {
	s := SpecOf(k)
	if !Holds(k) || s.Field(f) == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	row := r.rows[k][key]
	if row == nil {
		if _, err := s.Parts(key); err != nil {
			return
		}
		if r.rows[k] == nil {
			r.rows[k] = map[Key][]Value{}
		}
		row = make([]Value, len(s.Fields))
		r.rows[k][key] = row
	}
	row[f-1] = v
	r.index = nil
}

// Drop forgets an entity, as if nothing had ever been written of it.
func (r *Roster) Drop(k Kind, key Key) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.rows[k], key)
	r.index = nil
}

// Get returns the value of a field, Null when there is none.
func (r *Roster) Get(k Kind, key Key, f FieldNo) Value {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if row := r.rows[k][key]; int(f) <= len(row) && f > 0 {
		return row[f-1]
	}
	return Value{}
}

// Has reports whether anything was ever written of the entity.
func (r *Roster) Has(k Kind, key Key) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.rows[k][key] != nil
}

// Each calls f for every entity of a kind, in no order, with its fields in the
// order of their numbers. The rows must not be kept or changed, and f must not
// call the roster.
func (r *Roster) Each(k Kind, f func(Key, []Value)) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	for key, row := range r.rows[k] {
		f(key, row)
	}
}

// Setting returns a rule of the school by its name, or its default.
func (r *Roster) Setting(name string) string {
	if v := r.Get(KindSetting, Key("").Text(name), SettingValue); !v.IsNull() {
		return v.Text()
	}
	return defaults[name]
}

// ix returns the index, building it when something changed.
func (r *Roster) ix() *index {
	r.mu.RLock()
	x := r.index
	r.mu.RUnlock()
	if x != nil {
		return x
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.index == nil {
		r.index = buildIndex(r.year, r.rows)
	}
	return r.index
}
