package screens

import (
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
)

// Places in a row of the day, in units of 100 %: from the left for what is
// always there, from the right for the four columns.
const (
	dayNumber, dayTime, dayText = 20, 54, 128
	dayColumn, dayEnd           = 84, 36
)

// dayLine lays number, times, text and the four columns.
func dayLine(height float32, number, times, text fyne.CanvasObject, columns [4]fyne.CanvasObject) fyne.CanvasObject {
	objects := append([]fyne.CanvasObject{number, times, text}, columns[:]...)
	return container.New(lay{
		func(o []fyne.CanvasObject) fyne.Size { return fyne.NewSize(theme.Px(600), theme.Px(height)) },
		func(o []fyne.CanvasObject, s fyne.Size) {
			end := s.Width - theme.Px(dayEnd) - 4*theme.Px(dayColumn)
			place(o[0], theme.Px(dayNumber), 0, theme.Px(30), s.Height)
			place(o[1], theme.Px(dayTime), 0, theme.Px(66), s.Height)
			place(o[2], theme.Px(dayText), 0, end-theme.Px(dayText+8), s.Height)
			for i, c := range o[3:] {
				place(c, end+float32(i)*theme.Px(dayColumn), 0, theme.Px(dayColumn), s.Height)
			}
		},
	}, objects...)
}

func tableHead() fyne.CanvasObject {
	head := widgets.Type{Size: theme.SizeCaption, Ink: theme.Ink2}
	mid := head
	mid.Align = fyne.TextAlignCenter
	line := dayLine(32, text("", head), text("", head), text(assets.T("today.head"), head), [4]fyne.CanvasObject{
		text(assets.T("today.attendance"), mid), text(assets.T("today.topic"), mid), text(assets.T("today.marks"), mid), text(assets.T("today.homework"), mid),
	})
	return down(0, -1, stack(edge(theme.Head, theme.Head, 0, 5), line), rule(theme.Line))
}

// lessonLine is one lesson of the day.
func lessonLine(l desk.DayLesson, tall float32) fyne.CanvasObject {
	ink := theme.Ink1
	if l.Due && l.Complete() {
		ink = theme.Ink2
	}
	number := text(strconv.Itoa(l.Number), widgets.Type{Size: theme.SizeClass, Bold: true, Ink: ink})
	times := middle(down(0, -1,
		text(bell(l.Bell.Start), widgets.Type{Size: theme.SizeList, Bold: true}),
		text(bell(l.Bell.End), widgets.Type{Ink: theme.Ink2})))
	first := []fyne.CanvasObject{
		text(l.Group.Name, widgets.Type{Size: theme.SizeSection, Bold: true}),
		text(l.Subject.Name, widgets.Type{Size: theme.SizeSection}),
	}
	if l.Room != "" {
		first = append(first, pad(4, 3, 0, 0, text(assets.T("today.room", l.Room), widgets.Type{Size: theme.SizeCaption, Ink: theme.Ink2})))
	}
	if l.Running {
		first = append(first, pad(4, 0, 0, 0, middle(widgets.NewTag(assets.T("today.running")))))
	}
	if !l.InPlaceOf.ID.IsZero() {
		first = append(first, pad(4, 0, 0, 0, middle(widgets.NewTag(assets.T("today.instead")))))
	}
	what := middle(down(2, -1, across(8, -1, first...), topicLine(l)))
	return dayLine(tall-2, number, times, what, [4]fyne.CanvasObject{
		progress(l, l.Attendance), progress(l, l.Lesson.Topic != ""), markCount(l), progress(l, l.HasHomework()),
	})
}

// topicLine is the topic, or whose lesson it is.
func topicLine(l desk.DayLesson) fyne.CanvasObject {
	switch {
	case !l.InPlaceOf.ID.IsZero() && l.Lesson.Topic == "":
		return text(assets.T("today.insteadof", l.InPlaceOf.Initials()), widgets.Type{Ink: theme.Ink2, Italic: true})
	case l.Lesson.Topic == "" && l.Due:
		return text(assets.T("today.notopic"), widgets.Type{Ink: theme.Ink3, Italic: true})
	case l.Lesson.Topic == "":
		return text(assets.T("today.pupils", l.Pupils), widgets.Type{Ink: theme.Ink3})
	}
	return text(l.Lesson.Topic, widgets.Type{Ink: theme.Ink1})
}

func progress(l desk.DayLesson, done bool) fyne.CanvasObject {
	switch {
	case done:
		return widgets.NewState(widgets.Ready)
	case l.Due:
		return widgets.NewState(widgets.Due)
	}
	return widgets.NewState(widgets.NotYet)
}

func markCount(l desk.DayLesson) fyne.CanvasObject {
	if l.Marks == 0 {
		return widgets.NewState(widgets.NotYet)
	}
	return text(strconv.Itoa(l.Marks), widgets.Type{Size: theme.SizeList, Bold: true, Align: fyne.TextAlignCenter})
}

// bell is minutes after midnight as «8:30».
func bell(minutes int) string {
	if minutes == 0 {
		return ""
	}
	return fmt.Sprintf("%d:%02d", minutes/60, minutes%60)
}

func legend() fyne.CanvasObject {
	item := func(sign fyne.CanvasObject, s string) fyne.CanvasObject {
		return across(8, -1, middle(sign), text(s, widgets.Type{Size: theme.SizeCaption, Ink: theme.Ink2}))
	}
	line := across(24, 3,
		item(widgets.NewState(widgets.Due), assets.T("today.legend.due")),
		item(widgets.NewState(widgets.Ready), assets.T("today.legend.done")),
		item(widgets.NewState(widgets.NotYet), assets.T("today.legend.later")),
		gap(0, 0),
		text(assets.T("today.enter"), widgets.Type{Size: theme.SizeCaption, Ink: theme.Ink2}))
	return down(0, -1, rule(theme.Line), sized(0, 40, pad(20, 0, 20, 0, line)))
}
