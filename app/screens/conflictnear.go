package screens

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
	"uchitelskaya/sync/commit"
)

// equal lays objects of the same width beside each other.
func equal(space float32, objects ...fyne.CanvasObject) fyne.CanvasObject {
	return container.New(lay{
		func(o []fyne.CanvasObject) fyne.Size {
			var m fyne.Size
			for _, one := range o {
				m = m.Max(one.MinSize())
			}
			return fyne.NewSize(m.Width*float32(len(o))+theme.Px(space)*float32(len(o)-1), m.Height)
		},
		func(o []fyne.CanvasObject, s fyne.Size) {
			w := (s.Width - theme.Px(space)*float32(len(o)-1)) / float32(len(o))
			for i, one := range o {
				place(one, float32(i)*(w+theme.Px(space)), 0, w, s.Height)
			}
		},
	}, objects...)
}

// neighbours is the row of the pupil's marks round the cell; nil where the
// field is no cell's.
func (c *conflict) neighbours() fyne.CanvasObject {
	d := c.dispute
	if d.Ref.Kind != journal.KindCell {
		return nil
	}
	page, err := c.desk.OpenPage(context.Background(), d.Page.ID, termOf(c.desk.Roster(), d.Page.ID, d.Date))
	if err != nil {
		return nil
	}
	var row *desk.Row
	for i := range page.Rows {
		if page.Rows[i].Pupil.ID == d.Pupil.ID {
			row = &page.Rows[i]
		}
	}
	at := -1
	for i, col := range page.Columns {
		if col.IsLesson() && col.Lesson.Date == d.Date && col.Lesson.Number == d.Number {
			at = i
		}
	}
	if row == nil || at < 0 {
		return nil
	}
	var cells []fyne.CanvasObject
	for i := max(at-4, 0); i < len(page.Columns) && len(cells) < 7; i++ {
		if page.Columns[i].IsLesson() {
			cells = append(cells, c.neighbour(page.Columns[i].Lesson, row.Cells[i], i == at))
		}
	}
	line := across(8, 1, sized(150, 0, text(assets.T("decisions.near"), widgets.Type{Ink: theme.Ink2})), equal(0, cells...))
	return stack(edge(theme.Zebra, theme.Rule, 1, 5), pad(14, 6, 10, 8, line))
}

func (c *conflict) neighbour(l journal.Lesson, cell journal.Cell, here bool) fyne.CanvasObject {
	day := text(strconv.Itoa(l.Date.Day())+" "+l.Date.WeekdayShort(), widgets.Type{Size: theme.SizeCaption, Ink: theme.Ink2, Align: fyne.TextAlignCenter, Bold: here})
	kind := widgets.Type{Size: theme.SizeList, Align: fyne.TextAlignCenter}
	value := valueOf(cell).String()
	if value == "" {
		value, kind.Ink = "·", theme.Ink3
	}
	mark := text(value, kind)
	if !here {
		return down(2, -1, day, sized(0, 26, mark))
	}
	var all []string
	for _, h := range c.dispute.Heads {
		all = append(all, valueText(c.dispute.Ref, h.Value))
	}
	kind.Bold = true
	both := text(strings.Join(all, " | "), kind)
	return down(2, -1, day, sized(0, 26, pad(6, 0, 6, 0, stack(edge(theme.WarnSoft, theme.Warn, 1, 3), both))))
}

// whereOf is «Никитенко Ульяна · 7-А · математика · 19 ноября, четверг».
func whereOf(d deciding, p desk.Dispute) string {
	var parts []string
	if p.Pupil.Last != "" {
		parts = append(parts, p.Pupil.Name())
	}
	parts = append(parts, p.Group.Name, within(p.Subject.Name))
	if p.Date != 0 {
		parts = append(parts, p.Date.Long()+", "+p.Date.WeekdayName())
	}
	if name := fieldName(p.Field); name != "" {
		parts = append(parts, name)
	}
	return strings.Join(parts, " · ")
}

// fieldName names the field where it is no mark.
func fieldName(p desk.Field) string {
	switch {
	case p.Ref.Kind == journal.KindLesson && p.Ref.Field == journal.LessonTopic:
		return assets.T("decisions.field.topic")
	case p.Ref.Kind == journal.KindLesson && p.Ref.Field == journal.LessonHomework:
		return assets.T("decisions.field.homework")
	case p.Ref.Kind == journal.KindLesson && p.Ref.Field == journal.LessonNoHomework:
		return assets.T("decisions.field.homework")
	case p.Ref.Kind == journal.KindLesson && p.Ref.Field == journal.LessonPresent:
		return assets.T("decisions.field.absence")
	case p.Ref.Kind == journal.KindLesson && p.Ref.Field == journal.LessonWork:
		return assets.T("decisions.field.work")
	case p.Ref.Kind == journal.KindLesson && p.Ref.Field == journal.LessonWeight:
		return assets.T("decisions.field.weight")
	case p.Ref.Kind == journal.KindLesson:
		return assets.T("decisions.field.lesson")
	case p.Ref.Kind == journal.KindCell && p.Ref.Field == journal.CellNote:
		return assets.T("decisions.field.note")
	case p.Ref.Kind == journal.KindCell && p.Ref.Field == journal.CellAbsence:
		return assets.T("decisions.field.absence")
	case p.Ref.Kind == journal.KindTermMark:
		return assets.T("decisions.field.result")
	case p.Ref.Kind == journal.KindRequest:
		return assets.T("decisions.field.request")
	}
	return ""
}

// disputeText is «7-А, математика, 19 ноября: записано 4 (вы) и 5 (И. П.
// Савченко)».
func disputeText(d deciding, p desk.Dispute) string {
	where := p.Group.Name + ", " + within(p.Subject.Name)
	if p.Date != 0 {
		where += ", " + p.Date.Long()
	}
	return assets.T("decisions.short", where, sidesText(d, p))
}

// sidesText is «4 (вы) и 5 (И. П. Савченко)»; of one person's values it names the
// PCs.
func sidesText(d deciding, p desk.Dispute) string {
	authors := map[journal.StaffID]bool{}
	for _, h := range p.Heads {
		authors[h.Author] = true
	}
	var sides []string
	for _, h := range p.Heads {
		who := assets.T("decisions.you")
		if len(authors) < len(p.Heads) {
			who = deviceName(d.Roster(), h.ID.Device)
		} else if h.Author != d.Who() {
			s, _ := d.Roster().Staff(h.Author)
			who = s.Initials()
		}
		sides = append(sides, valueText(p.Ref, h.Value)+" ("+who+")")
	}
	return strings.Join(sides, " "+assets.T("decisions.and")+" ")
}

// valueText is a value as a person reads it.
func valueText(of commit.FieldRef, v journal.Value) string {
	lesson := of.Kind == journal.KindLesson
	switch {
	case v.IsNull():
		return assets.T("decisions.empty")
	case lesson && of.Field == journal.LessonPresent && v.Bool():
		return assets.T("decisions.present")
	case lesson && of.Field == journal.LessonNoHomework && v.Bool():
		return assets.T("decisions.nohomework")
	case lesson && of.Field == journal.LessonWork:
		return journal.Work(v.Int()).Kind().Name
	case lesson && of.Field == journal.LessonWeight:
		return journal.Hundredths(int(v.Int()))
	case v.Type() == journal.Int:
		return strconv.Itoa(int(v.Int()))
	}
	return v.Text()
}

// deviceName is what the school calls a PC.
func deviceName(r *journal.Roster, id journal.DeviceID) string {
	return r.Get(journal.KindDevice, journal.IDKey(id), journal.DeviceName).Text()
}
