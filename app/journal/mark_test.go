package journal_test

import (
	"testing"

	"pgregory.net/rapid"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
)

func TestParseEntry(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "5": "5", " 4 ": "4", "5/4": "5/4", "5 4": "5/4", "н": "н", "Н": "н", "нб": "н", "НП": "нп", "уп": "уп", "б": "б",
		"о": "оп", "оп": "оп", "оп 4": "оп 4", "4 ОП": "оп 4", "оп 5/4": "оп 5/4", "осв": "осв", "осв 5": "осв 5", "\u00a05\u00a0": "5",
	} {
		e, err := journal.ParseEntry(text, true)
		if err != nil || e.String() != want {
			t.Errorf("ParseEntry(%q) = %q, %v; want %q", text, e, err, want)
		}
	}
	for name, text := range map[string]string{
		"a 6": "6", "a 0": "0", "a mark with a minus": "5-", "three marks": "5/4/3", "a word": "хорошо", "two codes": "н б", "a mark of who was away": "н 4",
		"a mark beside an illness": "5 б", "a result": "зач", "ten": "10", "marks without a slash": "54",
	} {
		if e, err := journal.ParseEntry(text, true); fault.CodeOf(err) != fault.Invalid || !e.IsZero() {
			t.Errorf("%s, %q: got %q, %v; want it refused", name, text, e, err)
		}
	}
	if _, err := journal.ParseEntry("5/4", false); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("two marks where one is allowed: %v", err)
	}
}

func TestEntryRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := journal.Entry{Absence: rapid.SampledFrom(append(journal.Codes(), "")).Draw(t, "code")}
		if away := (journal.Cell{Absence: e.Absence}).Missed(); !away {
			e.Mark = rapid.IntRange(0, 5).Draw(t, "mark")
			if e.Mark > 0 {
				e.Second = rapid.IntRange(0, 5).Draw(t, "second")
			}
		}
		if got, err := journal.ParseEntry(e.String(), true); err != nil || got != e {
			t.Fatalf("ParseEntry(%q) = %+v, %v; want %+v", e, got, err, e)
		}
	})
}

func TestParseResult(t *testing.T) {
	for text, want := range map[string]string{"": "", "5": "5", "Н/А": "н/а", "на": "н/а", "зачёт": "зач", "зачет": "зач", "незачёт": "незач", " осв ": "осв", "осв.": "осв"} {
		if got, err := journal.ParseResult(text); err != nil || got != want {
			t.Errorf("ParseResult(%q) = %q, %v; want %q", text, got, err, want)
		}
	}
	for _, text := range []string{"6", "н", "б", "5/4", "4.5", "отлично"} {
		if got, err := journal.ParseResult(text); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("ParseResult(%q) = %q, %v; want it refused", text, got, err)
		}
	}
	term := journal.SpecOf(journal.KindTermMark).Field(journal.TermMarkValue)
	for _, r := range journal.Results() {
		if err := term.Check(journal.TextValue(r)); err != nil {
			t.Errorf("the schema refuses the result %q: %v", r, err)
		}
	}
	cell := journal.SpecOf(journal.KindCell)
	for _, c := range journal.Codes() {
		if err := cell.Field(journal.CellAbsence).Check(journal.TextValue(c)); err != nil {
			t.Errorf("the schema refuses the code %q: %v", c, err)
		}
	}
	for _, c := range journal.Reasons() {
		if err := cell.Field(journal.CellReason).Check(journal.TextValue(c)); err != nil {
			t.Errorf("the schema refuses the reason %q: %v", c, err)
		}
	}
}
