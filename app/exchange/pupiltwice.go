package exchange

import (
	"fmt"

	"uchitelskaya/app/journal"
)

// onePupilOneRow finds pupils that stand in the files twice. A row that says the
// same again is done; one of another class, or one that lacks what would tell
// the two apart, waits.
func onePupilOneRow(rows []*pupilRow) []*pupilRow {
	seen := map[string][]*pupilRow{}
	var out []*pupilRow
	for _, row := range rows {
		name := journal.Normal(row.name.Last + "|" + row.name.First)
		for _, first := range seen[name] {
			if row.again(first); row.ended {
				break
			}
		}
		if !row.ended {
			seen[name] = append(seen[name], row)
			out = append(out, row)
		}
	}
	return out
}

// again compares a row with an earlier one of the same surname and name.
func (r *pupilRow) again(first *pupilRow) {
	same := journal.Normal(first.name.Middle) == journal.Normal(r.name.Middle) && first.born == r.born
	lacking := first.born == 0 || r.born == 0
	id := "twice|" + r.rowID()
	answer := r.p.answers[id].Choice
	switch {
	case !same && !(alikeOrEmpty(first.name.Middle, r.name.Middle) && (lacking || first.born == r.born)):
		return // namesakes
	case lacking && first.class != r.class:
		return // namesakes for all that is known
	case same && first.class == r.class:
		r.p.problem(r.item.Place, "", "этот ученик записан дважды: "+r.item.Title+", он уже есть "+r.where(first))
		r.end(Same, "тот же ученик, что "+r.where(first))
	case same && answer == r.class.String():
		first.class, first.group, first.item.Class = r.class, r.group, r.class.String()
		r.end(Same, "тот же ученик, что "+r.where(first))
	case same:
		r.doubt(Class, id, fmt.Sprintf("этот ученик уже есть %s, там %s, здесь %s", r.where(first), first.class, r.class),
			Choice{r.class.String(), "Записать в " + r.class.String()})
	case answer != "new":
		r.doubt(r.nameColumn(), id, fmt.Sprintf("похожий ученик есть %s: %s", r.where(first), first.item.Title), Choice{"new", "Другой ученик"})
	}
}

func alikeOrEmpty(a, b string) bool {
	return a == "" || b == "" || journal.Normal(a) == journal.Normal(b)
}

// where is the place of an earlier row as seen from this one.
func (r *pupilRow) where(first *pupilRow) string {
	s := fmt.Sprintf("в строке %d", first.row.No)
	if first.item.Sheet != r.item.Sheet {
		s += fmt.Sprintf(" листа «%s»", first.item.Sheet)
	}
	if first.item.File != r.item.File {
		s += fmt.Sprintf(" файла «%s»", first.item.File)
	}
	return s
}
