package screens

import "strings"

// Intake is «Загрузить» of the person at work.
func (s *Shell) Intake() *Intake { return s.work.made[intakeItem].(*Intake) }

// Main is what the main button says.
func (i *Intake) Main() string { return i.side.main.Text }

// Said is everything that the table and the side say, a line each.
func (i *Intake) Said() string {
	var out []string
	for _, s := range i.sources {
		line := s.name()
		if s.err != nil {
			line += ": " + s.err.Error()
		}
		out = append(out, line)
	}
	if i.plan != nil {
		for _, it := range i.plan.Items {
			out = append(out, it.Fate.String()+" "+it.Title+" "+it.Why)
		}
		for _, n := range i.noticed() {
			out = append(out, n.text)
		}
	}
	return strings.Join(append(out, i.trouble), "\n")
}

// Write presses the main button.
func (i *Intake) Write() { i.write(); Settle() }

// Files are the names of the files chosen.
func (i *Intake) Files() []string {
	var out []string
	for _, s := range i.sources {
		out = append(out, s.name())
	}
	return out
}
