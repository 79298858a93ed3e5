package demo

import (
	_ "embed"
	"fmt"
	"strings"
)

// topics are what is taught, subject by subject, in the order of the years.
var topics = readTopics(topicsText)

//go:embed topics.txt
var topicsText string

// The lists of topics that go by another name than the subject's.
const (
	primaryRussian = "Русский язык, начальная школа"
	otherTopics    = "прочее"
)

func readTopics(text string) map[string][]string {
	out, name := map[string][]string{}, ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if title, ok := strings.CutPrefix(line, "# "); ok {
			name = title
		} else if line != "" {
			out[name] = append(out[name], line)
		}
	}
	return out
}

// steps are the lessons of one topic.
var steps = map[kind][]string{
	language: {"", "Закрепление", "Упражнения", "Работа с текстом", "Обобщение"},
	reading:  {"", "Чтение и анализ", "Герои и их поступки", "Выразительное чтение", "Обобщение"},
	numbers:  {"", "Решение задач", "Закрепление", "Самостоятельное решение", "Обобщение"},
	nature:   {"", "Опыты и наблюдения", "Решение задач", "Обобщение"},
	society:  {"", "Работа с источником", "Работа с картой", "Обобщение"},
	foreign:  {"", "Лексика", "Грамматика", "Аудирование", "Говорение", "Чтение"},
	arts:     {"", "Практическая работа", "Завершение работы"},
	sport:    {"", "Совершенствование", "Контрольное упражнение"},
	leisure:  {"", "Практикум"},
}

// topic is the topic of a page's lesson, the given-th of the year, and what of it
// is done: «Квадратные корни», «Решение задач».
func (p *page) topic() (topic, step string) {
	list := topics[p.subject.name]
	if p.subject.name == "Русский язык" && p.group.Grade <= 4 {
		list = topics[primaryRussian]
	}
	if list == nil {
		list = topics[otherTopics]
	}
	planned := max(p.hours*34/100, len(list))
	at := p.given * len(list) / planned
	first := (at*planned + len(list) - 1) / len(list)
	return list[(at+5*p.subject.years(p.group.Grade))%len(list)], steps[p.subject.kind][(p.given-first)%len(steps[p.subject.kind])]
}

// years is how many years a subject was taught before a grade; an extra always
// begins anew.
func (s *subject) years(grade int) (n int) {
	for g := range grade {
		if s.hours[g] > 0 {
			n++
		}
	}
	return n
}

// homework is what is set after a lesson; empty when nothing is.
func (p *page) homework(rnd stream) string {
	if p.group.Grade == 1 || rnd.chance(0.04) {
		return ""
	}
	paragraph := 1 + p.given*45/max(p.hours*34/100, 1)
	exercise := 1 + p.given*3 + rnd.IntN(3)
	switch p.subject.kind {
	case language:
		return pick(rnd, []string{
			fmt.Sprintf("Упр. %d", exercise), fmt.Sprintf("§ %d, упр. %d", paragraph, exercise), fmt.Sprintf("Упр. %d, выучить правило", exercise), "Словарные слова, карточка",
		})
	case reading:
		return pick(rnd, []string{
			fmt.Sprintf("Стр. %d–%d, пересказ", 4*paragraph, 4*paragraph+3), "Выучить стихотворение наизусть", fmt.Sprintf("Стр. %d, вопросы 1–4", 4*paragraph), "Читать следующую главу",
		})
	case numbers:
		return pick(rnd, []string{
			fmt.Sprintf("№ %d, %d", exercise, exercise+2), fmt.Sprintf("§ %d, № %d", paragraph, exercise), fmt.Sprintf("№ %d (а, б), повторить формулы", exercise), fmt.Sprintf("Карточка № %d", rnd.between(1, 12)),
		})
	case nature, society:
		return pick(rnd, []string{
			fmt.Sprintf("§ %d, вопросы 1–%d", paragraph, rnd.between(3, 6)), fmt.Sprintf("§ %d, пересказ", paragraph), fmt.Sprintf("§ %d, задание в тетради", paragraph), fmt.Sprintf("Повторить § %d–%d", paragraph, paragraph+1),
		})
	case foreign:
		return pick(rnd, []string{
			fmt.Sprintf("Упр. %d, стр. %d", rnd.between(1, 9), 3*paragraph), "Выучить новые слова", fmt.Sprintf("Составить диалог, стр. %d", 3*paragraph), fmt.Sprintf("Перевод текста, стр. %d", 3*paragraph),
		})
	}
	return ""
}
