package client

import (
	"fmt"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
)

// tolerated is how far the clock of a PC may be from the server's before people
// are told.
const tolerated = 2 * time.Minute

// compare holds this PC's clock against the server's, which was read at some
// moment of the round trip that has just ended.
func (c *Client) compare(server int64, took time.Duration) {
	if server == 0 {
		return // a server that does not say
	}
	off := c.now().Sub(time.UnixMilli(server).Add(took / 2))
	var err error
	if off.Abs() > tolerated+took/2 {
		err = wrongClock(off)
	}
	c.mu.Lock()
	same := c.clock == nil && err == nil || fault.TextOf(c.clock) == fault.TextOf(err) && c.clock != nil && err != nil
	c.mu.Unlock()
	if !same {
		c.stand(func() { c.clock = err })
	}
}

// wrongClock says by how much the clock of this PC is wrong.
func wrongClock(off time.Duration) error {
	how := "спешат"
	if off < 0 {
		how = "отстают"
	}
	return fault.Wrap(fault.Clock, "Часы этого компьютера "+how+" на "+span(off.Abs().Round(time.Minute))+
		". Записи сохраняются, но время у них будет неверным. Попросите администратора поправить часы.", fmt.Errorf("clock is off by %s", off))
}

// span is a length of time in its two largest units: «3 часа 12 минут».
func span(d time.Duration) string {
	units := []struct {
		of             time.Duration
		one, few, many string
	}{
		{365 * 24 * time.Hour, "год", "года", "лет"},
		{24 * time.Hour, "день", "дня", "дней"},
		{time.Hour, "час", "часа", "часов"},
		{time.Minute, "минуту", "минуты", "минут"},
	}
	for i, u := range units {
		n := int(d / u.of)
		if n == 0 && i < len(units)-1 {
			continue
		}
		text := fmt.Sprintf("%d %s", n, journal.Plural(n, u.one, u.few, u.many))
		if i+1 < len(units) {
			next := units[i+1]
			if m := int(d % u.of / next.of); m > 0 {
				text += fmt.Sprintf(" %d %s", m, journal.Plural(m, next.one, next.few, next.many))
			}
		}
		return text
	}
	return ""
}
