package journal_test

import (
	"strings"
	"testing"
	"testing/quick"

	"pgregory.net/rapid"

	"uchitelskaya/app/journal"
)

// TestKeyParts takes every kind's keys apart and puts them together again.
func TestKeyParts(t *testing.T) {
	for _, s := range journal.Specs() {
		t.Run(s.Name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				var parts []journal.Value
				for _, p := range s.Key {
					parts = append(parts, drawPart(t, p))
				}
				k := s.JoinKey(parts)
				got, err := s.Parts(k)
				if err != nil {
					t.Fatal(err)
				}
				for i := range parts {
					if got[i] != parts[i] {
						t.Fatalf("part %s = %s; want %s", s.Key[i].Name, got[i], parts[i])
					}
				}
				cut := rapid.IntRange(0, len(k)-1).Draw(t, "cut")
				if fixed := s.Key[len(s.Key)-1].Type != journal.PartText; fixed {
					if _, err := s.Parts(k[:cut]); err == nil {
						t.Fatalf("%d of %d bytes are taken for a whole key", cut, len(k))
					}
					if _, err := s.Parts(k + "x"); err == nil {
						t.Fatal("a byte too many is taken for a key")
					}
				}
			})
		})
	}
}

func drawPart(t *rapid.T, p journal.Part) journal.Value {
	switch p.Type {
	case journal.PartID:
		return journal.BytesValue(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, p.Name))
	case journal.PartDate:
		return journal.IntValue(int64(rapid.Int32().Draw(t, p.Name)))
	case journal.PartInt:
		return journal.IntValue(int64(rapid.Uint16().Draw(t, p.Name)))
	case journal.PartLong:
		return journal.IntValue(rapid.Int64Min(0).Draw(t, p.Name))
	}
	return journal.TextValue(rapid.StringMatching(`[а-яё0-9 .]{1,60}`).Draw(t, p.Name))
}

func TestKeysSortAsTheirDates(t *testing.T) {
	page := journal.NewID[journal.Page]()
	before := func(a, b uint16, m, n uint8) bool {
		ka, kb := journal.LessonKey(page, journal.Date(a), int(m)), journal.LessonKey(page, journal.Date(b), int(n))
		return (ka < kb) == (a < b || a == b && m < n)
	}
	if err := quick.Check(before, nil); err != nil {
		t.Error(err)
	}
}

func TestBadKeys(t *testing.T) {
	subject := journal.SpecOf(journal.KindSubject)
	for name, k := range map[string]journal.Key{
		"no name": "", "a name too long": journal.Key(strings.Repeat("я", 101)), "no UTF-8": "\xff", "a line of control signs": "а\x00б",
	} {
		if _, err := subject.Parts(k); err == nil {
			t.Errorf("%s is taken for a key", name)
		}
	}
}

func TestNatural(t *testing.T) {
	if journal.SubjectKey(" Алгебра ") != journal.SubjectKey("алгебра") || journal.SubjectKey("Учёт") != journal.SubjectKey("учет") {
		t.Error("one subject has two keys")
	}
	long := journal.SubjectKey(strings.Repeat("Щ", 400))
	if _, err := journal.SpecOf(journal.KindSubject).Parts(long); err != nil {
		t.Errorf("the key of a long title: %v", err)
	}
	if journal.ClassID(2026, 7, "а") != journal.ClassID(2026, 7, "А") || journal.ClassID(2026, 7, "А") == journal.ClassID(2027, 7, "А") {
		t.Error("a class is named by year, grade and letter")
	}
	if journal.NamedGroupID(2026, journal.SortClub, "Хор") == journal.NamedGroupID(2026, journal.SortElective, "Хор") {
		t.Error("a club and an elective of one name are two groups")
	}
}
