package journal

import (
	"cmp"
	"slices"
)

// Progress counts the results of some pupils in one subject, or of several
// subjects together.
//
// Source of the formulas: the help of the region's journal system, so that both
// give the same figures. N is all pupils without those released from the
// subject and those without a mark; «н/а» stays in N. Pupils who left before the
// end of the period are not to be added.
type Progress struct {
	Fives, Fours, Threes, Twos, Ones int
	NotAssessed, Released            int
	Passed, Failed                   int // зач, незач: of subjects without marks
	Empty                            int // without a result

	// OneAsNotAssessed counts a «1» with the 7 points of «н/а»; see [SettingOne].
	OneAsNotAssessed bool
}

// Add counts one result.
func (p *Progress) Add(result string) {
	counts := map[string]*int{
		"5": &p.Fives, "4": &p.Fours, "3": &p.Threes, "2": &p.Twos, "1": &p.Ones,
		NotAssessed: &p.NotAssessed, Released: &p.Released, Passed: &p.Passed, Failed: &p.Failed,
	}
	if n, ok := counts[result]; ok {
		*n++
	} else {
		p.Empty++
	}
}

// N is how many results the shares are taken of.
func (p Progress) N() int { return p.marks() + p.NotAssessed }

func (p Progress) marks() int { return p.Fives + p.Fours + p.Threes + p.Twos + p.Ones }

// Success is % успеваемости in hundredths of a per cent: 9200 is 92 %. It and
// the figures below are 0 when N is.
func (p Progress) Success() int { return p.share(100 * (p.Fives + p.Fours + p.Threes)) }

// Quality is % качества знаний in hundredths of a per cent.
func (p Progress) Quality() int { return p.share(100 * (p.Fives + p.Fours)) }

// Training is the степень обученности (СОУ) in hundredths of a per cent.
func (p Progress) Training() int {
	one := 16
	if p.OneAsNotAssessed {
		one = 7
	}
	return p.share(100*p.Fives + 64*p.Fours + 36*p.Threes + 16*p.Twos + one*p.Ones + 7*p.NotAssessed)
}

// Mean is the средний балл in hundredths: of the marks alone.
func (p Progress) Mean() int {
	if p.marks() == 0 {
		return 0
	}
	return halfUp(100*(5*p.Fives+4*p.Fours+3*p.Threes+2*p.Twos+p.Ones), p.marks())
}

func (p Progress) share(points int) int {
	if p.N() == 0 {
		return 0
	}
	return halfUp(100*points, p.N())
}

// Standing is how a pupil does in all subjects together.
type Standing int

// The standings, from the best.
const (
	Excellent  Standing = iota + 1 // отличник: only 5
	OneFour                        // 5 and one 4
	Good                           // хорошист: 5 and 4
	OneThree                       // хорошист but for one 3
	Succeeding                     // успевает
	Unassessed                     // at least one «н/а», no 2
	Failing                        // неуспевающий: at least one 2, 1 or незач
	NotJudged  Standing = 0        // no result yet
)

// Outcome is one result of a pupil.
type Outcome struct {
	Pupil   PupilID
	Subject Key
	Value   string
}

// Judged is a pupil with his standing and the subjects that made it: those of
// the one 4 or one 3, of the «н/а», of the failures.
type Judged struct {
	Pupil    PupilID
	Standing Standing
	Subjects []Key
}

// Judge returns the standing of every pupil among the outcomes, in the order in
// which they first occur.
func Judge(outcomes []Outcome) []Judged {
	var order []PupilID
	of := map[PupilID][]Outcome{}
	for _, o := range outcomes {
		if _, known := of[o.Pupil]; !known {
			order = append(order, o.Pupil)
		}
		of[o.Pupil] = append(of[o.Pupil], o)
	}
	out := make([]Judged, len(order))
	for i, p := range order {
		out[i] = judge(p, of[p])
	}
	return out
}

func judge(p PupilID, outcomes []Outcome) Judged {
	with := map[string][]Key{}
	for _, o := range outcomes {
		v := o.Value
		if v == "2" || v == "1" {
			v = Failed
		}
		with[v] = append(with[v], o.Subject)
	}
	j := Judged{Pupil: p}
	fours, threes := with["4"], with["3"]
	switch {
	case len(with[Failed]) > 0:
		j.Standing, j.Subjects = Failing, with[Failed]
	case len(with[NotAssessed]) > 0:
		j.Standing, j.Subjects = Unassessed, with[NotAssessed]
	case len(threes) > 1:
		j.Standing = Succeeding
	case len(threes) == 1:
		j.Standing, j.Subjects = OneThree, threes
	case len(fours) > 1:
		j.Standing = Good
	case len(fours) == 1:
		j.Standing, j.Subjects = OneFour, fours
	case len(with["5"]) > 0:
		j.Standing = Excellent
	}
	slices.SortFunc(j.Subjects, func(a, b Key) int { return cmp.Compare(a, b) })
	return j
}
