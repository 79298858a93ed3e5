package journal

import (
	"strconv"
	"strings"

	"uchitelskaya/app/journal/fault"
)

// Rules are the school's own rules about marks, read from its settings. A
// setting that does not say anything sensible counts as if it were not there.
type Rules struct {
	Thresholds  [3]int // lowest averages for a 5, a 4 and a 3, in hundredths, falling
	Enough      [3]int // marks that a term's result needs at one, two, three and more hours a week
	AbsentShare int    // per cent of lessons missed from which «н/а» is proposed
	TwoMarks    bool   // two marks may stand in one cell
	LateDays    int    // days after which an entry counts as late
	FinalByYear bool   // 11th grade: the final mark is the annual one
	FailedOne   bool   // a «1» counts as «н/а» in the degree of training, not as a «2»

	weights map[Work]int
}

// EnoughAt returns how many marks the result of a term needs at so many hours a
// week, in hundredths.
func (r Rules) EnoughAt(hours int) int {
	return r.Enough[min(max(hours/100-1, 0), len(r.Enough)-1)]
}

// WeightOf returns what the marks of a lesson count for, in hundredths: what the
// lesson says, else what the school gives the kind of work.
func (r Rules) WeightOf(l Lesson) int {
	if l.Weight != 0 {
		return l.Weight
	}
	if w, ok := r.weights[l.Work]; ok {
		return w
	}
	return l.Work.Kind().Weight
}

// Rules returns the school's rules.
func (r *Roster) Rules() Rules {
	var out Rules
	for name, read := range readers {
		if !read(&out, r.Setting(name)) {
			read(&out, defaults[name])
		}
	}
	return out
}

// CheckSetting refuses a value that the setting cannot have; a setting of a
// later version is let through.
func CheckSetting(name, value string) error {
	if read, ok := readers[name]; ok && !read(&Rules{}, value) {
		return fault.New(fault.Invalid, "Так это правило записать нельзя. Пример: «"+example(name)+"».")
	}
	return nil
}

func example(name string) string {
	if name == SettingWeights {
		return "1=200 8=150"
	}
	return defaults[name]
}

// readers put the value of a setting into the rules, or report that it says
// nothing sensible and leave them as they are.
var readers = map[string]func(*Rules, string) bool{
	SettingThresholds: func(r *Rules, s string) bool {
		t, ok := triple(s, 100, 500)
		ok = ok && t[0] > t[1] && t[1] > t[2]
		return set(&r.Thresholds, t, ok)
	},
	SettingEnough: func(r *Rules, s string) bool {
		t, ok := triple(s, 1, 50)
		ok = ok && t[0] <= t[1] && t[1] <= t[2]
		return set(&r.Enough, t, ok)
	},
	SettingAbsentShare: func(r *Rules, s string) bool { return number(&r.AbsentShare, s, 1, 100) },
	SettingTwoMarks:    func(r *Rules, s string) bool { return choice(&r.TwoMarks, s, "да", "нет") },
	SettingLateDays:    func(r *Rules, s string) bool { return number(&r.LateDays, s, 0, 365) },
	SettingFinal:       func(r *Rules, s string) bool { return choice(&r.FinalByYear, s, "год", "все") },
	SettingOne:         func(r *Rules, s string) bool { return choice(&r.FailedOne, s, "н/а", "2") },
	SettingWeights: func(r *Rules, s string) bool {
		weights := map[Work]int{}
		for _, pair := range strings.Fields(s) {
			left, right, found := strings.Cut(pair, "=")
			var work, weight int
			if !found || !number(&work, left, 0, len(kindsOfWork)-1) || !number(&weight, right, 0, 1000) {
				return false
			}
			weights[Work(work)] = weight
		}
		return set(&r.weights, weights, true)
	},
}

func set[T any](to *T, v T, ok bool) bool {
	if ok {
		*to = v
	}
	return ok
}

func number(to *int, s string, least, most int) bool {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	return set(to, n, err == nil && n >= least && n <= most)
}

func choice(to *bool, s, yes, no string) bool {
	s = strings.TrimSpace(s)
	return set(to, s == yes, s == yes || s == no)
}

func triple(s string, least, most int) (t [3]int, ok bool) {
	parts := strings.Fields(s)
	if len(parts) != len(t) {
		return t, false
	}
	for i, p := range parts {
		if !number(&t[i], p, least, most) {
			return t, false
		}
	}
	return t, true
}
