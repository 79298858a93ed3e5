package journal_test

import (
	"slices"
	"testing"

	"uchitelskaya/app/journal"
)

func progress(counts map[string]int) (p journal.Progress) {
	for value, n := range counts {
		for range n {
			p.Add(value)
		}
	}
	return p
}

// TestProgress holds the figures that the region's system gives for the same
// class.
func TestProgress(t *testing.T) {
	p := progress(map[string]int{"5": 5, "4": 10, "3": 8, "2": 1, "н/а": 1, "осв": 2, "": 3, "зач": 1})
	if p.N() != 25 {
		t.Errorf("N = %d; want 25: without the released and those without a mark", p.N())
	}
	for name, tt := range map[string]struct{ got, want int }{
		"% успеваемости": {p.Success(), 9200},
		"% качества":     {p.Quality(), 6000},
		"СОУ":            {p.Training(), 5804},
		"средний балл":   {p.Mean(), 379}, // 91 / 24
	} {
		if tt.got != tt.want {
			t.Errorf("%s = %d; want %d", name, tt.got, tt.want)
		}
	}
	if p.Released != 2 || p.Empty != 3 || p.Passed != 1 {
		t.Errorf("left out: %+v", p)
	}
	one := progress(map[string]int{"1": 1})
	two := one
	two.OneAsNotAssessed = true
	if one.Training() != 1600 || two.Training() != 700 || one.Success() != 0 {
		t.Errorf("a 1 counts %d or %d; want 1600 or 700", one.Training(), two.Training())
	}
	if none := progress(map[string]int{"осв": 4}); none.Success() != 0 || none.Training() != 0 || none.Mean() != 0 {
		t.Errorf("of nobody: %+v", none)
	}
}

func TestJudge(t *testing.T) {
	a, b, c := journal.SubjectKey("алгебра"), journal.SubjectKey("биология"), journal.SubjectKey("география")
	for name, tt := range map[string]struct {
		values   [3]string
		want     journal.Standing
		subjects []journal.Key
	}{
		"only fives":                          {[3]string{"5", "5", "5"}, journal.Excellent, nil},
		"one four":                            {[3]string{"5", "4", "5"}, journal.OneFour, []journal.Key{b}},
		"fives and fours":                     {[3]string{"5", "4", "4"}, journal.Good, nil},
		"only fours":                          {[3]string{"4", "4", "4"}, journal.Good, nil},
		"one three":                           {[3]string{"5", "4", "3"}, journal.OneThree, []journal.Key{c}},
		"one three beside fives":              {[3]string{"3", "5", "5"}, journal.OneThree, []journal.Key{a}},
		"two threes":                          {[3]string{"3", "5", "3"}, journal.Succeeding, nil},
		"a two outweighs all":                 {[3]string{"2", "н/а", "5"}, journal.Failing, []journal.Key{a}},
		"a one and a незач fail":              {[3]string{"1", "незач", "5"}, journal.Failing, []journal.Key{a, b}},
		"not assessed":                        {[3]string{"5", "н/а", "5"}, journal.Unassessed, []journal.Key{b}},
		"released subjects do not count":      {[3]string{"5", "осв", "5"}, journal.Excellent, nil},
		"зач does not count":                  {[3]string{"5", "зач", "4"}, journal.OneFour, []journal.Key{c}},
		"nothing yet":                         {[3]string{"", "", ""}, journal.NotJudged, nil},
		"who is released from all is no star": {[3]string{"осв", "осв", "осв"}, journal.NotJudged, nil},
	} {
		t.Run(name, func(t *testing.T) {
			p := journal.PupilID{15: 1}
			got := journal.Judge([]journal.Outcome{{Pupil: p, Subject: a, Value: tt.values[0]}, {Pupil: p, Subject: b, Value: tt.values[1]}, {Pupil: p, Subject: c, Value: tt.values[2]}})
			if len(got) != 1 || got[0].Standing != tt.want || !slices.Equal(got[0].Subjects, tt.subjects) {
				t.Errorf("Judge = %+v; want %d of %q", got, tt.want, tt.subjects)
			}
		})
	}
	if got := journal.Judge([]journal.Outcome{{Pupil: journal.PupilID{1}, Value: "5"}, {Pupil: journal.PupilID{2}, Value: "2"}, {Pupil: journal.PupilID{1}, Value: "4"}}); len(got) != 2 || got[0].Standing != journal.OneFour || got[1].Standing != journal.Failing {
		t.Errorf("two pupils: %+v", got)
	}
}
