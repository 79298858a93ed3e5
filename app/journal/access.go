package journal

import (
	"fmt"
	"slices"

	"uchitelskaya/app/journal/fault"
)

// Write is one wish to write: who, what, when. On is the day of entry.
type Write struct {
	Author StaffID // zero: the school server itself
	Kind   Kind
	Key    Key
	Field  FieldNo
	Value  Value
	On     Date
}

// MayWrite says whether a wish may be fulfilled, with the same answer on every
// PC and on the server. The error's code is [fault.Invalid] for what can never
// be, [fault.Forbidden] for what this person may not do, and
// [fault.TermClosed] for what a request to the deputy may still bring about.
//
// A kind of a later version is let through for the staff: this version cannot
// judge it, and it must not be lost. A field of a later version is for those who
// write the kind: it makes the entity be there, with all that follows from that.
//
// Sources: a teacher edits the journals of his own classes, deputy and director
// see all without editing (regulations of schools); the administrator keeps
// accounts and lists and sets no marks.
func (r *Roster) MayWrite(w Write) error {
	s := SpecOf(w.Kind)
	if s == nil {
		return r.mayStaff(w)
	}
	if _, err := s.Parts(w.Key); err != nil {
		return fault.Wrap(fault.Invalid, "Запись устроена неправильно и не принята.", err)
	}
	writer := s.Writer
	if f := s.Field(w.Field); f != nil {
		if err := f.Check(w.Value); err != nil {
			return err
		}
		if f.Writer != ByKind {
			writer = f.Writer
		}
	}
	if err := r.mayAs(writer, w); err != nil {
		return err
	}
	return r.mayNow(s, w)
}

func (r *Roster) mayStaff(w Write) error {
	if s, ok := r.Staff(w.Author); ok && !s.Removed {
		return nil
	}
	return forbidden(w, "Писать в журнал могут только сотрудники школы.")
}

// mayAs checks the author against one kind of writer.
func (r *Roster) mayAs(writer Writer, w Write) error {
	if w.Author.IsZero() { // the server: sets up the school, enrols PCs and people
		if s := SpecOf(w.Kind); s.InRegister() || writer == ByServer {
			return nil
		}
		return forbidden(w, "Школьный сервер сам журналов не ведёт.")
	}
	if err := r.mayStaff(w); err != nil {
		return err
	}
	ok, text := false, "Это записывает только школьный сервер."
	switch writer {
	case ByAdmin:
		ok, text = r.HasRole(w.Author, w.On, RoleAdministrator), "Это может изменить администратор школы."
	case ByOffice:
		ok, text = r.HasRole(w.Author, w.On, RoleAdministrator, RoleDeputy), "Это может изменить администратор школы или завуч."
	case ByDeputy:
		ok, text = r.HasRole(w.Author, w.On, RoleDeputy, RoleDirector), "Это может сделать завуч или директор."
	case ByTeacher:
		ok, text = r.mayTeach(w), "Эту страницу ведёт другой учитель. Её можно только смотреть."
	case ByClassTeacher:
		ok, text = r.mayLead(w), "Причину пропуска указывает классный руководитель."
	case ByStaff:
		ok = true
	}
	if !ok {
		return forbidden(w, text)
	}
	return nil
}

// mayTeach reports whether the author teaches the page that the key names, on
// the day of the lesson or of the entry, or substitutes in that lesson.
func (r *Roster) mayTeach(w Write) bool {
	page, on, number := keyedPage(w)
	if r.teaches(w.Author, page, w.On) || on != 0 && r.teaches(w.Author, page, on) {
		return true
	}
	sub, given := r.SubstitutionAt(page, on, number)
	return given && sub.Staff == w.Author
}

// mayLead reports whether the author is class teacher of the pupil's class.
func (r *Roster) mayLead(w Write) bool {
	k := w.Key
	_, on, _, pupil := cutID[Page](&k), cutDate(&k), cutInt(&k), cutID[Pupil](&k)
	class, ok := r.ClassOf(pupil, on)
	if !ok {
		return false
	}
	for _, a := range r.ClassTeachers(class.ID) {
		if a.Staff == w.Author && (a.On(on) || a.On(w.On)) {
			return true
		}
	}
	return false
}

// mayNow refuses days outside the year, periods that the group does not have,
// and what a closed term covers: its lessons and results; the year's mark is
// covered when all terms are closed. Examination and final marks come later
// and stay open.
func (r *Roster) mayNow(s *Spec, w Write) error {
	if !s.Dated && w.Kind != KindTermMark {
		return nil
	}
	id, on, _ := keyedPage(w)
	page, ok := r.Page(id)
	if !ok {
		return fault.New(fault.Invalid, "Такой страницы в журнале нет.")
	}
	if s.Dated {
		if from, to := YearBounds(r.year); on < from || on > to {
			return fault.New(fault.Invalid, fmt.Sprintf("День %s не в этом учебном году.", on))
		}
		if t, in := r.TermAt(page.Group, on); in && t.Closed {
			return closed(t)
		}
		return nil
	}
	k := w.Key[32:]
	return r.mayResult(page.Group, Period(cutInt(&k)))
}

func (r *Roster) mayResult(g GroupID, p Period) error {
	if p == ExamMark || p == FinalMark {
		return nil
	}
	terms := r.TermsOf(g)
	open := slices.ContainsFunc(terms, func(t Term) bool { return !t.Closed })
	for _, t := range terms {
		switch {
		case t.Period() == p && t.Closed, p == YearMark && !open:
			return closed(t)
		case t.Period() == p:
			return nil
		}
	}
	if p == YearMark {
		return nil
	}
	return fault.New(fault.Invalid, "Такого периода в этом учебном году нет.")
}

// keyedPage returns the page that a teacher's key names, with day and number
// where the kind is dated.
func keyedPage(w Write) (p PageID, on Date, number int) {
	k := w.Key
	if w.Kind == KindTermMark {
		k = k[16:]
		return cutID[Page](&k), 0, 0
	}
	return cutID[Page](&k), cutDate(&k), cutInt(&k)
}

func closed(t Term) error {
	return fault.New(fault.TermClosed, t.Name()+" "+t.ClosedWord()+". Исправить можно по заявке завучу.")
}

func forbidden(w Write, text string) error {
	return fault.Wrap(fault.Forbidden, text, fmt.Errorf("%s may not write kind %d field %d", w.Author, w.Kind, w.Field))
}
