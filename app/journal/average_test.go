package journal_test

import (
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/journaltest"
)

func marks(list ...int) []journal.Weighed {
	var out []journal.Weighed
	for _, m := range list {
		out = append(out, journal.Weighed{Mark: m, Weight: 100})
	}
	return out
}

func TestAverage(t *testing.T) {
	for name, tt := range map[string]struct {
		marks []journal.Weighed
		want  int
		ok    bool
	}{
		"no mark has no mean":            {},
		"marks of weight 0 do not count": {marks: []journal.Weighed{{Mark: 2, Weight: 0}}},
		"two thirds round up":            {marks: marks(5, 5, 4), want: 467, ok: true},
		"a third rounds down":            {marks: marks(4, 4, 5), want: 433, ok: true},
		"half a hundredth rounds up":     {marks: marks(5, 4, 4, 4, 4, 4, 4, 4), want: 413, ok: true}, // 4,125
		"a control work counts twice":    {marks: []journal.Weighed{{Mark: 5, Weight: 100}, {Mark: 2, Weight: 200}}, want: 300, ok: true},
	} {
		t.Run(name, func(t *testing.T) {
			if got, ok := journal.Average(tt.marks); got != tt.want || ok != tt.ok {
				t.Errorf("Average = %d, %t; want %d, %t", got, ok, tt.want, tt.ok)
			}
		})
	}
	if got := journal.Hundredths(405); got != "4,05" {
		t.Errorf("Hundredths(405) = %q", got)
	}
}

func TestProposed(t *testing.T) {
	rules := journaltest.New().Rules()
	for name, tt := range map[string]struct {
		course journal.Course
		want   string
	}{
		"4,50 is a 5":                               {journal.Course{Marks: marks(5, 4, 5, 4), Hours: 100}, "5"},
		"4,49 as shown is a 4":                      {journal.Course{Marks: []journal.Weighed{{Mark: 5, Weight: 490}, {Mark: 4, Weight: 510}, {Mark: 4, Weight: 1}}, Hours: 100}, "4"},
		"3,50 is a 4":                               {journal.Course{Marks: marks(3, 4, 3, 4), Hours: 100}, "4"},
		"2,50 is a 3":                               {journal.Course{Marks: marks(2, 3, 2, 3), Hours: 100}, "3"},
		"below 2,50 is a 2":                         {journal.Course{Marks: marks(2, 2, 3), Hours: 100}, "2"},
		"a 1 is worth no less than a 2":             {journal.Course{Marks: marks(1, 1, 1), Hours: 100}, "2"},
		"two marks at one hour are too few":         {journal.Course{Marks: marks(5, 5), Hours: 100}, ""},
		"three marks at one hour are enough":        {journal.Course{Marks: marks(5, 5, 5), Hours: 100}, "5"},
		"half an hour asks for as many as one":      {journal.Course{Marks: marks(5, 5, 5), Hours: 50}, "5"},
		"four marks at two hours are too few":       {journal.Course{Marks: marks(5, 5, 5, 5), Hours: 200}, ""},
		"six marks at five hours are too few":       {journal.Course{Marks: marks(5, 5, 5, 5, 5, 5), Hours: 500}, ""},
		"marks that weigh nothing are not counted":  {journal.Course{Marks: append(marks(5, 5), journal.Weighed{Mark: 5}), Hours: 100}, ""},
		"67 of 100 lessons missed is н/а":           {journal.Course{Hours: 100, Lessons: 100, Missed: 67}, "н/а"},
		"66 of 100 is not":                          {journal.Course{Hours: 100, Lessons: 100, Missed: 66}, ""},
		"who has enough marks is assessed anyway":   {journal.Course{Marks: marks(4, 4, 4), Hours: 100, Lessons: 10, Missed: 9}, "4"},
		"without a lesson nothing can be said":      {journal.Course{Hours: 100}, ""},
		"no marks and all lessons missed is н/а":    {journal.Course{Hours: 300, Lessons: 9, Missed: 9}, "н/а"},
		"few marks and most lessons missed are н/а": {journal.Course{Marks: marks(5), Hours: 100, Lessons: 9, Missed: 7}, "н/а"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := rules.Proposed(tt.course); got != tt.want {
				t.Errorf("Proposed = %q; want %q", got, tt.want)
			}
		})
	}
}

func TestYearResult(t *testing.T) {
	for name, tt := range map[string]struct {
		terms []string
		want  string
	}{
		"the mean of four quarters":                  {[]string{"4", "4", "5", "4"}, "4"},
		"half goes up":                               {[]string{"4", "5", "4", "5"}, "5"},
		"of two half-years too":                      {[]string{"3", "4"}, "4"},
		"a term without a result gives none":         {[]string{"4", "", "4", "4"}, ""},
		"one н/а of four does not count":             {[]string{"4", "н/а", "4", "4"}, "4"},
		"three н/а of four leave it to the council":  {[]string{"4", "н/а", "н/а", "н/а"}, ""},
		"released in half of the year":               {[]string{"осв", "осв", "5", "4"}, "5"},
		"all зач is зач":                             {[]string{"зач", "зач"}, "зач"},
		"one незач is незач":                         {[]string{"зач", "незач"}, "незач"},
		"never assessed":                             {[]string{"н/а", "н/а"}, "н/а"},
		"released all year":                          {[]string{"осв", "осв"}, "осв"},
		"no terms":                                   {nil, ""},
		"who came in the last quarter has its mark":  {[]string{"4"}, "4"},
		"a released term beside зач leaves it a зач": {[]string{"осв", "зач"}, "зач"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := journal.YearResult(tt.terms); got != tt.want {
				t.Errorf("YearResult(%q) = %q; want %q", tt.terms, got, tt.want)
			}
		})
	}
}

func TestFinal(t *testing.T) {
	for name, tt := range map[string]struct {
		finals journal.Finals
		byYear bool
		want   string
	}{
		"without an examination the year's mark":           {finals: journal.Finals{Grade: 9, Year: "4"}, want: "4"},
		"9th grade: mean with the examination, half up":    {finals: journal.Finals{Grade: 9, Year: "4", Exam: "5"}, want: "5"},
		"9th grade: 3 and 4 is a 4":                        {finals: journal.Finals{Grade: 9, Year: "4", Exam: "3"}, want: "4"},
		"11th grade: half-years and years together":        {finals: journal.Finals{Grade: 11, Year: "5", Earlier: []string{"3", "3", "3", "4", "4"}}, want: "4"},
		"11th grade: half up":                              {finals: journal.Finals{Grade: 11, Year: "5", Earlier: []string{"5", "4", "4", "5", "4"}}, want: "5"},
		"11th grade by the year alone, if the school so":   {finals: journal.Finals{Grade: 11, Year: "5", Earlier: []string{"3", "3", "3", "4", "4"}}, byYear: true, want: "5"},
		"an examination of the 11th grade changes nothing": {finals: journal.Finals{Grade: 11, Year: "4", Exam: "5"}, want: "4"},
		"a word stays the word":                            {finals: journal.Finals{Grade: 9, Year: "осв", Exam: "5"}, want: "осв"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := (journal.Rules{FinalByYear: tt.byYear}).Final(tt.finals); got != tt.want {
				t.Errorf("Final = %q; want %q", got, tt.want)
			}
		})
	}
}
