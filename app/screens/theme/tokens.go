package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
)

// A Token names a colour by what it is for.
type Token = fyne.ThemeColorName

// The tokens.
const (
	Desk     Token = "desk"     // window behind the sheets
	Rail     Token = "rail"     // left navigation
	Sheet    Token = "sheet"    // cards, grid, panels, entries
	Zebra    Token = "zebra"    // every second row
	Head     Token = "head"     // table heads, bottom bar, period and average columns
	Control  Token = "control"  // body of a контрольная column
	Rule     Token = "rule"     // hairlines between rows and columns
	Line     Token = "line"     // every 5th row, edges of cards and buttons
	Strong   Token = "strong"   // month and period borders, edges of entries
	Ink1     Token = "ink"      // main text, marks
	Ink2     Token = "ink2"     // secondary text, absence codes, icons
	Ink3     Token = "ink3"     // captions, hints, proposed marks, unsent dot
	Accent   Token = "accent"   // you are here: cursor, focus, main button, today
	OnAccent Token = "onAccent" // text on accent
	Soft     Token = "soft"     // cross-hair, current row of a list
	Mid      Token = "mid"      // selected block, chosen segment, selected text
	Ok       Token = "ok"       // done
	OkSoft   Token = "okSoft"
	Warn     Token = "warn" // a person must decide or add something
	WarnSoft Token = "warnSoft"
	Bad      Token = "bad" // refused key, far behind, cannot save
	BadSoft  Token = "badSoft"
	Lock     Token = "lock"  // ground of a closed term
	Hatch    Token = "hatch" // its hatching
	Veil     Token = "veil"  // behind a card that needs an answer

	Period1 Token = "periodI"
	Period2 Token = "periodII"
	Period3 Token = "periodIII"
	Period4 Token = "periodIV"
	Year    Token = "periodYear"
)

// Tokens lists every token: the keys of both tables.
var Tokens = []Token{
	Desk, Rail, Sheet, Zebra, Head, Control, Rule, Line, Strong, Ink1, Ink2, Ink3, Accent, OnAccent, Soft, Mid,
	Ok, OkSoft, Warn, WarnSoft, Bad, BadSoft, Lock, Hatch, Veil, Period1, Period2, Period3, Period4, Year,
}

// A Palette has a colour for every token.
type Palette map[Token]color.NRGBA

// Light and Contrast are the two palettes.
var (
	Light = Palette{
		Desk: hex(0xEBEEF2), Rail: hex(0xE1E6EC), Sheet: hex(0xFFFFFF), Zebra: hex(0xF7F9FB), Head: hex(0xEFF2F6),
		Control: hex(0xF1F4F8), Rule: hex(0xDDE3EA), Line: hex(0xC2CBD5), Strong: hex(0x7C8997),
		Ink1: hex(0x16202A), Ink2: hex(0x465361), Ink3: hex(0x606C79),
		Accent: hex(0x1D5794), OnAccent: hex(0xFFFFFF), Soft: hex(0xE6EFF9), Mid: hex(0xC7DBF1),
		Ok: hex(0x27653A), OkSoft: hex(0xE2EFE5), Warn: hex(0x7F5300), WarnSoft: hex(0xFBEFD6),
		Bad: hex(0xA3271D), BadSoft: hex(0xFAE5E2), Lock: hex(0xF4F6F8), Hatch: hex(0xCFD6DE),
		Veil:    {R: 0x16, G: 0x20, B: 0x2A, A: 0x61}, // 38 %
		Period1: hex(0x7A5A12), Period2: hex(0x1E6B66), Period3: hex(0x5B4A8C), Period4: hex(0x8A3F5C), Year: hex(0x465361),
	}
	Contrast = Palette{
		Desk: hex(0x0E1318), Rail: hex(0x0A0E12), Sheet: hex(0x000000), Zebra: hex(0x0C1116), Head: hex(0x161D25),
		Control: hex(0x141B23), Rule: hex(0x39444F), Line: hex(0x5F6E7D), Strong: hex(0xB8C4D0),
		Ink1: hex(0xFFFFFF), Ink2: hex(0xD5DEE7), Ink3: hex(0xB4C0CC),
		Accent: hex(0xFFD54A), OnAccent: hex(0x000000), Soft: hex(0x2B2A14), Mid: hex(0x4A4415),
		Ok: hex(0x8BE0A4), OkSoft: hex(0x0F2A18), Warn: hex(0xFFB84D), WarnSoft: hex(0x3A2600),
		Bad: hex(0xFF9A90), BadSoft: hex(0x3D0F0B), Lock: hex(0x0B0F13), Hatch: hex(0x3C4753),
		Veil:    {A: 0x99}, // 60 %
		Period1: hex(0xE2C16A), Period2: hex(0x6FD3CC), Period3: hex(0xBBAAF0), Period4: hex(0xF0A6C0), Year: hex(0xD5DEE7),
	}
)

func hex(rgb uint32) color.NRGBA {
	return color.NRGBA{R: uint8(rgb >> 16), G: uint8(rgb >> 8), B: uint8(rgb), A: 0xFF}
}
