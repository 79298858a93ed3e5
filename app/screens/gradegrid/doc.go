// Package gradegrid is the gradebook grid: pupils by lessons, typed at one key
// a mark. It knows no domain: it shows a [Sheet] of plain values and tells
// what a person does through [Callbacks].
//
// Three parts, from pure to impure:
//
//   - [Model]: cursor, selection, the typing rules, searching, filling; no
//     drawing, no clock, no Fyne;
//   - [Painter]: draws a model into an image in device pixels and touches only
//     what differs from what it drew before;
//   - [Grid]: the Fyne widget that feeds keys and mouse to the model and shows
//     the image.
//
// # Typing rules
//
// A key replaces the cell; no edit mode is needed. Every word that a column
// takes is in its [Alphabet]; letters are matched against the words:
//
//   - one word left and it is whole: it is entered and the cursor goes down;
//   - one word left, not whole («у» can only be «уп»): it is completed and
//     entered, and its remaining letters are swallowed if they are typed too;
//   - several words left («о»: оп, осв; «н»: н, нп): the grid waits, without
//     any timer. Then Enter enters a whole word («н»); any other key enters it,
//     moves down and acts there. What is no word yet («о») is refused;
//   - no word left: the key is refused, the cell keeps its value, the cell gets
//     a red frame and the reason goes to OnRefused.
//
// So «н» followed by a movement key moves twice: it behaves exactly as «б»,
// which moves at once, only later.
//
// The second mark: the physical key «/» (in the Russian layout «.», and also
// the key «\») directly after a mark goes back to the cell just entered, and
// on a cell with one mark stays on it; then a digit adds the second mark: 5/4.
// A mark typed on «оп» keeps the «оп», and «оп» typed on a mark keeps the mark;
// everything else replaces the whole cell.
//
// Letters typed under the Latin layout are understood by the place of the key.
package gradegrid
