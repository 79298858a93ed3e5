package journal

import "fmt"

// Weighed is one mark and what it counts for.
type Weighed struct {
	Mark   int // 1 to 5
	Weight int // hundredths: 100 counts once, 200 twice, 0 not at all
}

// Average returns the weighted mean of marks in hundredths, half up: 4, 4, 5 is
// 433. It is false when no mark counts. Whole numbers only, so that every PC
// and the server come to the same mean.
func Average(marks []Weighed) (hundredths int, ok bool) {
	sum, weight := 0, 0
	for _, m := range marks {
		sum += m.Mark * m.Weight
		weight += m.Weight
	}
	if weight <= 0 {
		return 0, false
	}
	return halfUp(100*sum, weight), true
}

// Hundredths writes a number of hundredths as a school does: «4,25», «58,04».
func Hundredths(n int) string { return fmt.Sprintf("%d,%02d", n/100, n%100) }

// Weighed returns the marks of a cell, each with the weight of its lesson.
func (c Cell) Weighed(weight int) []Weighed {
	var out []Weighed
	for _, m := range [...]int{c.Mark, c.Second} {
		if m != 0 {
			out = append(out, Weighed{m, weight})
		}
	}
	return out
}

// Course is what a pupil did on a page in a term, as far as the rules for the
// term's result ask for it.
type Course struct {
	Marks   []Weighed
	Hours   int // a week, in hundredths; see [Page]
	Lessons int // lessons given while the pupil was in the group
	Missed  int // of them missed, for whatever reason
}

// Proposed returns the result that the school's rules propose for a term: a
// mark, «н/а», or nothing when there are too few marks to say. The teacher
// decides; the program only proposes.
//
// The average is compared as it is shown, in hundredths: what a teacher sees as
// 4,50 is enough for a 5 when the school asks for 4,50.
func (r Rules) Proposed(c Course) string {
	counted := 0
	for _, m := range c.Marks {
		if m.Weight > 0 {
			counted++
		}
	}
	mean, ok := Average(c.Marks)
	switch {
	case ok && counted >= r.EnoughAt(c.Hours):
		return r.markOf(mean)
	case c.Lessons > 0 && c.Missed*100 >= r.AbsentShare*c.Lessons:
		return NotAssessed
	}
	return ""
}

// markOf returns the mark that an average in hundredths is worth.
func (r Rules) markOf(mean int) string {
	for i, least := range r.Thresholds {
		if mean >= least {
			return string(rune('5' - i))
		}
	}
	return "2"
}

// YearResult returns the result that the terms' results propose for the year:
// the mean of the marks, half up. Nothing is proposed while a term is without a
// result, or when fewer than half of the terms have a mark: then the teachers'
// council decides. Where no mark is given at all the common word stands.
func YearResult(terms []string) string {
	sum, marks, words := 0, 0, map[string]int{}
	for _, t := range terms {
		if t == "" {
			return ""
		}
		if m := MarkOf(t); m != 0 {
			sum, marks = sum+m, marks+1
		} else {
			words[t]++
		}
	}
	switch {
	case marks > 0 && 2*marks >= len(terms):
		return result(halfUp(sum, marks))
	case marks > 0 || len(terms) == 0:
		return ""
	case words[Failed] > 0:
		return Failed
	case words[Passed] > 0:
		return Passed
	case words[NotAssessed] > 0:
		return NotAssessed
	}
	return Released
}

// Finals is what the final mark of a subject is made of.
type Finals struct {
	Grade int
	Year  string // the annual result
	Exam  string // 9th grade: of the state examination, empty where none was taken
	// Earlier holds, in the 11th grade, the half-year and annual marks of the
	// 10th and the half-year marks of the 11th.
	Earlier []string
}

// Final returns the final mark that the rules propose.
//
// To the 9th grade it is the annual mark; where an examination was taken, the
// mean of annual and examination mark, half up. In the 11th it is the mean of
// the half-year and annual marks of both years, half up, unless the school's
// setting [SettingFinal] says that the annual mark alone counts.
func (r Rules) Final(f Finals) string {
	year := MarkOf(f.Year)
	switch {
	case year == 0:
		return f.Year
	case f.Grade <= 9 && MarkOf(f.Exam) != 0:
		return result(halfUp(year+MarkOf(f.Exam), 2))
	case f.Grade == 11 && !r.FinalByYear:
		sum, n := year, 1
		for _, e := range f.Earlier {
			if m := MarkOf(e); m != 0 {
				sum, n = sum+m, n+1
			}
		}
		return result(halfUp(sum, n))
	}
	return f.Year
}

// halfUp divides whole numbers that are not negative; a half goes up.
func halfUp(a, b int) int { return (2*a + b) / (2 * b) }
