//go:build window

package windowtest

import (
	"slices"
	"testing"
	"time"

	"uchitelskaya/sync/merge"
)

const (
	topic    = "Ёлка у школы: повторение, № 3"
	homework = "П. 12, вопросы 1-4"
)

// TestATeachersDay plays one day of a school with two PCs, in order: each part
// begins with what the part before left.
func TestATeachersDay(t *testing.T) {
	s := newSchool(t)
	plan := s.plan()
	l := plan.largest()
	t.Logf("%s teaches %s, %s: %d pupils", plan.who.Last, l.subject, l.class, len(l.pupils))
	d := &day{t: t, school: s, plan: plan, lesson: l}
	d.first = s.start("pc1", screenOf(t, 0))
	d.offline()
	d.serverBack()
	d.secondPC()
	d.apart()
	d.deputy()
}

// A day is the story: two PCs and what is typed on them.
type day struct {
	t             *testing.T
	school        *school
	plan          plan
	lesson        lesson
	first, second *program
}

// offline: without any server the teacher signs in, opens the lesson and types.
func (d *day) offline() {
	d.t.Helper()
	p, l := d.first, d.lesson
	p.shot("signin")
	p.signIn(d.plan.who)
	p.shot("today")
	p.openLesson(l)
	p.shot("journal")

	for _, step := range []struct {
		keys []string
		want map[int]entry // by row
		// commits that the keys make; 0: as many as want has rows
		commits int
	}{
		{keys: keysOf("5"), want: map[int]entry{0: {5, ""}}},
		{keys: keysOf("4"), want: map[int]entry{1: {4, ""}}},
		{keys: keysOf("нб"), want: map[int]entry{2: {0, "н"}, 3: {0, "б"}}},
		{keys: keysOf("уп"), want: map[int]entry{4: {0, "уп"}}},
		{keys: keysOf("оп"), want: map[int]entry{5: {0, "оп"}}},
		{keys: []string{"Up", "4"}, want: map[int]entry{5: {4, "оп"}}},
		{keys: keysOf("нп"), want: map[int]entry{6: {0, "нп"}}},
		{keys: keysOf("н3"), want: map[int]entry{7: {0, "н"}, 8: {3, ""}}},
		{keys: keysOf("осв"), want: map[int]entry{9: {0, "осв"}}},
		{keys: []string{"Cyrillic_en", "Return"}, want: map[int]entry{10: {0, "н"}}},
		{keys: keysOf("65"), want: map[int]entry{11: {5, ""}}}, // a bad key, and on
		{keys: []string{"3", "ctrl+Cyrillic_ya"}, want: map[int]entry{12: {d.lesson.cells[12].Mark, d.lesson.cells[12].Attendance()}}, commits: 2},
		{keys: []string{"2"}, want: map[int]entry{12: {2, ""}}},
	} {
		before, commits := p.made(), step.commits
		if commits == 0 {
			commits = len(step.want)
		}
		p.press(step.keys...)
		p.wrote(before, commits)
		for row, want := range step.want {
			if got := p.cell(l, row); got != want {
				p.shot("wrong")
				d.t.Fatalf("after %q row %d has %+v; want %+v", step.keys, row, got, want)
			}
		}
	}

	before := p.made()
	p.press("F5")
	p.press(slices.Concat([]string{"ctrl+Cyrillic_ef"}, keysOf(topic), []string{"Return", "ctrl+Cyrillic_ef"}, keysOf(homework), []string{"Return"})...)
	p.wrote(before, 2)
	p.press("F7")
	p.wrote(before, 3)
	if topicNow, homeworkNow, present := p.book.lesson(l); topicNow != topic || homeworkNow != homework || !present {
		d.t.Errorf("the lesson has topic %q, homework %q, all here %v", topicNow, homeworkNow, present)
	}
	if n := p.unsent(); n != p.made()-d.sentBefore() {
		d.t.Errorf("%d wait to be sent; want all %d of today", n, p.made()-d.sentBefore())
	}
	p.shot("waiting")
}

// sentBefore is how many commits the demo school made on the first PC.
func (d *day) sentBefore() int {
	b := openBook(d.t, schoolFolder+"/pc1")
	defer b.close()
	return b.made()
}

// serverBack: everything is sent as soon as the server is there.
func (d *day) serverBack() {
	d.t.Helper()
	d.school.serverOn()
	took := until(d.t, "everything is sent", patience, func() bool { return d.first.unsent() == 0 })
	d.t.Logf("everything was at the school %v after the server answered", took.Round(time.Millisecond))
	if n := d.first.untaken(); n != 0 {
		d.t.Errorf("the server did not take %d commits of a teacher's own page", n)
	}
	time.Sleep(time.Second)
	d.first.shot("sent")
}

// secondPC: the deputy looks at the same page on the other PC while the teacher
// types on hers.
func (d *day) secondPC() {
	d.t.Helper()
	d.second = d.school.start("pc2", screenOf(d.t, 1))
	d.second.shot("signin-empty")
	d.second.signInFirst(d.plan.deputy)
	d.second.shot("deputy-first")
	d.openPage(d.second)
	d.second.shot("deputy-online")
	if got, want := d.second.cell(d.lesson, 0), (entry{5, ""}); got != want {
		d.t.Errorf("the second PC has %+v in the first row; want %+v", got, want)
	}

	d.first.press("ctrl+Up")
	var kept, painted []time.Duration
	for row := range 7 {
		mark := 5
		if d.first.cell(d.lesson, row).mark == 5 {
			mark = 4
		}
		known, seen := d.second.known(), d.second.seen()
		d.first.press(string(rune('0' + mark)))
		begin := time.Now()
		until(d.t, "the mark is on the second PC", patience, func() bool { return d.second.known() > known })
		kept = append(kept, time.Since(begin))
		until(d.t, "the mark is seen on the second PC", patience, func() bool { return d.second.seen() != seen })
		painted = append(painted, time.Since(begin))
		if got := d.second.cell(d.lesson, row).mark; got != mark {
			d.t.Errorf("row %d of the second PC has %d; want %d", row, got, mark)
		}
		time.Sleep(200 * time.Millisecond)
	}
	slices.Sort(kept)
	slices.Sort(painted)
	d.t.Logf("from the key to the second PC's file: %v; to its screen: %v", kept, painted)
	if median := painted[len(painted)/2]; median > time.Second {
		d.t.Errorf("a mark takes %v to be seen on the second PC; want at most 1 s", median)
	}
}

// openPage opens the page of the lesson from the list of pages.
func (d *day) openPage(p *program) {
	d.t.Helper()
	p.press("F3")
	p.turn("F10")
	p.write(d.lesson.class + " " + d.lesson.subject)
	p.shot("pages")
	p.turn("Return")
}

// apart: both PCs change the same cell without a network. Both values are kept,
// the later one is shown, the teacher decides, and the decision reaches both.
func (d *day) apart() {
	d.t.Helper()
	l, row := d.lesson, 0
	d.second.turn("ctrl+Cyrillic_de") // Ctrl+L in the Russian layout
	d.second.turn("Tab", "Tab", "space")
	d.second.shot("signin-stranger")
	d.second.signInFirst(d.plan.who)
	d.second.openLesson(l)
	d.school.serverOff()

	d.first.press("ctrl+Up", "3")
	until(d.t, "the first PC keeps its mark", patience, func() bool { return d.first.cell(l, row).mark == 3 })
	d.second.press("2")
	until(d.t, "the second PC keeps its mark", patience, func() bool { return d.second.cell(l, row).mark == 2 })

	// The later of the two by their stamps is shown, until a person decides for
	// the other.
	shown, other := 2, 3
	if merge.CompareHeads(d.first.latest(), d.second.latest()) < 0 {
		shown, other = 3, 2
	}

	d.school.serverOn()
	both := []*program{d.first, d.second}
	for _, p := range both {
		until(d.t, "both values are on both PCs", patience, func() bool { return p.disputes() == 1 && p.unsent() == 0 })
		if got := p.cell(l, row).mark; got != shown {
			d.t.Errorf("%s shows %d; want %d, the later mark", p.dir, got, shown)
		}
		if n := p.untaken(); n != 0 {
			d.t.Errorf("%s: the server did not take %d commits", p.dir, n)
		}
	}
	time.Sleep(time.Second)
	d.first.shot("two-marks")
	d.first.turn("F9")
	d.first.shot("decisions")
	d.first.turn("Return")
	d.first.shot("decision")
	d.first.press("F3")
	for _, p := range both {
		until(d.t, "the decision is on both PCs", patience, func() bool { return p.disputes() == 0 && p.cell(l, row).mark == other })
	}
	time.Sleep(500 * time.Millisecond)
	d.first.shot("decided")
	d.second.shot("decided")
}

// deputy: without a network the deputy opens the page and can change nothing.
func (d *day) deputy() {
	d.t.Helper()
	p := d.second
	d.school.serverOff()
	p.turn("ctrl+Cyrillic_de")
	p.shot("signin-two")
	p.signIn(d.plan.deputy)
	d.openPage(p)
	p.shot("deputy-offline")
	before, known, was := p.made(), p.known(), p.cell(d.lesson, 0)
	p.press(slices.Concat([]string{"ctrl+Up"}, keysOf("5н4"), []string{"Delete", "F7", "F5"}, keysOf("тема"), []string{"Return", "Escape", "Up", "2", "BackSpace"})...)
	time.Sleep(2 * time.Second)
	p.shot("deputy-refused")
	if n := p.made() - before; n != 0 || p.known() != known || p.cell(d.lesson, 0) != was {
		d.t.Errorf("the deputy's keys made %d commits", n)
	}
	for _, p := range []*program{d.first, d.second} {
		if c := p.complaint(); c != "" {
			d.t.Errorf("%s complained: %s", p.dir, c)
		}
	}
}
