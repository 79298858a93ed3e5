package gradegrid

// Callbacks are how the grid tells what a person does. Any of them may be nil.
// Rows and columns are places in the sheet.
type Callbacks struct {
	// OnEntry is one typed value. The grid shows it at once and takes it back
	// if an error returns, whose sentence (fault.TextOf) goes to OnRefused.
	OnEntry func(row, col int, v Value) error
	// OnClear empties cells that are not empty, in one step; errors as above.
	OnClear func(cells []Pos) error
	// OnFill asks for many values in one step. Over says that some of them
	// stand over other values: ask first. The grid changes nothing itself, the
	// screen calls SetCells.
	OnFill func(changes []Change, over bool) error
	// OnPaste is text to be pasted with its corner at (row, col): see
	// [ParseTable]. The grid changes nothing itself.
	OnPaste func(row, col int, text string)
	// OnCopy is the selected block as tab-separated text.
	OnCopy func(text string)

	OnUndo, OnRedo func()
	OnFind         func()             // show the search entry; see Model.Find
	OnMove         func(row, col int) // the cursor stands there now
	OnComment      func(row, col int)
	// OnOpen is F2 or a double click. True means that the screen took it over
	// (two values in one cell); otherwise the cell is edited in place.
	OnOpen func(row, col int) bool
	// OnRefused is the reason why a key was refused, for as long as the cell
	// shows its red frame; the empty string when that is over.
	OnRefused func(reason string)
}
