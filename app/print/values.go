package print

import (
	"image"
	"time"

	"uchitelskaya/app/journal"
)

// A School is what the letterhead and the signature lines need. Empty fields
// are left out of the page.
type School struct {
	Region    string      // «Республика Крым», the line above the name
	Name      string      // full official name
	Short     string      // «МОУ «Столбовская школа»», for the running head
	Place     string      // «с. Столбовое, Джанкойский район, Республика Крым»
	OKPO      string      // digits, as are OGRN, INN and KPP
	OGRN      string      //
	INN       string      //
	KPP       string      //
	Accounts  []string    // «Казначейский счет 03234…», one line each
	Address   string      // with the post code
	Phone     string      //
	Email     string      //
	HeadTitle string      // «Директор»; empty means «Директор»
	Head      string      // «Иванова И. И.», for the signature lines
	Arms      image.Image // printed above the name; nil for none
}

// PeriodKind tells the result columns of a page apart.
type PeriodKind int

// The kinds of result. Only terms count lessons and absences.
const (
	Term   PeriodKind = iota // quarter, trimester or half-year
	Annual                   // «Годовая отметка»
	Exam                     // «Экзаменационная отметка»
	Final                    // «Итоговая отметка»
)

// A Period is one result of the year: a column of every marks page after the
// last lesson that is not later than To, and a row of the summary sheet.
type Period struct {
	Kind     PeriodKind
	Short    string // «I четв.», the column head
	Long     string // «I четверть», the row of the summary sheet
	From, To journal.Date
}

// A Pupil of the class list. Personal details are optional; they only appear
// on «Общие сведения об обучающихся».
type Pupil struct {
	Name     string // «Абибуллаев Артём», for the tables
	FullName string // with patronymic; empty means Name
	File     string // number of the personal file
	Born     journal.Date
	Sex      string // «м» or «ж»
	Came     journal.Date
	CameBy   string // «приказ № 12 от 30.08.2025, прибыл из …»
	Left     journal.Date
	LeftBy   string // «приказ № 31 от 12.01.2026, выбыл в …»
	Parents  string
	Phone    string
	Address  string
	Decision string // «переведён в 10 класс, протокол № 8 от 25.05.2026»
}

// A Lesson is a column of the marks page and a row of the topics page.
type Lesson struct {
	Date       journal.Date
	Number     int // of the day, from 1; 0 when unknown
	Topic      string
	Homework   string
	Substitute string // «Петренко О. И.» when somebody else gave the lesson
}

// A Cell is what stands for one pupil at one lesson.
type Cell struct {
	Mark    string // «5», «5/4», «зач»; empty for none
	Absence string // «н», «б», «уп», «нп», «оп», «осв»; empty for none
}

// PupilMarks is a row of a marks page.
type PupilMarks struct {
	Pupil   int    // index in ClassJournal.Pupils
	Cells   []Cell // as many as the subject has lessons, or fewer
	Results []string
	// Results are in the order of ClassJournal.Periods: «5», «н/а», «зач», «осв».

	// From and To bound the time in a subgroup; zero means as in the class.
	From, To journal.Date
}

// Hours compare the plan with what was given, in lessons.
type Hours struct{ Plan, Given int }

// A Subject is one page of the journal: a subject of the whole class or of one
// subgroup, with the pupils who attend it.
type Subject struct {
	Name    string // «Информатика, группа 1»
	Column  string // the column of the summary sheet, shared by subgroups: «Информатика»; empty means Name
	Teacher string // full name
	Lessons []Lesson
	Rows    []PupilMarks
	Hours   []Hours // in the order of ClassJournal.Periods; Plan 0 leaves the line out
}

// Reason of an absence as the class teacher knows it.
type Reason int

// The reasons that the attendance forms count apart.
const (
	Unexcused Reason = iota
	Illness
	Excused
)

// An Absence is what one pupil missed on one day for one reason. Absences are
// listed by date.
type Absence struct {
	Pupil   int // index in ClassJournal.Pupils
	Date    journal.Date
	Lessons int
	Day     bool // all lessons of the day were missed
	Reason  Reason
}

// A Remark is a line of «Замечания по ведению классного журнала».
type Remark struct {
	Date journal.Date
	Text string
	By   string // post and name
	Done string // «исправлено 14.10.2025, Мамбетова Э. Р.»
}

// A Seal ties the paper to the electronic journal. It is printed on the title
// page and on the certificate.
type Seal struct {
	Text string   // «Контрольная сумма электронного журнала: …»
	Code [][]bool // modules of a QR code, row by row, true is black; nil for none
}

// A ClassJournal is everything that the paper journal of one class and year
// shows. Pupils and subjects are printed in the order given.
type ClassJournal struct {
	School     School
	Class      string // «9-А»
	Year       int    // in which the school year begins
	Teacher    string // the class teacher's full name
	Index      string // «02-15», of the school's list of files
	Begun      journal.Date
	Ended      journal.Date
	Made       time.Time // the PDF's date of creation
	Periods    []Period
	Pupils     []Pupil
	Subjects   []Subject
	SchoolDays []journal.Date // on which the class had lessons, ascending
	Absences   []Absence
	Remarks    []Remark
	Seal       Seal
}

// Options are the school's choices about its paper. The zero value is the
// State standard's margins, printed on both sides, with personal details.
type Options struct {
	Simplex   bool // one page a sheet; the certificate counts sheets accordingly
	Tight     bool // narrower margins than GOST R 7.0.97-2016 allows
	NoDetails bool // leave out «Общие сведения об обучающихся»
}
