package main

import (
	"fmt"
	"maps"
	"slices"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/rebuild"
)

// rebuilt is what rebuild tells, also as JSON.
type rebuilt struct {
	School   string       `json:"school"`         // full name
	Data     string       `json:"data,omitempty"` // folder
	Number   string       `json:"number"`         // of the school, in a database
	Volumes  []volumeNews `json:"volumes"`
	Journals []brought    `json:"journals"`
	Codes    []pcCode     `json:"codes"`
	Accounts []listed     `json:"accounts"`
}

// volumeNews is one volume of the former server's log.
type volumeNews struct {
	Volume journal.Volume `json:"volume"`
	Places int            `json:"places"`
	Root   string         `json:"root"`
	Proven uint64         `json:"proven"` // by the signature of the former server
	Lost   uint64         `json:"lost"`   // places that it had and no journal has
}

// brought is what one journal has added.
type brought struct {
	Journal    string                 `json:"journal"`
	Places     map[journal.Volume]int `json:"places"` // of the log, that no journal before had
	More       int                    `json:"more"`   // taken by an earlier server only
	Accepted   int                    `json:"accepted"`
	Requested  int                    `json:"requested"`
	Refused    int                    `json:"refused"`
	Remembered int                    `json:"remembered"`
	Unsigned   int                    `json:"unsigned"`
	Clashes    int                    `json:"clashes"`
	Unread     int                    `json:"unread"`
	Damaged    bool                   `json:"damaged"`
	Former     bool                   `json:"former"` // it knew an earlier server than the last one
	Forged     []journal.Volume       `json:"forged,omitempty"`
	Forks      []rebuild.Fork         `json:"forks,omitempty"`
}

// pcCode is a code for a PC to go over to the new server.
type pcCode struct {
	Name  string `json:"name"`
	Code  string `json:"code"`
	Given bool   `json:"given"` // its journal was among those given
}

func (m *remaking) report(p place) *rebuilt {
	r := &rebuilt{School: m.school.Register().School().Name, Number: m.known.ID.String()}
	if !p.database() { // an address may hold a password
		r.Data = p.at
	}
	for _, v := range m.known.Volumes {
		n := uint64(len(v.Entries))
		r.Volumes = append(r.Volumes, volumeNews{v.Volume, len(v.Entries), v.Root.String(), v.Proven, max(v.Shown, n) - n})
	}
	for i, s := range m.known.Shares {
		o := m.remade[i]
		r.Journals = append(r.Journals, brought{
			Journal: s.Name, Places: s.Places, More: s.More, Accepted: o.Accepted, Requested: o.Requested, Refused: o.Refused, Remembered: o.Remembered,
			Unsigned: o.Unsigned, Clashes: o.Clashes + len(s.Clashes), Unread: s.Unread, Damaged: m.sources[i].Salvaged != nil, Former: !s.Last,
			Forged: s.Forged, Forks: s.Forks,
		})
	}
	return r
}

// print tells the administrator what is there again, and what is to be done.
func (r *rebuilt) print(s *shell) {
	s.say("Школьный сервер создан заново: %s", r.School)
	data := "-data " + r.Data
	if r.Data == "" {
		data = "-data postgres://… -school " + r.Number
		s.say("Номер школы в базе данных: %s", r.Number)
	} else {
		s.say("Данные: %s", r.Data)
	}
	s.say("\nЧто было у прежнего сервера:")
	for _, v := range r.Volumes {
		s.say("  %s: %s, корень %s", volumeName(v.Volume), entries(v.Places), v.Root)
		switch {
		case v.Proven == uint64(v.Places):
			s.say("    подпись прежнего сервера сходится")
		case v.Proven > 0:
			s.say("    подпись прежнего сервера сходится до записи %d; дальше его подписи в журналах нет", v.Proven)
		default:
			s.say("    подпись прежнего сервера не доказана: журналы взяты на веру")
		}
		if v.Lost > 0 {
			s.say("    прежний сервер показывал ещё %s: в этих журналах их нет, передать их могут остальные компьютеры", entries(int(v.Lost)))
		}
	}
	s.say("\nЧто добавил каждый журнал:")
	for _, b := range r.Journals {
		b.print(s)
	}
	r.printPCs(s)
	s.say("\nИмена для входа и новые одноразовые пароли (прежние пароли были только на прежнем сервере):")
	for _, a := range r.Accounts {
		s.say("  %-20s  %s  %s", a.Name, a.Password, a.Staff)
	}
	s.say("Остальным сотрудникам: uchitelskaya-server account add %s -all", data)
}

func (r *rebuilt) printPCs(s *shell) {
	s.say("\nКомпьютеры школы. На каждом введите его код: «Подключить заново». Код действует час, новый даёт uchitelskaya-server code.")
	for _, c := range r.Codes {
		note := ""
		if !c.Given {
			note = "  (журнала не было: передаст своё сам)"
		}
		s.say("  %s%s", c.Name, note)
		s.say("    %s", c.Code)
	}
	if len(r.Codes) == 0 {
		s.say("  ни одного")
	}
}

func (b *brought) print(s *shell) {
	s.say("  %s", b.Journal)
	if b.Damaged {
		s.say("    файл повреждён: взято то, что прочиталось")
	}
	if b.Former {
		s.say("    знает только более ранний сервер школы")
	}
	nothing := true
	tell := func(n int, text string) {
		if n > 0 {
			s.say("    %s: %d", text, n)
			nothing = false
		}
	}
	for _, v := range slices.Sorted(maps.Keys(b.Places)) {
		tell(b.Places[v], "из записей прежнего сервера, "+volumeName(v))
	}
	tell(b.More, "принятых раньше, но не известных последнему серверу")
	tell(b.Accepted, "записанных на этом компьютере и ещё не переданных, приняты")
	tell(b.Requested, "из них ждут решения завуча")
	tell(b.Refused, "из них отклонены, содержание сохранено")
	tell(b.Remembered, "не принятых прежним сервером, его ответ остался в силе")
	tell(b.Unsigned, "взято без подписи сотрудника")
	tell(b.Clashes, "под тем же номером уже есть другая запись; посмотрите этот журнал отдельно")
	tell(b.Unread, "не читаются или другой школы")
	for _, f := range b.Forks {
		s.say("    %s: с записи %d расходится с остальными журналами; то, чего в них нет, добавлено", volumeName(f.Volume), f.Position)
	}
	for _, v := range b.Forged {
		s.say("    %s: подпись прежнего сервера не сходится", volumeName(v))
	}
	if nothing {
		s.say("    нового нет")
	}
}

func volumeName(v journal.Volume) string {
	if v == journal.Register {
		return "списки школы"
	}
	return v.YearName()
}

func entries(n int) string {
	return fmt.Sprintf("%d %s", n, journal.Plural(n, "запись", "записи", "записей"))
}
