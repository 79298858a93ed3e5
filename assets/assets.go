// Package assets holds what is embedded in the programs: fonts, icons, texts
// of the screens and the news for users.
//
// Texts live in translations/ru/AREA.json, one file for each area of the
// program; the key of a text is AREA.NAME. A test checks that every key used
// in the code exists.
package assets

import (
	"embed"
	"encoding/json"
	"fmt"
	"path"
	"strings"
	"sync"
)

//go:embed fonts icons translations
var files embed.FS

// The fonts of screen and paper (ParaType Free Font License, see fonts/LICENSE.txt).
var (
	SansRegular    = mustRead("fonts/PTSans-Regular.ttf")
	SansBold       = mustRead("fonts/PTSans-Bold.ttf")
	SansItalic     = mustRead("fonts/PTSans-Italic.ttf")
	SansBoldItalic = mustRead("fonts/PTSans-BoldItalic.ttf")
	NarrowRegular  = mustRead("fonts/PTSansNarrow-Regular.ttf")
	NarrowBold     = mustRead("fonts/PTSansNarrow-Bold.ttf")
	SerifRegular   = mustRead("fonts/PTSerif-Regular.ttf")
	SerifBold      = mustRead("fonts/PTSerif-Bold.ttf")
)

// Icon returns the SVG of an icon by its name without ending; nil if there is none.
func Icon(name string) []byte {
	b, err := files.ReadFile("icons/" + name + ".svg")
	if err != nil {
		return nil
	}
	return b
}

// T returns the text with the given key in Russian, its verbs filled in with
// args as fmt does. An unknown key is returned as it is, so that it is seen.
func T(key string, args ...any) string {
	text, ok := texts()[key]
	if !ok {
		return key
	}
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// Has reports whether there is a text with the key.
func Has(key string) bool {
	_, ok := texts()[key]
	return ok
}

var texts = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	entries, err := files.ReadDir("translations/ru")
	if err != nil {
		panic(err) // the files are part of the binary
	}
	for _, e := range entries {
		area := strings.TrimSuffix(e.Name(), path.Ext(e.Name()))
		var m map[string]string
		if err := json.Unmarshal(mustRead("translations/ru/"+e.Name()), &m); err != nil {
			panic(fmt.Errorf("translations/ru/%s: %w", e.Name(), err))
		}
		for k, v := range m {
			all[area+"."+k] = v
		}
	}
	return all
})

func mustRead(name string) []byte {
	b, err := files.ReadFile(name)
	if err != nil {
		panic(err) // the files are part of the binary
	}
	return b
}
