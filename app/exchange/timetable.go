package exchange

// A Timetable is what an aSc Timetables file says, before it is compared with
// the school. References that lead nowhere are kept: the plan names them.
type Timetable struct {
	File     string
	Periods  []Period
	Subjects []Ref
	Teachers []TimetableTeacher
	Classes  []TimetableClass
	Groups   []TimetableGroup
	Rooms    []Ref
	Terms    int // into how many terms the masks divide the year; 0 or 1: it is not divided
	Weeks    int // after how many weeks the timetable repeats; 0 or 1: every week is the same
	Lessons  []TimetableLesson
	Cards    []Card
}

// A Period is a lesson number with its bell, in minutes after midnight.
type Period struct{ Number, Start, End int }

// A Ref is a named thing of a timetable; Line is where it stands in the file.
type Ref struct {
	ID, Name, Short string
	Line            int
}

// A TimetableTeacher is a teacher; the name may be whole or have only initials.
type TimetableTeacher struct {
	Ref
	Person PersonName
}

// A TimetableClass is a class; Grade is 0 where the file does not say it.
type TimetableClass struct {
	Ref
	Grade   int
	Teacher string // id of the class teacher, may be empty
}

// A TimetableGroup is a part of a class. Groups of one division together are
// the whole class.
type TimetableGroup struct {
	Ref
	Class    string
	Entire   bool
	Division string
}

// A TimetableLesson is a load: who teaches what to whom, how often.
type TimetableLesson struct {
	ID, Subject                        string
	Classes, Groups, Teachers, RoomIDs []string
	PerCard                            int     // lessons of one card
	PerWeek                            float64 // lessons a week
	Line                               int
}

// A Card is a place of a lesson in the week. Days, weeks and terms are masks
// with one bit a day, week or term, the first being bit 0; zero weeks or terms
// mean all of them.
type Card struct {
	Lesson             string
	Period             int
	Days, Weeks, Terms uint32
	RoomIDs            []string
	Line               int
}
