package server

import (
	"context"
	"fmt"
	"sync"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
)

// What one PC may fill of the store in a day, in bytes; the push that reaches a
// bound is the last one, and what comes after it stays on the PC, which goes on
// getting the news. What is refused is kept for ever, so a PC that sends
// nothing else must not fill the disk. A teacher who typed all day into what she
// may not write is refused some thousand commits: a few megabytes. A PC that
// brings all that it ever wrote to a new server brings some hundred.
const (
	maxTaken   = 1 << 30
	maxRefused = 16 << 20
)

// beside is what keeping a commit takes beside its bytes, about: signature,
// verdict, places in the indexes.
const beside = 500

var errFull = fault.New(fault.TooLarge, "Сегодня с этого компьютера пришло слишком много записей. Следующие школьный сервер возьмёт завтра: "+
	"они целы на этом компьютере и уйдут сами. Сообщите администратору школы.")

func overfull(d ledger.Day) bool { return d.Taken >= maxTaken || d.Refused >= maxRefused }

// full reports whether nothing more is taken of a PC today. The server's own
// commits, and a school that is made anew, know no bounds.
func (s *School) full(device journal.DeviceID, d ledger.Day) bool {
	return overfull(d) && device != s.device && !s.unbounded
}

// filled is the day of a PC after its commits were judged.
func filled(d ledger.Day, judged []ledger.Judged) ledger.Day {
	for i := range judged {
		j := &judged[i]
		if j.Stands {
			continue
		}
		n := int64(len(j.Raw)) + beside
		d.Taken += n
		if j.Answer == commit.Refused {
			d.Refused += n
		}
	}
	return d
}

// A PC is one of the school's, with what the server knows of it.
type PC struct {
	journal.Device
	ledger.PC
	Full bool // nothing more is taken of it today
}

// PCs returns the school's PCs by name.
func (s *School) PCs(ctx context.Context) ([]PC, error) {
	known, err := s.store.PCs(ctx, s.id)
	if err != nil {
		return nil, fmt.Errorf("read PCs: %w", err)
	}
	today := journal.DateOf(s.now())
	var out []PC
	for _, d := range s.Devices() {
		pc := PC{Device: d, PC: known[d.ID]}
		pc.Day = pc.Day.On(today)
		pc.Full = overfull(pc.Day)
		out = append(out, pc)
	}
	return out, nil
}

// programs are those that the PCs run, as this process knows them.
type programs struct {
	mu sync.Mutex
	of map[journal.DeviceID]program
}

type program struct {
	number int
	noted  time.Time
}

// rarely is how long a PC that says another program each time must wait to be
// believed again.
const rarely = time.Minute

// changed notes what a PC says of its program; true when it is to be kept.
func (p *programs) changed(device journal.DeviceID, number int, now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	was := p.of[device]
	if was.number == number || now.Sub(was.noted) < rarely {
		return false
	}
	if p.of == nil {
		p.of = map[journal.DeviceID]program{}
	}
	p.of[device] = program{number, now}
	return true
}

// read takes what is kept.
func (p *programs) read(known map[journal.DeviceID]ledger.PC) {
	p.of = make(map[journal.DeviceID]program, len(known))
	for device, pc := range known {
		p.of[device] = program{number: pc.Program}
	}
}

// saw keeps which program one of the school's PCs runs, when it is another one
// than before. It is for the administrator alone: that it could not be kept stops
// nobody, and the next start of the server asks again.
func (s *School) saw(ctx context.Context, device journal.DeviceID, number int) {
	if s.programs.changed(device, number, time.Now()) {
		_ = s.store.Saw(ctx, s.id, device, number)
	}
}
