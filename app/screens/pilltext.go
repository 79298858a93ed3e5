package screens

import (
	"strconv"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
	"uchitelskaya/sync/commit"
)

// pillFace says what the status pill shows: first what a person must do
// something about, then what waits, then that all is well. Being without the
// server is no alarm.
func pillFace(line LineState, n commit.Counts, now time.Time) (state widgets.PillState, text, short string) {
	waits := journal.Plural(n.Unsent, assets.T("shell.waits.one"), assets.T("shell.waits.many"), assets.T("shell.waits.many"))
	switch {
	case line.Broken != "":
		return widgets.Broken, assets.T("shell.pill.broken"), assets.T("shell.pill.broken.short")
	case n.Disputes > 0:
		return widgets.Decide, assets.T("shell.pill.decide", n.Disputes), assets.T("shell.pill.decide.short", n.Disputes)
	case n.Refused > 0:
		return widgets.Decide, assets.T("shell.pill.refused", n.Refused), assets.T("shell.pill.refused.short", n.Refused)
	case n.Returned > 0:
		return widgets.Decide, assets.T("shell.pill.returned", n.Returned), assets.T("shell.pill.returned.short", n.Returned)
	case line.Trouble != "":
		return widgets.Decide, assets.T("shell.pill.trouble"), assets.T("shell.pill.trouble.short")
	case line.Sending && n.Unsent > 0:
		return widgets.Sending, assets.T("shell.pill.sending", n.Unsent), assets.T("shell.pill.sending.short", n.Unsent)
	case n.Unsent > 0:
		return widgets.Waiting, assets.T("shell.pill.waiting", n.Unsent, waits), assets.T("shell.pill.waiting.short", n.Unsent)
	case line.Load != Load{}:
		return widgets.Sending, line.Load.text(), assets.T("shell.pill.load.short", line.Load.percent())
	case !line.Restored.IsZero():
		return widgets.Decide, assets.T("shell.pill.restored"), assets.T("shell.pill.restored.short")
	case n.Requested > 0:
		return widgets.Waiting, assets.T("shell.pill.requested", n.Requested), assets.T("shell.pill.requested.short", n.Requested)
	case line.Sent.IsZero():
		return widgets.Waiting, assets.T("shell.pill.saved"), assets.T("shell.pill.saved.short")
	}
	return widgets.Done, assets.T("shell.pill.sent", clock(line.Sent, now)), clock(line.Sent, now)
}

// openPill opens what the pill speaks of: decisions, what the school did not
// take, or what waits.
func (w *workplace) openPill() {
	switch n := w.counts; {
	case w.shell.Line.State().Broken != "":
		w.open(waitingItem)
	case n.Disputes > 0:
		w.open(decisionsItem)
	case n.Refused+n.Returned > 0:
		w.open(refusedItem)
	default:
		w.open(waitingItem)
	}
}

// text is «Загружено 12 400 из 99 856 записей».
func (l Load) text() string {
	records := journal.Plural(int(l.There%100), assets.T("shell.record.one"), assets.T("shell.record.many"), assets.T("shell.record.many"))
	return assets.T("shell.pill.load", thousands(l.Here), thousands(l.There), records)
}

// percent is rounded down: 100 only when all is here.
func (l Load) percent() int { return int(l.Here * 100 / max(l.There, 1)) }

// thousands is «12 400» with no-break spaces.
func thousands(n uint64) string {
	s := strconv.FormatUint(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "\u00a0" + s[i:]
	}
	return s
}

// clock is «10:42», with the day when it is not today's: «20.11 16:20».
func clock(t, now time.Time) string {
	t = t.In(now.Location())
	if y, m, d := t.Date(); y != now.Year() || m != now.Month() || d != now.Day() {
		return t.Format("02.01 15:04")
	}
	return t.Format("15:04")
}
