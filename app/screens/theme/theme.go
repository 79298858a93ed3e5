package theme

import (
	"image/color"
	"sync/atomic"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"uchitelskaya/assets"
)

// A Theme is one look: a palette and a text size. The zero value is not
// useful; see [New].
type Theme struct {
	palette Palette
	text    float32
}

// New returns the look with the given palette and text size. Text is 1, 1.15
// or 1.3 and multiplies every measure of the program.
func New(p Palette, text float32) *Theme { return &Theme{palette: p, text: text} }

var current atomic.Pointer[Theme]

func init() { current.Store(New(Light, 1)) }

// Use makes t the look of the program: of [Ink], [Px] and of Fyne's own
// widgets in app.
func Use(app fyne.App, t *Theme) {
	current.Store(t)
	app.Settings().SetTheme(t)
}

// Current returns the look in use.
func Current() *Theme { return current.Load() }

// Ink returns the colour of a token in the look in use.
func Ink(t Token) color.NRGBA { return Current().palette[t] }

// Px returns a measure given in units of 100 % at the text size in use.
func Px(v float32) float32 { return v * Current().text }

// Palette returns the colours of the look.
func (t *Theme) Palette() Palette { return t.palette }

// Text returns the text size: 1, 1.15 or 1.3.
func (t *Theme) Text() float32 { return t.text }

// Which of Fyne's names means which of our tokens.
var alias = map[fyne.ThemeColorName]Token{
	fynetheme.ColorNameBackground:          Desk,
	fynetheme.ColorNameButton:              Sheet,
	fynetheme.ColorNameDisabledButton:      Head,
	fynetheme.ColorNameDisabled:            Ink3,
	fynetheme.ColorNameError:               Bad,
	fynetheme.ColorNameForeground:          Ink1,
	fynetheme.ColorNameForegroundOnError:   Sheet,
	fynetheme.ColorNameForegroundOnPrimary: OnAccent,
	fynetheme.ColorNameForegroundOnSuccess: Sheet,
	fynetheme.ColorNameForegroundOnWarning: Sheet,
	fynetheme.ColorNameHeaderBackground:    Head,
	fynetheme.ColorNameHover:               Head,
	fynetheme.ColorNameHyperlink:           Accent,
	fynetheme.ColorNameInputBackground:     Sheet,
	fynetheme.ColorNameInputBorder:         Strong,
	fynetheme.ColorNameMenuBackground:      Sheet,
	fynetheme.ColorNameOverlayBackground:   Sheet,
	fynetheme.ColorNamePlaceHolder:         Ink3,
	fynetheme.ColorNamePressed:             Mid,
	fynetheme.ColorNamePrimary:             Accent,
	fynetheme.ColorNameFocus:               Mid,
	fynetheme.ColorNameScrollBar:           Line,
	fynetheme.ColorNameScrollBarBackground: Head,
	fynetheme.ColorNameSelection:           Mid,
	fynetheme.ColorNameSeparator:           Rule,
	fynetheme.ColorNameSuccess:             Ok,
	fynetheme.ColorNameWarning:             Warn,
}

// Color implements [fyne.Theme]: our tokens by their own names, Fyne's names
// through the table above. Nothing throws a shadow.
func (t *Theme) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	if name == fynetheme.ColorNameShadow {
		return color.Transparent
	}
	if token, ok := alias[name]; ok {
		name = token
	}
	if c, ok := t.palette[name]; ok {
		return c
	}
	return t.palette[Ink2]
}

var (
	sansRegular    = fyne.NewStaticResource("PTSans-Regular.ttf", assets.SansRegular)
	sansBold       = fyne.NewStaticResource("PTSans-Bold.ttf", assets.SansBold)
	sansItalic     = fyne.NewStaticResource("PTSans-Italic.ttf", assets.SansItalic)
	sansBoldItalic = fyne.NewStaticResource("PTSans-BoldItalic.ttf", assets.SansBoldItalic)

	// Narrow is for column heads and the one long column of a table only.
	Narrow fyne.Resource = fyne.NewStaticResource("PTSansNarrow-Regular.ttf", assets.NarrowRegular)
	// NarrowBold is the same for heads that count.
	NarrowBold fyne.Resource = fyne.NewStaticResource("PTSansNarrow-Bold.ttf", assets.NarrowBold)
)

// Font implements [fyne.Theme] with PT Sans, in which digits have one width.
func (t *Theme) Font(s fyne.TextStyle) fyne.Resource {
	switch {
	case s.Symbol:
		return fynetheme.DefaultTheme().Font(s)
	case s.Bold && s.Italic:
		return sansBoldItalic
	case s.Bold:
		return sansBold
	case s.Italic:
		return sansItalic
	}
	return sansRegular
}

// Icon implements [fyne.Theme]: our drawing where there is one, else Fyne's.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	if own, ok := ownIcons[name]; ok {
		return fynetheme.NewThemedResource(fyne.NewStaticResource(own+".svg", iconSource(own, t.palette[Ink2])))
	}
	return fynetheme.DefaultTheme().Icon(name)
}

// Size implements [fyne.Theme].
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	if v, ok := sizes[name]; ok {
		return v * t.text
	}
	switch name {
	case fynetheme.SizeNameSeparatorThickness, fynetheme.SizeNameInputBorder:
		return 1
	}
	return fynetheme.DefaultTheme().Size(name) * t.text
}

var sizes = map[fyne.ThemeSizeName]float32{
	SizeCount: 44, SizeClass: 26, SizeTitle: 24, SizeCard: 22, SizeSection: 17,
	SizeList: 15, SizeBody: 14, SizeCaption: 13, SizeHint: 12,

	fynetheme.SizeNamePadding:         4,
	fynetheme.SizeNameInnerPadding:    6,
	fynetheme.SizeNameText:            14,
	fynetheme.SizeNameCaptionText:     13,
	fynetheme.SizeNameSubHeadingText:  17,
	fynetheme.SizeNameHeadingText:     24,
	fynetheme.SizeNameInlineIcon:      18,
	fynetheme.SizeNameLineSpacing:     4,
	fynetheme.SizeNameScrollBar:       8,
	fynetheme.SizeNameScrollBarSmall:  4,
	fynetheme.SizeNameScrollBarRadius: 4,
	fynetheme.SizeNameInputRadius:     5,
	fynetheme.SizeNameSelectionRadius: 3,
}
