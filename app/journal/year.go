package journal

// Scheme divides a school year into terms.
type Scheme int

// The schemes; each class has one, by default quarters to grade 9 and
// half-years after.
const (
	Quarters   Scheme = 1
	Trimesters Scheme = 2
	HalfYears  Scheme = 3
)

// DefaultScheme is the scheme of a grade unless the school says otherwise.
func DefaultScheme(grade int) Scheme {
	if grade >= 10 {
		return HalfYears
	}
	return Quarters
}

// Term is one term of a scheme, both days included.
type Term struct {
	Scheme   Scheme
	Number   int // from 1
	From, To Date
	Closed   bool // marks inside are locked; see [Roster.MayWrite]
}

// Has reports whether the day is in the term.
func (t Term) Has(d Date) bool { return t.From != 0 && d >= t.From && d <= t.To }

// Name is «II четверть», «1 триместр», «I полугодие».
func (t Term) Name() string { return t.Period().Name(t.Scheme) }

// ClosedWord agrees with the name: «закрыта», «закрыт», «закрыто».
func (t Term) ClosedWord() string {
	return map[Scheme]string{Quarters: "закрыта", Trimesters: "закрыт", HalfYears: "закрыто"}[t.Scheme]
}

// Period is the period of the term's result.
func (t Term) Period() Period { return Period(t.Number) }

// Period is what a result is given for: a term by its number, or one of the
// year's results.
type Period int

// The results of the year beside those of the terms.
const (
	YearMark  Period = 101 // годовая
	ExamMark  Period = 102 // экзаменационная
	FinalMark Period = 103 // итоговая
)

var roman = [...]string{"", "I", "II", "III", "IV", "V", "VI"}

// Roman is the term's number as printed: «II»; the year's results have words.
func (p Period) Roman() string {
	switch {
	case p == YearMark:
		return "Год"
	case p == ExamMark:
		return "Экз."
	case p == FinalMark:
		return "Итог"
	case int(p) < len(roman):
		return roman[p]
	}
	return ""
}

// Name is «II четверть», «I полугодие», «Годовая отметка».
func (p Period) Name(s Scheme) string {
	switch p {
	case YearMark:
		return "Годовая отметка"
	case ExamMark:
		return "Экзаменационная отметка"
	case FinalMark:
		return "Итоговая отметка"
	}
	return p.Roman() + " " + map[Scheme]string{Quarters: "четверть", Trimesters: "триместр", HalfYears: "полугодие"}[s]
}

// Short is «II четв.», «I полуг.», «Год».
func (p Period) Short(s Scheme) string {
	if p >= YearMark {
		return p.Roman()
	}
	return p.Roman() + " " + map[Scheme]string{Quarters: "четв.", Trimesters: "трим.", HalfYears: "полуг."}[s]
}

// Holiday is a day, or several, without lessons inside a term.
type Holiday struct {
	From, To Date // To zero: one day
	Title    string
}

// Has reports whether the day is free.
func (h Holiday) Has(d Date) bool { return d == h.From || h.To != 0 && d >= h.From && d <= h.To }

// YearBounds returns the first and last day that belong to a volume's year.
func YearBounds(v Volume) (from, to Date) {
	return MakeDate(int(v), 8, 1), MakeDate(int(v)+1, 7, 31)
}

// YearName is «2026/27».
func (v Volume) YearName() string {
	return itoa4(int(v)) + "/" + itoa4(int(v) + 1)[2:]
}

func itoa4(n int) string {
	return string([]byte{byte('0' + n/1000%10), byte('0' + n/100%10), byte('0' + n/10%10), byte('0' + n%10)})
}

// DefaultTerms are the terms of a year as most schools set them; the school
// changes the days under «Учебный год».
func DefaultTerms(year Volume) []Term {
	y := int(year)
	d := MakeDate
	return []Term{
		{Scheme: Quarters, Number: 1, From: d(y, 9, 1), To: d(y, 10, 30)},
		{Scheme: Quarters, Number: 2, From: d(y, 11, 9), To: d(y, 12, 30)},
		{Scheme: Quarters, Number: 3, From: d(y+1, 1, 11), To: d(y+1, 3, 26)},
		{Scheme: Quarters, Number: 4, From: d(y+1, 4, 5), To: d(y+1, 5, 28)},
		{Scheme: Trimesters, Number: 1, From: d(y, 9, 1), To: d(y, 11, 20)},
		{Scheme: Trimesters, Number: 2, From: d(y, 11, 30), To: d(y+1, 2, 26)},
		{Scheme: Trimesters, Number: 3, From: d(y+1, 3, 1), To: d(y+1, 5, 28)},
		{Scheme: HalfYears, Number: 1, From: d(y, 9, 1), To: d(y, 12, 30)},
		{Scheme: HalfYears, Number: 2, From: d(y+1, 1, 11), To: d(y+1, 5, 28)},
	}
}
