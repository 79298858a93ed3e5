package demo

import (
	"fmt"

	"uchitelskaya/app/journal"
)

// A pupil is one invented pupil with what decides about his marks and absences.
type pupil struct {
	journal.Pupil
	gift    float64 // what he would get on average, 2 to 5
	truancy float64 // how likely he skips a lesson
	frail   float64 // how often he is ill, 1 is average
	likes   map[string]float64
	from    journal.Date // first day in the school this year; zero: from the beginning
	to      journal.Date // last day; zero: stays
}

// A cohort is the pupils who began together: a class that moves up.
type cohort struct {
	entry  int // the year in which they were in the 1st grade
	letter string
	pupils []*pupil
}

func (c *cohort) grade(year journal.Volume) int { return int(year) - c.entry + 1 }

func (c *cohort) name(year journal.Volume) string {
	return fmt.Sprintf("%d-%s", c.grade(year), c.letter)
}

// newCohort makes a class of a grade in a year.
func (s *School) newCohort(year journal.Volume, grade int, letter string) *cohort {
	c := &cohort{entry: int(year) - grade + 1, letter: letter}
	r := s.stream("cohort", c.entry, letter)
	size := s.sizes[grade]
	if len(s.letters) > 1 {
		size += r.between(-1, 1)
	}
	for range size {
		c.pupils = append(c.pupils, s.newPupil(r, c.entry))
	}
	return c
}

func (s *School) newPupil(r stream, entry int) *pupil {
	n := newName(r, r.chance(0.5))
	p := &pupil{
		gift:    min(max(r.normal(4.0, 0.6), 2.6), 5),
		truancy: 0.0004,
		frail:   max(r.normal(1, 0.5), 0.1),
		likes:   map[string]float64{},
	}
	if r.chance(0.06) {
		p.truancy, p.gift = 0.02, min(p.gift, 3.6)
	}
	parent := newName(r, r.chance(0.8))
	born := journal.MakeDate(entry-7, 11, 1) + journal.Date(r.IntN(365))
	p.Pupil = journal.Pupil{
		ID: newID[journal.PupilID](r), Last: n.last, First: n.first, Middle: n.middle, Born: born, Sex: "м",
		File:    fmt.Sprintf("%c-%d", []rune(n.last)[0], r.between(100, 999)),
		Address: fmt.Sprintf("%s, ул. %s, %d", s.place(), pick(r, streets), r.between(1, 60)),
		Phone:   fmt.Sprintf("+7 (978) 000-%02d-%02d", r.IntN(100), r.IntN(100)),
		Parents: fmt.Sprintf("%s %s %s", parent.last, parent.first, parent.middle),
	}
	if n.woman {
		p.Sex = "ж"
	}
	for _, subject := range curriculum {
		p.likes[subject.name] = r.normal(0, 0.3)
	}
	return p
}

var streets = []string{"Садовая", "Степная", "Полевая", "Виноградная", "Мира", "Озёрная", "Абрикосовая", "Морская", "Набережная", "Новая"}

// place is «с. Заречное».
func (s *School) place() string {
	for i, r := range s.requisites.Locality {
		if r == ',' {
			return s.requisites.Locality[:i]
		}
	}
	return s.requisites.Locality
}

// at reports whether the pupil is in the school on a day.
func (p *pupil) at(d journal.Date) bool { return d >= p.from && (p.to == 0 || d <= p.to) }
