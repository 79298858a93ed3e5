package screens

import (
	"context"

	"fyne.io/fyne/v2"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// A Screen is one page of the window.
type Screen interface {
	// Content is the object to show; the same at every call.
	Content() fyne.CanvasObject
	// Bar is what stands at the left of the bottom bar.
	Bar() fyne.CanvasObject
	// Load reads what the screen shows. It is called each time the screen is
	// opened; ctx ends when it is left.
	Load(ctx context.Context)
	// Close ends what still runs. Nothing may be lost by it.
	Close()
}

// A Listener is a screen that wants to know what changed in the journal. It is
// called on the thread of the window, with many changes at once as one.
type Listener interface{ Changed(News) }

// A Pauser is a screen that keeps what is half typed when its person locks the
// PC; Load brings it back.
type Pauser interface{ Pause() }

// A Keyed screen takes keys that no object on it wanted.
type Keyed interface{ Key(*fyne.KeyEvent) bool }

// An Item is one entry of the rail.
type Item struct {
	Name  string // of the text in shell.json and of the icon
	Icon  string
	Under string                   // name of the item that stands for it in the rail; empty: its own
	Key   fyne.KeyName             // opens it from anywhere, pressed again the next that has it
	For   func(*desk.Session) bool // nil: everybody
	Open  func(*Shell) Screen      // makes the screen; called once a session
	Count func(commit.Counts) int  // badge; nil: none
}

// A Place is where a link leads: a page of the journal, a lesson and a pupil on
// it, and what of the lesson is to be filled in.
type Place struct {
	Page   journal.PageID
	Date   journal.Date
	Number int
	Pupil  journal.PupilID
	Period journal.Period // of a result
	Part   Part
}

// A Part is a part of a lesson, or of what is known of it.
type Part int

// The parts.
const (
	Marks Part = iota
	Attendance
	Topic
	Homework
	// NotTaken leads to what the school did not take of the place.
	NotTaken
)

// A Guest is a screen that can be opened at a place.
type Guest interface{ Go(Place) }
