package screens

import (
	"uchitelskaya/app/desk"
	"uchitelskaya/app/screens/gradegrid"
	"uchitelskaya/assets"
)

// request lays the card on which what was typed where a term is closed becomes a
// request to the deputy.
func (j *Journal) request(changes []gradegrid.Change) {
	wish, about := desk.Wish{}, []string(nil)
	for _, c := range changes {
		row, s := &j.page.Rows[c.Row], j.view.spots[c.Col]
		now, to := "", c.Value.String()
		where := ""
		if s.lesson < 0 {
			e := j.result(c.Row, s, c.Value.Marks)
			wish.Results = append(wish.Results, e)
			now, where = e.Seen.Value, s.period.Name(j.desk.Roster().SchemeOf(j.page.Page.Group))
		} else {
			seen := row.Cells[s.lesson]
			wish.Cells = append(wish.Cells, desk.CellEdit{Seen: seen, Want: withValue(seen, c.Value)})
			now, where = valueOf(seen).String(), seen.Date.Short()
		}
		about = append(about, assets.T("requests.line", row.Pupil.Name()+", "+where, orNothing(now), orNothing(to)))
	}
	card := newRequest(j.host)
	card.about = about
	card.act = func(reason string) error {
		if _, err := j.desk.Ask(j.ctx, reason, wish); err != nil {
			return err
		}
		j.refresh()
		at := j.grid.Model().Cursor()
		j.grid.Select(at.Row, at.Col) // its red frame goes
		j.host.Say(assets.T("requests.ask.did"))
		return nil
	}
	card.lay()
}

// newRequest returns the card of a request to the deputy.
func newRequest(h Host) *wordCard {
	return &wordCard{
		host: h, title: assets.T("requests.ask"), why: assets.T("requests.ask.why"), hint: assets.T("requests.ask.word"),
		yes: assets.T("requests.ask.yes"), no: assets.T("requests.ask.no"),
	}
}

// result is an edit of the result of a row.
func (j *Journal) result(row int, s spot, value string) desk.ResultEdit {
	r := &j.page.Rows[row]
	seen := r.Results[s.period]
	seen.Pupil, seen.Page, seen.Period = r.Pupil.ID, j.page.ID, s.period
	want := seen
	want.Value = value
	return desk.ResultEdit{Seen: seen, Want: want}
}

// orNothing says «пусто» for no value.
func orNothing(value string) string {
	if value == "" {
		return assets.T("decisions.empty")
	}
	return value
}
