package journal

// The codes of attendance. The teacher writes what he sees in the lesson, the
// class teacher later why; these are two fields, so neither overwrites the other.
const (
	Absent    = "н"   // not there, why is not known yet
	Ill       = "б"   // by illness
	Excused   = "уп"  // for a good reason
	Unexcused = "нп"  // without one
	CameLate  = "оп"  // came late: was there
	Exempt    = "осв" // released from the subject: nothing is missed
)

// Codes are the teacher's codes in the order of a menu.
func Codes() []string { return []string{Absent, Ill, Excused, Unexcused, CameLate, Exempt} }

// Reasons are the class teacher's reasons in the order of a menu.
func Reasons() []string { return []string{Ill, Excused, Unexcused} }

func isCode(s string) bool {
	for _, c := range Codes() {
		if s == c {
			return true
		}
	}
	return false
}

// missed reports whether a code means that the pupil was not there.
func missed(code string) bool {
	return code == Absent || code == Ill || code == Excused || code == Unexcused
}

// Attendance is what became of one pupil at one lesson: empty when he was
// there, else one of the codes. For a lesson missed the class teacher's reason
// stands before the teacher's code, because it rests on a paper; a reason alone
// says nothing, for who was there has missed nothing.
func (c Cell) Attendance() string {
	if missed(c.Absence) && c.Reason != "" {
		return c.Reason
	}
	return c.Absence
}

// Missed reports whether the pupil was not at the lesson.
func (c Cell) Missed() bool { return missed(c.Absence) }

// A Tally counts what was missed. A day is missed when every lesson of the day
// was: it counts for the reason of most of its lessons.
type Tally struct{ Days, Lessons int }

// Absences is what a pupil missed in a period.
type Absences struct {
	All         Tally
	Ill         Tally
	Excused     Tally
	Unexcused   Tally
	Unexplained Tally // «н» for which nobody gave a reason yet
	Late        int   // times that he came late
}

// CountAbsences counts the cells of one pupil, of all his pages together.
// held says how many lessons the pupil should have been at on a day, his
// subgroups included. Cells of one lesson must not occur twice.
func CountAbsences(cells []Cell, held func(Date) int) Absences {
	var a Absences
	days := map[Date]map[string]int{}
	for _, c := range cells {
		code := c.Attendance()
		switch {
		case c.Missed():
			a.All.Lessons++
			a.of(code).Lessons++
		case code == CameLate:
			a.Late++
			continue
		case code != Exempt:
			continue
		}
		if days[c.Date] == nil {
			days[c.Date] = map[string]int{}
		}
		days[c.Date][code]++
	}
	for day, codes := range days {
		away, most, of := codes[Exempt], 0, ""
		for _, code := range [...]string{Ill, Excused, Unexcused, Absent} {
			away += codes[code]
			if codes[code] > most {
				most, of = codes[code], code
			}
		}
		if most > 0 && away >= held(day) {
			a.All.Days++
			a.of(of).Days++
		}
	}
	return a
}

// of returns the tally of a code of absence.
func (a *Absences) of(code string) *Tally {
	switch code {
	case Ill:
		return &a.Ill
	case Excused:
		return &a.Excused
	case Unexcused:
		return &a.Unexcused
	}
	return &a.Unexplained
}

// Plus adds the absences of another pupil or period.
func (a Absences) Plus(b Absences) Absences {
	return Absences{
		a.All.plus(b.All), a.Ill.plus(b.Ill), a.Excused.plus(b.Excused), a.Unexcused.plus(b.Unexcused),
		a.Unexplained.plus(b.Unexplained), a.Late + b.Late,
	}
}

func (t Tally) plus(o Tally) Tally { return Tally{t.Days + o.Days, t.Lessons + o.Lessons} }
