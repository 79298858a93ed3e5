package screens

import (
	"fyne.io/fyne/v2"

	"uchitelskaya/sync/commit"
)

// The names of the items that others lead to.
const (
	todayItem     = "today"
	journalItem   = "journal"
	decisionsItem = "decisions"
	waitingItem   = "waiting"
	refusedItem   = "refused"
	requestsItem  = "requests"
)

// Items are the entries of the rail that this package has itself, in order;
// those that load and print are put after them.
func Items() []Item {
	return []Item{
		{Name: todayItem, Icon: "today", Key: fyne.KeyF1, Open: func(s *Shell) Screen { return NewToday(s.Session(), s) }},
		{Name: journalItem, Icon: "journal", Key: fyne.KeyF3, Open: func(s *Shell) Screen { return NewJournal(s.Session(), s) }},
		{
			Name: decisionsItem, Icon: "decisions", Key: fyne.KeyF9, Open: func(s *Shell) Screen { return NewDecisions(s.Session(), s) },
			Count: func(n commit.Counts) int { return n.Disputes },
		},
		RequestsItem(),
		{
			Name: waitingItem, Icon: "sending", Key: fyne.KeyF9, Open: func(s *Shell) Screen { return NewWaiting(s.Session(), s) },
			Count: func(n commit.Counts) int { return n.Refused + n.Returned },
		},
		{Name: refusedItem, Under: waitingItem, Key: fyne.KeyF9, Open: func(s *Shell) Screen { return NewRefused(s.Session(), s) }},
		PrintItem(),
		IntakeItem(),
	}
}
