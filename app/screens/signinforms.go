package screens

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"uchitelskaya/app/desk"
	"uchitelskaya/app/screens/theme"
	"uchitelskaya/app/screens/widgets"
	"uchitelskaya/assets"
)

// A form is what the card at the right asks: a few fields, one button, and
// under them the sentence why it did not work.
type form struct {
	content fyne.CanvasObject
	fields  []*field
	sorry   *widgets.Text
	button  *widgets.Button
	name    func() string
	secret  func() string
}

// say shows why it did not work.
func (f form) say(sentence string) {
	f.sorry.Set(sentence)
	f.content.Refresh()
}

func (f form) last() *field { return f.fields[len(f.fields)-1] }

// wait shows that an answer is on its way.
func (f form) wait(on bool) {
	if on {
		f.say("")
		f.button.Disable()
		return
	}
	f.button.Enable()
}

// ask builds a form: a head, then fields with their names, the button and what
// stands below.
func ask(head fyne.CanvasObject, names []string, fields []*field, button string, act func(), below ...fyne.CanvasObject) form {
	f := form{fields: fields, sorry: widgets.NewParagraph("", widgets.Type{Ink: theme.Bad}, 3)}
	f.button = widgets.NewMain(button, "Enter", act)
	f.button.Tall = 44
	objects := []fyne.CanvasObject{head, gap(0, 8)}
	for i, one := range fields {
		objects = append(objects, text(names[i], widgets.Type{Bold: true}), gap(0, 2), sized(0, 38, one), gap(0, 8))
		next := act
		if i+1 < len(fields) {
			next = func() { focus(fields[i+1]) }
		}
		one.OnSubmitted = func(string) { next() }
	}
	objects = append(objects, f.sorry, f.button, gap(0, 10))
	objects = append(objects, below...)
	f.content = widgets.NewCard(pad(12, 6, 12, 0, down(2, -1, objects...)))
	f.name = func() string { return fields[0].Text }
	f.secret = func() string { return f.last().Text }
	return f
}

func focus(f fyne.Focusable) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(f.(fyne.CanvasObject)); c != nil {
		c.Focus(f)
	}
}

// portrait is a person's square, name and subjects.
func portrait(p Tile) fyne.CanvasObject {
	square := edge(theme.Accent, theme.Accent, 0, 4)
	letters := canvas.NewText(initialsOf(p), theme.Ink(theme.OnAccent))
	letters.TextSize, letters.TextStyle.Bold, letters.Alignment = theme.Px(24), true, fyne.TextAlignCenter
	return across(18, 1, sized(64, 64, stack(square, letters)), middle(down(2, -1,
		widgets.NewParagraph(joined(p.First, p.Middle, p.Last), widgets.Type{Size: theme.SizeSection, Bold: true}, 2),
		text(p.What, widgets.Type{Ink: theme.Ink2}),
	)))
}

// passwordForm asks a known person for the password.
func passwordForm(s *SignIn, p Tile) form {
	password := newSecret("")
	password.onKey = s.leaveField
	act := func() {
		s.try(func(ctx context.Context) (*desk.Session, error) { return s.door.SignIn(ctx, p.Name, password.Text) })
	}
	below := []fyne.CanvasObject{rule(theme.Rule), gap(0, 12), text(assets.T("signin.here"), widgets.Type{Bold: true}), gap(0, 2)}
	if p.Waiting > 0 {
		below = append(below,
			across(6, 1, middle(drawing("dot", 16, theme.Ink3)), text(assets.T("signin.own", p.Waiting), widgets.Type{})),
			pad(22, 0, 0, 0, text(assets.T("signin.safe"), widgets.Type{Ink: theme.Ink2})))
	} else {
		below = append(below, text(assets.T("signin.allsent"), widgets.Type{Ink: theme.Ink2}))
	}
	below = append(below, gap(0, 6), caption(assets.T("signin.forgot")))
	f := ask(portrait(p), []string{assets.T("signin.password")}, []*field{password}, assets.T("signin.enter"), act, below...)
	f.name = func() string { return p.Name }
	return f
}

// leaveField lets the arrows and an erased field lead back to the tiles.
func (s *SignIn) leaveField(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyUp, fyne.KeyDown:
		s.host.Focus(nil)
		s.Key(e)
		return true
	case fyne.KeyEscape:
		s.host.Focus(nil)
		return true
	}
	return false
}

// strangerForm asks for name and password.
func strangerForm(s *SignIn) form {
	name, password := newField("", 1), newSecret("")
	head := titled(assets.T("signin.stranger"), assets.T("signin.stranger.why"))
	return ask(head, []string{assets.T("signin.name"), assets.T("signin.password")}, []*field{name, password}, assets.T("signin.enter"), func() {
		s.try(func(ctx context.Context) (*desk.Session, error) { return s.door.SignIn(ctx, name.Text, password.Text) })
	}, caption(assets.T("signin.forgot")))
}

// renewForm asks for a password of one's own in place of the one-time one.
func renewForm(s *SignIn, name, oneTime string) form {
	first, again := newSecret(""), newSecret("")
	head := titled(assets.T("signin.renew"), assets.T("signin.renew.why"))
	f := ask(head, []string{assets.T("signin.new"), assets.T("signin.again")}, []*field{first, again}, assets.T("signin.enter"), func() {
		if first.Text != again.Text {
			s.form.say(assets.T("signin.differ"))
			return
		}
		s.try(func(ctx context.Context) (*desk.Session, error) { return s.door.Renew(ctx, name, oneTime, first.Text) })
	})
	return f
}

// enrolForm asks for the one-time code of a new PC.
func enrolForm(s *SignIn) form {
	code, pc := newField(assets.T("signin.code.example"), 1), newField(assets.T("signin.pc.example"), 1)
	head := titled(assets.T("signin.enrol"), assets.T("signin.enrol.why"))
	return ask(head, []string{assets.T("signin.code"), assets.T("signin.pc")}, []*field{code, pc}, assets.T("signin.join"), func() {
		s.try(func(ctx context.Context) (*desk.Session, error) { return nil, s.door.Enrol(ctx, code.Text, pc.Text) })
	})
}

// againForm asks for the code by which a PC of the school goes over to another
// server.
func againForm(s *SignIn, why string) form {
	code := newField(assets.T("signin.code.example"), 1)
	code.onKey = s.leaveField
	return ask(titled(assets.T("signin.rejoin"), why), []string{assets.T("signin.code")}, []*field{code}, assets.T("signin.join"), func() {
		s.try(func(ctx context.Context) (*desk.Session, error) { return nil, s.door.Enrol(ctx, code.Text, "") })
	}, caption(assets.T("signin.rejoin.keeps")))
}

func titled(title, why string) fyne.CanvasObject {
	return down(4, -1, text(title, widgets.Type{Size: theme.SizeCard, Bold: true}),
		widgets.NewParagraph(why, widgets.Type{Ink: theme.Ink2}, 4))
}
