package journal

import (
	"strconv"
	"strings"

	"uchitelskaya/app/journal/fault"
)

// The words that stand for a result beside the marks 1 to 5.
const (
	NotAssessed = "н/а"   // не аттестован
	Passed      = "зач"   // зачтено
	Failed      = "незач" // не зачтено
	Released    = "осв"   // освобождён
)

// Results are the results of a period in the order of a menu.
func Results() []string {
	return []string{"5", "4", "3", "2", "1", NotAssessed, Passed, Failed, Released}
}

// MarkOf returns the mark that a result is, 0 for a word or nothing.
func MarkOf(result string) int {
	if len(result) == 1 && result[0] >= '1' && result[0] <= '5' {
		return int(result[0] - '0')
	}
	return 0
}

func result(mark int) string { return strconv.Itoa(mark) }

// An Entry is what stands in a cell: at most a code and marks beside it.
type Entry struct {
	Mark, Second int    // 1 to 5; 0: none
	Absence      string // one of [Codes]; empty: none
}

// Entry returns what the teacher wrote into the cell.
func (c Cell) Entry() Entry { return Entry{c.Mark, c.Second, c.Absence} }

// IsZero reports whether nothing stands in the cell.
func (e Entry) IsZero() bool { return e == Entry{} }

// String is the entry as a cell shows it: «5», «5/4», «н», «оп 4».
func (e Entry) String() string {
	marks := ""
	if e.Mark != 0 {
		marks = strconv.Itoa(e.Mark)
	}
	if e.Second != 0 {
		marks += "/" + strconv.Itoa(e.Second)
	}
	return join(e.Absence, marks)
}

// otherCodes are what teachers also write for a code.
var otherCodes = map[string]string{"нб": Absent, "о": CameLate, "отс": Absent}

// ParseEntry reads what somebody typed or another program exported: marks, codes
// in any letter case, «нб», «о», «5/4» where two marks are allowed, «оп 4». It
// guesses nothing: «6», «5-» or a mark beside an absence are refused with a
// sentence. The empty text is the empty entry.
func ParseEntry(text string, two bool) (Entry, error) {
	var e Entry
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r == ' ' || r == '/' || r == '\u00a0' || r == '\t' })
	for _, w := range words {
		if code, ok := otherCodes[w]; ok {
			w = code
		}
		switch mark := MarkOf(w); {
		case mark != 0 && e.Mark == 0:
			e.Mark = mark
		case mark != 0 && e.Second == 0 && two:
			e.Second = mark
		case mark == 0 && isCode(w) && e.Absence == "":
			e.Absence = w
		default:
			return Entry{}, fault.New(fault.Invalid, "Можно 1–5, н, б, уп, нп, оп, осв. «"+clip(text, 40)+"» сюда не записать.")
		}
	}
	if e.Mark != 0 && missed(e.Absence) {
		return Entry{}, fault.New(fault.Invalid, "Кто не был на уроке, тому отметка за него не ставится.")
	}
	return e, nil
}

// otherResults are what teachers also write for a result.
var otherResults = map[string]string{
	"на": NotAssessed, "н.а.": NotAssessed, "зачёт": Passed, "зачет": Passed, "зач.": Passed, "незачёт": Failed, "незачет": Failed, "незач.": Failed, "осв.": Released,
}

// ParseResult reads a result of a period in any letter case. The empty text is
// no result.
func ParseResult(text string) (string, error) {
	w := strings.ToLower(strings.TrimSpace(text))
	if other, ok := otherResults[w]; ok {
		w = other
	}
	for _, r := range Results() {
		if w == r {
			return w, nil
		}
	}
	if w == "" {
		return "", nil
	}
	return "", fault.New(fault.Invalid, "Можно 1–5, н/а, зач, незач, осв. «"+clip(text, 40)+"» сюда не записать.")
}
