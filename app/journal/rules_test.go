package journal_test

import (
	"testing"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/app/journal/journaltest"
)

func TestRules(t *testing.T) {
	const (
		thresholds, enough = journal.SettingThresholds, journal.SettingEnough
	)
	defaults := journaltest.New().Rules()
	if defaults.Thresholds != [3]int{450, 350, 250} || defaults.Enough != [3]int{3, 5, 7} || defaults.AbsentShare != 67 || !defaults.TwoMarks || defaults.LateDays != 7 || defaults.FinalByYear || defaults.FailedOne {
		t.Fatalf("defaults are %+v", defaults)
	}
	for name, tt := range map[string]struct {
		setting, value string
		good           bool
		read           func(journal.Rules) any
		want           any
	}{
		"a school asks for 4,60":                {thresholds, "460 360 250", true, func(r journal.Rules) any { return r.Thresholds }, [3]int{460, 360, 250}},
		"two thresholds are no thresholds":      {thresholds, "460 360", false, func(r journal.Rules) any { return r.Thresholds }, defaults.Thresholds},
		"thresholds must fall":                  {thresholds, "350 450 250", false, func(r journal.Rules) any { return r.Thresholds }, defaults.Thresholds},
		"a threshold above 5 is refused":        {thresholds, "4500 350 250", false, func(r journal.Rules) any { return r.Thresholds }, defaults.Thresholds},
		"words are no numbers":                  {enough, "три пять семь", false, func(r journal.Rules) any { return r.Enough }, defaults.Enough},
		"fewer marks are enough":                {enough, " 2  3 4 ", true, func(r journal.Rules) any { return r.Enough }, [3]int{2, 3, 4}},
		"more hours never ask for fewer marks":  {enough, "7 5 3", false, func(r journal.Rules) any { return r.Enough }, defaults.Enough},
		"a share of half":                       {journal.SettingAbsentShare, "50", true, func(r journal.Rules) any { return r.AbsentShare }, 50},
		"a share above 100 is refused":          {journal.SettingAbsentShare, "101", false, func(r journal.Rules) any { return r.AbsentShare }, 67},
		"one mark a cell":                       {journal.SettingTwoMarks, "нет", true, func(r journal.Rules) any { return r.TwoMarks }, false},
		"neither yes nor no":                    {journal.SettingTwoMarks, "иногда", false, func(r journal.Rules) any { return r.TwoMarks }, true},
		"the final mark by the year":            {journal.SettingFinal, "год", true, func(r journal.Rules) any { return r.FinalByYear }, true},
		"a 1 like н/а in СОУ":                   {journal.SettingOne, "н/а", true, func(r journal.Rules) any { return r.FailedOne }, true},
		"a test counts one and a half":          {journal.SettingWeights, "8=150", true, weight(8), 150},
		"other works keep their weight":         {journal.SettingWeights, "8=150", true, weight(1), 200},
		"a work may count nothing":              {journal.SettingWeights, "14=0", true, weight(14), 0},
		"a work that there is not is refused":   {journal.SettingWeights, "8=150 99=100", false, weight(8), 100},
		"a weight without a number is refused":  {journal.SettingWeights, "8", false, weight(8), 100},
		"a negative weight is refused":          {journal.SettingWeights, "8=-100", false, weight(8), 100},
		"a setting of a later version is given": {"later.setting", "anything", true, func(r journal.Rules) any { return r.LateDays }, 7},
	} {
		t.Run(name, func(t *testing.T) {
			s := journaltest.New()
			s.Set(journal.KindSetting, journal.Key("").Text(tt.setting), journal.SettingValue, journal.TextValue(tt.value))
			if got := tt.read(s.Rules()); got != tt.want {
				t.Errorf("%s = %q is read as %v; want %v", tt.setting, tt.value, got, tt.want)
			}
			err := journal.CheckSetting(tt.setting, tt.value)
			if tt.good && err != nil || !tt.good && fault.CodeOf(err) != fault.Invalid {
				t.Errorf("CheckSetting(%s, %q): %v", tt.setting, tt.value, err)
			}
		})
	}
}

func weight(w journal.Work) func(journal.Rules) any {
	return func(r journal.Rules) any { return r.WeightOf(journal.Lesson{Work: w}) }
}

func TestWeightOfLesson(t *testing.T) {
	r := journaltest.New().Rules()
	if got := r.WeightOf(journal.Lesson{Work: 1, Weight: 50}); got != 50 {
		t.Errorf("a weight set on the lesson: %d; want 50", got)
	}
}
