package centraltest

import (
	"reflect"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/commit"
	"uchitelskaya/sync/ledger"
)

// requested is a batch of the bed's PC in which every commit became a request.
func (b *bed) requested(after uint64, n int) *ledger.Batch {
	out := b.batch(after, 0, make([]bool, n)...)
	out.Rows, out.Heads, out.Trees = nil, nil, nil
	for i := range out.Judged {
		out.Judged[i].Answer, out.Judged[i].Code, out.Judged[i].Text = commit.Requested, "term_closed", "I четверть закрыта."
	}
	return out
}

// testRequests: requests are counted and listed; a granted one is in the log at
// its position, once, and its author's PC gets the first verdict for ever.
func testRequests(t *testing.T, b *bed) {
	asked := b.requested(0, 3)
	b.must(b.store.Apply(t.Context(), asked))
	standing, err := b.store.Standing(t.Context(), b.school, b.device)
	b.must(err)
	if want := (map[journal.Volume]ledger.Asked{year: {Commits: 3, Bytes: 6}}); !reflect.DeepEqual(standing.Asked, want) {
		t.Errorf("asked %+v, want %+v", standing.Asked, want)
	}
	deputy := &bed{t: t, store: b.store, school: b.school, device: journal.NewID[journal.Device](), staff: b.staff}
	b.must(b.store.Apply(t.Context(), deputy.requested(0, 1)))
	b.listsRequests(deputy.device)

	// Two entries: the deputy's decision, and the commit that it lets in.
	grant := deputy.batch(1, 0, true)
	granted := asked.Judged[1]
	granted.Verdict = commit.Verdict{Commit: granted.Commit, Answer: commit.Accepted, Volume: year, Position: 2}
	grant.Laid = []ledger.Judged{granted}
	grant.Trees[year] = ledger.Growth{Hashes: [][]tlog.Hash{hashes(1), hashes(2)}, Head: []byte{0x4E, 2}}
	b.must(b.store.Apply(t.Context(), grant))

	entries, err := b.store.Entries(t.Context(), b.school, year, 0, 1<<20)
	b.must(err)
	if len(entries) != 2 || !reflect.DeepEqual(entries[1], commit.Entry{Position: 2, Raw: granted.Raw, Arrived: granted.Arrived}) {
		t.Errorf("entries %+v, want the granted commit %+v at 2", entries, granted)
	}
	if accepted, err := b.store.Accepted(t.Context(), b.school, []commit.ID{granted.Commit, asked.Judged[0].Commit}); err != nil || !reflect.DeepEqual(accepted, map[commit.ID]bool{granted.Commit: true}) {
		t.Errorf("accepted %v, %v", accepted, err)
	}
	if judged, err := b.store.Judged(t.Context(), b.school, b.device, 1, 9); err != nil || !reflect.DeepEqual(judged, asked.Judged) {
		t.Errorf("after the grant the verdicts are\n%+v, want\n%+v, %v", judged, asked.Judged, err)
	}
	if standing, err := b.store.Standing(t.Context(), b.school, b.device); err != nil || standing.Last != 3 || standing.Asked[year].Commits != 3 {
		t.Errorf("standing of the author's PC: %+v, %v", standing, err)
	}
	if heads, err := b.store.Heads(t.Context(), b.school); err != nil || heads[year] != 2 {
		t.Errorf("heads %v, %v", heads, err)
	}

	again := deputy.batch(2, 2, true)
	granted.Position = 4
	again.Laid = []ledger.Judged{granted}
	again.Trees[year] = ledger.Growth{Hashes: [][]tlog.Hash{hashes(3), hashes(4)}, Head: []byte{0x4E, 4}}
	if err := b.store.Apply(t.Context(), again); err == nil {
		t.Error("one commit came into the log twice")
	}
	if heads, err := b.store.Heads(t.Context(), b.school); err != nil || heads[year] != 2 {
		t.Errorf("heads %v, %v: something of a batch that failed is there", heads, err)
	}
}

// listsRequests reads all requests, page by page, one a page.
func (b *bed) listsRequests(other journal.DeviceID) {
	b.t.Helper()
	want := map[commit.ID]bool{{Device: other, Number: 1}: true}
	for n := range uint64(3) {
		want[commit.ID{Device: b.device, Number: n + 1}] = true
	}
	at := commit.ID{}
	for range len(want) {
		page, err := b.store.Requests(b.t.Context(), b.school, at, 1)
		b.must(err)
		if len(page) != 1 || !want[page[0].Commit] || page[0].Answer != commit.Requested || page[0].Volume != year || len(page[0].Raw) != 2 || page[0].Arrived == 0 || page[0].Text == "" {
			b.t.Fatalf("after %s: requests %+v", at, page)
		}
		at = page[0].Commit
		delete(want, at)
	}
	if rest, err := b.store.Requests(b.t.Context(), b.school, at, 1<<20); err != nil || len(rest) != 0 {
		b.t.Errorf("after the last: %+v, %v", rest, err)
	}
	if all, err := b.store.Requests(b.t.Context(), b.school, commit.ID{}, 1<<20); err != nil || len(all) != 4 {
		b.t.Errorf("all at once: %+v, %v", all, err)
	}
}
