package print

// RepairToUnicode is mended bytes' only part that ordinary documents cannot
// bring to its limits.
var RepairToUnicode = repairToUnicode

// Wrap breaks text set in a font and size.
func Wrap(f Font, size float64, text string, width float64) []string {
	return styleOf(f, size).wrap(text, width)
}

// Width measures text set in a font and size.
func Width(f Font, size float64, text string) float64 { return styleOf(f, size).width(text) }
