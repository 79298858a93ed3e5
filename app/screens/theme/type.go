package theme

import "fyne.io/fyne/v2"

// The sizes of type, as Fyne's size names so that a rich text can name them.
const (
	SizeCount   fyne.ThemeSizeName = "count"   // 44: a number that counts
	SizeClass   fyne.ThemeSizeName = "class"   // 26: class in the banner
	SizeTitle   fyne.ThemeSizeName = "title"   // 24: title of a screen
	SizeCard    fyne.ThemeSizeName = "card"    // 22: title of a decision
	SizeSection fyne.ThemeSizeName = "section" // 17: title of a section
	SizeList    fyne.ThemeSizeName = "list"    // 15: lists, surnames, marks
	SizeBody    fyne.ThemeSizeName = "body"    // 14: buttons, entries, secondary text
	SizeCaption fyne.ThemeSizeName = "caption" // 13: captions, heads of columns
	SizeHint    fyne.ThemeSizeName = "hint"    // 12: key hints, badges; nothing is smaller
)

// TypeSize returns a size of type in the look in use.
func TypeSize(name fyne.ThemeSizeName) float32 { return Current().Size(name) }
