package journal

// Typed ids.
type (
	SchoolID = ID[School]
	StaffID  = ID[Staff]
	PupilID  = ID[Pupil]
	GroupID  = ID[Group]
	PageID   = ID[Page]
	DeviceID = ID[Device]
	RemarkID = ID[Remark]
)

// School is the school and the requisites of its letterhead.
type School struct {
	ID                                 SchoolID
	Name, Short                        string // whole and short official name
	Founder, Locality, Address         string // «Республика Крым», «с. Столбовое, Джанкойский район», …
	Phone, Email, OKPO, OGRN, INN, KPP string
	Bank                               string
	Director                           StaffID
}

// Staff is one member of the staff.
type Staff struct {
	ID                  StaffID
	Last, First, Middle string
	Position            string
	Removed             bool
}

// Full is «Ковальчук Анна Сергеевна».
func (s Staff) Full() string { return join(s.Last, s.First, s.Middle) }

// Initials is «А. С. Ковальчук».
func (s Staff) Initials() string { return join(initial(s.First), initial(s.Middle), s.Last) }

// Role is what a person may do in the whole school; a teacher's rights come
// from the pages he teaches.
type Role int

// The roles.
const (
	RoleAdministrator Role = 1
	RoleDeputy        Role = 2
	RoleDirector      Role = 3
)

// RoleGrant gives a role to a person for a period; To zero: until further notice.
type RoleGrant struct {
	Staff    StaffID
	Role     Role
	From, To Date
	GivenBy  StaffID
}

// Pupil is one pupil of the school.
type Pupil struct {
	ID                      PupilID
	Last, First, Middle     string
	Born                    Date
	Sex                     string // «м», «ж» or unknown
	File                    string // № личного дела
	Address, Phone, Parents string
	Removed                 bool
}

// Name is «Ключевой Егор», as it stands in lists.
func (p Pupil) Name() string { return join(p.Last, p.First) }

// Full is «Ключевой Егор Андреевич».
func (p Pupil) Full() string { return join(p.Last, p.First, p.Middle) }

// Subject is what is taught: a subject, an elective, a club.
type Subject struct {
	Key         Key
	Name, Short string
	Order       int
	Unmarked    bool // безотметочное обучение
	Removed     bool
}

// SubjectKey names a subject by its title, whatever its case and spaces.
func SubjectKey(title string) Key {
	return Key("").Text(clip(Normal(title), MaxKeyText))
}

// Sort is the kind of a group.
type Sort int

// The kinds of groups. A number once released keeps its meaning.
const (
	SortClass      Sort = 1 // класс
	SortSubgroup   Sort = 2 // подгруппа of a class
	SortInterclass Sort = 3 // межклассная группа
	SortElective   Sort = 4 // факультатив
	SortClub       Sort = 5 // кружок, секция
	SortExtended   Sort = 6 // группа продлённого дня
	SortOther      Sort = 7 // other extracurricular activity
)

// Group is a set of pupils who have a journal page together. A class is one.
type Group struct {
	ID      GroupID
	Name    string // «7-А», «7-А, 1 группа», «Шахматы»
	Sort    Sort
	Grade   int // 1 to 11; 0 for groups of several grades
	Letter  string
	Scheme  Scheme  // zero: by grade
	Parent  GroupID // the class of a subgroup
	Removed bool
}

// ClassID names a class of a school year by grade and letter.
func ClassID(year Volume, grade int, letter string) GroupID {
	return derive[Group](KindGroup, Key("").Int(int(year)).Int(grade).Text(Normal(letter)))
}

// NamedGroupID names another group of a school year by what it is called.
func NamedGroupID(year Volume, sort Sort, name string) GroupID {
	return derive[Group](KindGroup, Key("").Int(int(year)).Int(1000+int(sort)).Text(Normal(name)))
}

// Page is a journal page: one subject of one group.
type Page struct {
	ID      PageID
	Group   GroupID
	Subject Key
	Hours   int // a week, in hundredths
	Planned int // lessons planned for the year
	Room    string
	Order   int
	Removed bool
}

// PageKey names a page by its group and subject.
func PageKey(g GroupID, subject Key) Key { return IDKey(g) + subject }

// PageIDOf is the id that lessons and cells use for the page.
func PageIDOf(k Key) PageID { return derive[Page](KindPage, k) }

// Assignment gives something to a member of the staff for a period: a page to
// its teacher, a class to its class teacher.
type Assignment struct {
	Staff    StaffID
	From, To Date // To zero: until further notice
}

// On reports whether the assignment holds on the day.
func (a Assignment) On(d Date) bool { return during(a.From, a.To, d) }

// Membership puts a pupil into a group for a period.
type Membership struct {
	Group             GroupID
	Pupil             PupilID
	From, To          Date // To is the last day; zero: still there
	OrderIn, OrderOut string
	Note              string
}

// On reports whether the pupil belongs to the group on the day.
func (m Membership) On(d Date) bool { return during(m.From, m.To, d) }

// Slot is one place of a page in the timetable.
type Slot struct {
	Page     PageID
	Weekday  int // 1 Monday to 7 Sunday
	Number   int // lesson number of the day
	Week     Week
	From, To Date // To zero: until further notice
	Room     string
}

// Week says in which weeks a slot holds.
type Week int

// The weeks of a timetable.
const (
	EveryWeek Week = 0
	WeekA     Week = 1
	WeekB     Week = 2
)

// Substitution gives one lesson to another teacher.
type Substitution struct {
	Page   PageID
	Date   Date
	Number int
	Staff  StaffID
	Note   string
}

// Bell is the time of one lesson number, in minutes after midnight.
type Bell struct{ Number, Start, End int }

// Decision is what the teachers' council decided about a pupil at the year's end.
type Decision struct {
	Group    GroupID
	Pupil    PupilID
	Text     string
	Date     Date
	Protocol string
}

// Remark is the deputy's note on a page, a lesson or a cell.
type Remark struct {
	ID                RemarkID
	Page              PageID
	Date              Date
	Number            int
	Pupil             PupilID
	Text, Answer      string
	By                StaffID
	Made, Due, Closed Date
}

// Device is a school PC (or the server itself).
type Device struct {
	ID      DeviceID
	Name    string
	Public  []byte // Ed25519
	Revoked bool
	CopyOf  DeviceID // the PC of whose disk it is a copy; zero: none
}

// Lesson is one lesson of a page: what is on the right side of the spread.
type Lesson struct {
	Page       PageID
	Date       Date
	Number     int
	Topic      string
	Homework   string
	NoHomework bool // «не задано»
	Work       Work
	Weight     int // hundredths; zero: the weight of the kind of work
	Note       string
	Removed    bool
	Present    bool // «все остальные есть» was pressed: attendance is complete
}

// Key names the lesson.
func (l Lesson) Key() Key { return LessonKey(l.Page, l.Date, l.Number) }

// LessonKey names a lesson by page, date and number in the day.
func LessonKey(p PageID, d Date, number int) Key { return IDKey(p).Date(d).Int(number) }

// Cell is one cell of a page: a pupil at a lesson.
type Cell struct {
	Page         PageID
	Date         Date
	Number       int
	Pupil        PupilID
	Mark, Second int    // 1 to 5; 0: none
	Absence      string // the teacher's code: н, б, уп, нп, оп, осв
	Reason       string // the class teacher's: б, уп, нп
	Note         string

	State CellState
}

// CellState says what is special about a cell on this PC.
type CellState uint8

// The states, which may stand together.
const (
	Unsent  CellState = 1 << iota // not yet at the school server
	Rivals                        // several values stand; a person must decide
	Late                          // entered later than the rule of the school asks
	Refused                       // the server did not take the last entry
)

// Key names the cell.
func (c Cell) Key() Key { return CellKey(c.Page, c.Date, c.Number, c.Pupil) }

// CellKey names a cell by lesson and pupil.
func CellKey(p PageID, d Date, number int, pupil PupilID) Key {
	return LessonKey(p, d, number).ID(pupil)
}

// TermMark is the result of a pupil on a page for a period.
type TermMark struct {
	Pupil  PupilID
	Page   PageID
	Period Period
	Value  string // 5 … 1, н/а, зач, незач, осв
	State  CellState
}

// TermMarkKey names a result.
func TermMarkKey(pupil PupilID, page PageID, p Period) Key {
	return IDKey(pupil).ID(page).Int(int(p))
}

func during(from, to, d Date) bool { return d >= from && (to == 0 || d <= to) }
