package screens

import (
	"sync"

	"fyne.io/fyne/v2"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
)

// News is what has changed since a screen was told last.
type News struct {
	Remote bool                    // some of it came from the server
	Roster bool                    // people, timetable, terms …
	Asked  bool                    // requests, or decisions on them
	Counts bool                    // the school has answered
	Pages  map[journal.PageID]bool // changed from elsewhere
}

// A newsbox gathers news from any goroutine and hands them on in one go on the
// thread of the window, so that a thousand commits redraw a screen once.
type newsbox struct {
	flush func(News)

	mu      sync.Mutex
	news    News
	waiting bool
	closed  bool
}

func (b *newsbox) put(n commit.News) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.news.Remote = b.news.Remote || n.Remote
	b.news.Roster = b.news.Roster || n.Roster
	b.news.Asked = b.news.Asked || n.Asked
	b.news.Counts = b.news.Counts || n.Counts
	if n.Remote {
		if b.news.Pages == nil {
			b.news.Pages = map[journal.PageID]bool{}
		}
		for _, p := range n.Pages {
			b.news.Pages[p] = true
		}
	}
	if !b.waiting {
		b.waiting = true
		launch(func() { fyne.Do(b.take) })
	}
}

func (b *newsbox) take() {
	b.mu.Lock()
	n, closed := b.news, b.closed
	b.news, b.waiting = News{}, false
	b.mu.Unlock()
	if !closed {
		b.flush(n)
	}
}

func (b *newsbox) shut() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
}
