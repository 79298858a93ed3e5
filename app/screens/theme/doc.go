// Package theme is how the program looks: the colour tokens in two tables
// (light and high contrast) with the same keys, the type sizes, the PT Sans
// faces and our icons, all as one Fyne theme.
//
// Our tokens are Fyne colour names, so a rich text or a coloured resource can
// name them directly; [Ink] reads the value of one. [Use] changes the look of
// the whole program.
//
// Colour only repeats what a shape or a letter already says: a grey print of
// any screen must lose nothing.
package theme
