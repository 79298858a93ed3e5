package screens

import (
	"strings"
	"time"
	"unicode"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/assets"
	"uchitelskaya/sync/commit"
)

// fieldText is «7-А, математика, 19.11: Жук Алёна»; without the class where that
// stands above.
func fieldText(r *journal.Roster, f desk.Field, class bool) string {
	var where []string
	if class && f.Group.Name != "" {
		where = append(where, f.Group.Name)
	}
	if f.Subject.Name != "" {
		where = append(where, within(f.Subject.Name))
	}
	switch {
	case f.Date != 0:
		where = append(where, f.Date.Short())
	case f.Ref.Kind == journal.KindTermMark:
		where = append(where, f.Period.Name(r.SchemeOf(f.Group.ID)))
	}
	name := fieldName(f)
	if f.Ref.Kind == journal.KindTermMark {
		name = "" // the period says it
	}
	what := ""
	switch {
	case f.Pupil.Last != "":
		what = strings.TrimSuffix(f.Pupil.Name()+", "+name, ", ")
	case name != "":
		what = name
	case f.Page.ID.IsZero():
		what = assets.T("waiting.lists")
	default:
		what = assets.T("waiting.lesson")
	}
	if len(where) == 0 {
		return what
	}
	return strings.Join(where, ", ") + ": " + what
}

// within is a name as it stands inside a sentence: «основы безопасности и защиты
// Родины», but «ОБЗР».
func within(name string) string {
	r := []rune(name)
	if len(r) > 1 && unicode.IsUpper(r[0]) && !unicode.IsUpper(r[1]) {
		r[0] = unicode.ToLower(r[0])
	}
	return string(r)
}

// entryText says in a line what an entry is: «7-А, математика, 19.11: Жук Алёна
// — 5 и ещё 12».
func entryText(r *journal.Roster, e *desk.Entry, class bool) string {
	words := fieldText(r, e.Field, class)
	if n := e.Edits(); n > 1 {
		return words + assets.T("waiting.and", n-1)
	}
	return words + " — " + valueText(e.Field.Ref, e.Commit.Edits[0].Value)
}

// lineText is what an edit says, and of a refused one what stands now.
func lineText(r entryRow) string {
	if r.entry.Answer != commit.Refused {
		return valueText(r.line.Ref, r.line.Want)
	}
	return standText(*r.line)
}

// standText is «записано 5, сейчас стоит 4».
func standText(l desk.Line) string {
	if l.Now.IsNull() {
		return assets.T("refused.stands.empty", valueText(l.Ref, l.Want))
	}
	return assets.T("refused.stands", valueText(l.Ref, l.Want), valueText(l.Ref, l.Now))
}

// entryCopy is an entry for the clipboard: a line for every edit, in columns.
func entryCopy(r *journal.Roster, e *desk.Entry, lines []desk.Line, now time.Time) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(strings.Join([]string{
			clock(e.Commit.Entered, now), fieldText(r, l.Field, true), valueText(l.Ref, l.Want), valueText(l.Ref, l.Now), e.Author.Initials(), e.Text,
		}, "\t") + "\n")
	}
	return b.String()
}
