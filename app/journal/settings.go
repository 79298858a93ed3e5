package journal

// The names of the school's own rules. Each has a default, which is what most
// schools write into their local act; the law leaves the choice to the school
// (Federal Law 273-FZ, article 28, part 3, item 10).
const (
	// SettingThresholds are the lowest averages, in hundredths, that propose
	// a 5, a 4 and a 3.
	SettingThresholds = "marks.thresholds"
	// SettingEnough is how many marks a term result needs, by weekly hours:
	// at one hour, at two, at three and more.
	SettingEnough = "marks.enough"
	// SettingAbsentShare is the share of lessons missed, in per cent, from
	// which н/а is proposed when there are too few marks.
	SettingAbsentShare = "marks.absent_share"
	// SettingTwoMarks allows two marks in one cell («5/4»): «да» or «нет».
	SettingTwoMarks = "marks.two"
	// SettingFinal says what the final mark of the 11th grade is made of: «все»,
	// the half-year and annual marks of both years, or «год», the annual mark.
	SettingFinal = "marks.final"
	// SettingOne says as what a «1» counts in the degree of training (СОУ):
	// «2» or «н/а».
	SettingOne = "report.one"
	// SettingWeights changes the weights of kinds of work: «1=200 8=150».
	SettingWeights = "work.weights"
	// SettingLateDays is after how many days an entry counts as late.
	SettingLateDays = "entry.late_days"
	// SettingWeekA is the Monday of any week А of the timetable (31.12.2026);
	// empty: the week of 1 September is А.
	SettingWeekA = "timetable.week_a"
	// SettingLockMinutes is after how many idle minutes a PC locks itself.
	SettingLockMinutes = "pc.lock_minutes"
)

var defaults = map[string]string{
	SettingThresholds:  "450 350 250",
	SettingEnough:      "3 5 7",
	SettingAbsentShare: "67",
	SettingTwoMarks:    "да",
	SettingFinal:       "все",
	SettingOne:         "2",
	SettingWeights:     "",
	SettingLateDays:    "7",
	SettingWeekA:       "",
	SettingLockMinutes: "10",
}
