package theme

import (
	"fmt"
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"uchitelskaya/assets"
)

// Icon returns our icon of the given name (a file of assets/icons) in the
// colour of a token of the look in use. An unknown name gives an empty
// drawing, so that a missing icon is seen and breaks nothing.
func Icon(name string, token Token) fyne.Resource {
	c := Ink(token)
	return fyne.NewStaticResource(fmt.Sprintf("%s-%02x%02x%02x.svg", name, c.R, c.G, c.B), iconSource(name, c))
}

func iconSource(name string, c color.NRGBA) []byte {
	src := assets.Icon(name)
	if src == nil {
		src = []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 22 22" width="22" height="22"></svg>`)
	}
	return []byte(strings.ReplaceAll(string(src), "currentColor", fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B)))
}

// Fyne's own widgets take these drawings from us.
var ownIcons = map[fyne.ThemeIconName]string{
	fynetheme.IconNameArrowDropDown: "chevron-down",
	fynetheme.IconNameArrowDropUp:   "chevron-up",
	fynetheme.IconNameNavigateNext:  "chevron-right",
	fynetheme.IconNameNavigateBack:  "chevron-left",
	fynetheme.IconNameSearch:        "search",
}
