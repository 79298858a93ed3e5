package local

import (
	"fmt"
	"strings"

	"uchitelskaya/app/journal"
)

// A table is the projection of one kind, with its statements written once.
type table struct {
	spec   *journal.Spec
	heads  string // reads heads by key
	fetch  string // reads as many as are written together: which of them, heads
	put    string // writes the whole row
	puts   string // writes as many as are written together
	drop   string // deletes it
	scan   string // reads key and fields of a volume
	keys   int    // columns of the key
	fields int
}

var tables = func() map[journal.Kind]*table {
	out := map[journal.Kind]*table{}
	for _, s := range journal.Specs() {
		out[s.Kind] = newTable(s)
	}
	return out
}()

// together is how many rows one statement reads or writes where there are as many: that
// spares a seventh of what they take one by one to be written, and two thirds to be read.
const together = 16

func newTable(s *journal.Spec) *table {
	keys, fields := []string{"volume"}, []string{}
	for _, p := range s.Key {
		keys = append(keys, p.Name)
	}
	for _, f := range s.Fields {
		fields = append(fields, f.Name)
	}
	all := append(append(append([]string{}, keys...), fields...), "heads")
	marks := strings.TrimSuffix(strings.Repeat("?, ", len(all)), ", ")
	put := "REPLACE INTO " + s.Name + " (" + strings.Join(all, ", ") + ") VALUES (" + marks + ")"
	wanted, same := make([]string, together), make([]string, len(keys))
	for i := range wanted {
		wanted[i] = fmt.Sprint("(", i, strings.Repeat(", ?", len(keys)), ")")
	}
	for i, k := range keys {
		same[i] = fmt.Sprint("r.", k, " = w.column", i+2)
	}
	return &table{
		spec:  s,
		drop:  "DELETE FROM " + s.Name + " WHERE " + strings.Join(keys, " = ? AND ") + " = ?",
		heads: "SELECT heads FROM " + s.Name + " WHERE " + strings.Join(keys, " = ? AND ") + " = ?",
		fetch: "SELECT w.column1, r.heads FROM (VALUES " + strings.Join(wanted, ", ") + ") AS w CROSS JOIN " + s.Name + " AS r ON " +
			strings.Join(same, " AND "),
		put:    put,
		puts:   put + strings.Repeat(", ("+marks+")", together-1),
		scan:   "SELECT " + strings.Join(append(append([]string{}, keys[1:]...), fields...), ", ") + " FROM " + s.Name + " WHERE volume = ?",
		keys:   len(keys),
		fields: len(s.Fields),
	}
}

// The statements for entities of kinds of a later version, or whose key this
// version cannot cut.
const (
	othersHeads = "SELECT heads FROM others WHERE volume = ? AND kind = ? AND key = ?"
	othersDrop  = "DELETE FROM others WHERE volume = ? AND kind = ? AND key = ?"
	othersPut   = "REPLACE INTO others (volume, kind, key, heads) VALUES (?, ?, ?, ?)"
)

// column is a value as SQLite takes it; nil for a value of another type than
// the field's, which only a damaged or later program writes: it stays in heads.
func column(v journal.Value, want journal.Type) any {
	if v.Type() != want {
		return nil
	}
	switch want {
	case journal.Int:
		return v.Int()
	case journal.Text:
		return v.Text()
	case journal.Bytes:
		return v.Bytes()
	}
	return nil
}

// valueOf is the inverse of column.
func valueOf(x any) journal.Value {
	switch x := x.(type) {
	case int64:
		return journal.IntValue(x)
	case string:
		return journal.TextValue(x)
	case []byte:
		return journal.BytesValue(x)
	}
	return journal.Value{}
}

// partTypes are the types of the parts of a key as values.
var partTypes = [...]journal.Type{
	journal.PartID: journal.Bytes, journal.PartDate: journal.Int, journal.PartInt: journal.Int, journal.PartText: journal.Text,
	journal.PartLong: journal.Int,
}
