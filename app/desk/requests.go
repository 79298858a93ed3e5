package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/commit"
)

// shownRequests bounds each list of requests; who has more decides on these first.
const shownRequests = 1000

// A Request is a correction in a closed term that waits for the deputy or was
// decided, with what a person needs to decide.
type Request struct {
	commit.Request
	Author  journal.Staff
	Field   Field     // of the first edit
	Lines   []Line    // of all edits
	Arrived time.Time // at the school
	// Barred says why it cannot be granted now, nil when it can: the author may
	// have left, the page may have another teacher.
	Barred error
}

// DecidesRequests reports whether the person decides on requests.
func (s *Session) DecidesRequests() bool {
	return s.Is(journal.RoleDeputy, journal.RoleDirector)
}

// Requests returns the requests of the year that wait for a decision, oldest
// first, or those decided, newest first. Only who decides on them sees them.
func (s *Session) Requests(ctx context.Context, decided bool) ([]Request, error) {
	if !s.DecidesRequests() {
		return nil, fault.New(fault.Forbidden, "Заявки рассматривает завуч или директор.")
	}
	kept, err := s.book.Requests(ctx, s.Year(), decided, shownRequests)
	if err != nil {
		return nil, fmt.Errorf("read requests: %w", err)
	}
	out := make([]Request, len(kept))
	for i, k := range kept {
		if out[i], err = s.request(ctx, k); err != nil {
			return nil, fmt.Errorf("read requests: %w", err)
		}
	}
	return out, nil
}

func (s *Session) request(ctx context.Context, k commit.Request) (r Request, err error) {
	r = Request{Request: k, Arrived: time.UnixMilli(k.Arrived).In(s.now().Location())}
	r.Author, _ = s.roster.Staff(k.Commit.Author)
	r.Field, _ = s.describe(refOf(k.Commit.Edits[0]))
	if r.Lines, err = s.lines(ctx, k.Commit); err != nil {
		return r, err
	}
	on, err := s.entered(ctx, k)
	if err != nil {
		return r, err
	}
	// As the school server will judge it: without the closed term.
	if r.Barred = k.Commit.Objection(s.roster, on); fault.CodeOf(r.Barred) == fault.TermClosed {
		r.Barred = nil
	}
	return r, nil
}

// entered is the day on which a request was entered, as the school server sees
// it: by the clock of the PC unless that runs ahead of the arrival or shows a
// time before the PC was enrolled.
func (s *Session) entered(ctx context.Context, k commit.Request) (journal.Date, error) {
	at, arrived := k.Commit.Entered, time.UnixMilli(k.Arrived)
	pc := commit.FieldRef{Kind: journal.KindDevice, Key: journal.IDKey(k.Commit.Device), Field: journal.DeviceKey}
	heads, err := s.book.Heads(ctx, journal.Register, pc)
	if err != nil {
		return 0, err
	}
	if at.After(arrived) || len(heads) > 0 && at.Before(heads[0].Entered.Truncate(time.Minute)) {
		at = arrived
	}
	return journal.DateOf(at.In(s.now().Location())), nil
}

// Grant lets requests into the journal, all of them or none, by one commit: the
// school server enters them when it gets it. The sentence may be empty.
func (s *Session) Grant(ctx context.Context, all []Request, sentence string) (*commit.Commit, error) {
	if i := slices.IndexFunc(all, func(r Request) bool { return r.Barred != nil }); i >= 0 {
		return nil, fault.Wrap(fault.Forbidden, "Принять заявку нельзя. "+fault.TextOf(all[i].Barred), all[i].Barred)
	}
	return s.rule(ctx, all, journal.RequestGranted, sentence)
}

// Reject leaves requests out of the journal, by one commit; their authors read
// the sentence.
func (s *Session) Reject(ctx context.Context, all []Request, sentence string) (*commit.Commit, error) {
	if strings.TrimSpace(sentence) == "" {
		return nil, fault.New(fault.Invalid, "Напишите, почему заявка отклонена: учитель это прочтёт.")
	}
	return s.rule(ctx, all, journal.RequestRejected, sentence)
}

// rule writes one decision on requests, unless another has come in since they
// were read.
func (s *Session) rule(ctx context.Context, all []Request, decision, sentence string) (*commit.Commit, error) {
	var changes []commit.Change
	for _, r := range all {
		key := journal.RequestKey(r.Commit.Device, r.Commit.Number)
		now, err := s.book.Heads(ctx, s.Year(), commit.FieldRef{Kind: journal.KindRequest, Key: key, Field: journal.RequestDecision})
		if err != nil {
			return nil, fmt.Errorf("decide on request: %w", err)
		}
		switch {
		case len(now) > 0 && now[0].Value.Text() != r.Decision:
			return nil, fault.New(fault.Invalid, "По этой заявке только что решили. Посмотрите ещё раз.")
		case len(now) > 0 && now[0].Value.Text() == journal.RequestGranted:
			return nil, fault.New(fault.Invalid, "Заявка уже принята. Исправить запись можно в журнале.")
		}
		changes = append(changes,
			commit.Set(journal.KindRequest, key, journal.RequestDecision, journal.TextValue(decision)),
			commit.Set(journal.KindRequest, key, journal.RequestSentence, journal.TextValue(strings.TrimSpace(sentence))))
	}
	return s.write(ctx, "решение по заявке", changes...)
}
