package print

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
)

// mend repairs the finished file in place, at unchanged length, so that no
// offset in it changes: pages get their streams, and the ToUnicode maps a form
// that every reader understands.
func (f *pdfFile) mend(data []byte) ([]byte, error) {
	at, err := offsets(data)
	if err != nil {
		return nil, err
	}
	for _, l := range f.pages {
		old := fmt.Sprintf("/Contents  %d 0 R ", l.empty)
		ours := fmt.Sprintf("/Contents %d 0 R", l.stream)
		object := at.object(data, l.page)
		i := bytes.Index(object, []byte(old))
		if i < 0 || len(ours) > len(old) {
			return nil, fmt.Errorf("page object %d: no room for its stream", l.page)
		}
		copy(object[i:], ours+strings.Repeat(" ", len(old)-len(ours)))
	}
	for _, id := range f.unicodes {
		if err := repairToUnicode(at.object(data, id)); err != nil {
			return nil, fmt.Errorf("font object %d: %w", id, err)
		}
	}
	return data, nil
}

// objectTable holds where each object begins; the last entry is the table's own
// place.
type objectTable []int

// offsets reads the cross-reference table at the end of the file.
func offsets(data []byte) (objectTable, error) {
	tail := data[max(0, len(data)-64):]
	i := bytes.LastIndex(tail, []byte("startxref\n"))
	if i < 0 || !bytes.HasSuffix(data, []byte("%%EOF\n")) {
		return nil, fmt.Errorf("the file is cut off")
	}
	from, err := strconv.Atoi(string(bytes.TrimSpace(bytes.TrimSuffix(bytes.TrimSpace(tail[i+10:]), []byte("%%EOF")))))
	if err != nil || from < 0 || from >= len(data) {
		return nil, fmt.Errorf("no cross-reference table")
	}
	lines := strings.Split(string(data[from:]), "\n")
	if len(lines) < 3 || lines[0] != "xref" {
		return nil, fmt.Errorf("no cross-reference table at %d", from)
	}
	var n int
	if _, err := fmt.Sscanf(lines[1], "0 %d", &n); err != nil || n < 1 || len(lines) < 2+n {
		return nil, fmt.Errorf("cross-reference table: %q", lines[1])
	}
	table := make(objectTable, 0, n+1)
	for _, line := range lines[2 : 2+n] {
		o, err := strconv.Atoi(line[:min(10, len(line))])
		if err != nil || o > from {
			return nil, fmt.Errorf("cross-reference line %q", line)
		}
		table = append(table, o)
	}
	return append(table, from), nil
}

// object returns the bytes of object id.
func (t objectTable) object(data []byte, id int) []byte { return data[t[id]:t[id+1]] }

// repairToUnicode rewrites the map of one font: gopdf writes single codes as
// ranges, of which Ghostscript keeps only the low byte, so that Cyrillic could
// not be searched. A single-code line is shorter, so the new map fits the old
// place; the rest is filled with spaces.
func repairToUnicode(object []byte) error {
	const end = "endbfrange\n"
	word := bytes.Index(object, []byte(" beginbfrange\n"))
	stop := bytes.Index(object, []byte(end))
	if word < 0 || stop < word {
		return fmt.Errorf("no ToUnicode ranges")
	}
	start := bytes.LastIndexByte(object[:word], '\n') + 1
	stop += len(end)
	lines := strings.Fields(string(object[word+len(" beginbfrange\n") : stop-len(end)]))
	var b strings.Builder
	for len(lines) > 0 {
		n := min(len(lines), 100) // the most that a block may have
		fmt.Fprintf(&b, "%d beginbfchar\n", n)
		for _, line := range lines[:n] {
			var from, to, r uint32
			if _, err := fmt.Sscanf(line, "<%X><%X><%X>", &from, &to, &r); err != nil || from != to {
				return fmt.Errorf("ToUnicode line %q", line)
			}
			fmt.Fprintf(&b, "<%04X><", from)
			for _, u := range utf16.Encode([]rune{rune(r)}) {
				fmt.Fprintf(&b, "%04X", u)
			}
			b.WriteString(">\n")
		}
		b.WriteString("endbfchar\n")
		lines = lines[n:]
	}
	room := stop - start
	if b.Len() > room {
		return fmt.Errorf("ToUnicode map needs %d bytes, has %d", b.Len(), room)
	}
	if pad := room - b.Len(); pad > 0 {
		b.WriteString(strings.Repeat(" ", pad-1) + "\n")
	}
	copy(object[start:stop], b.String())
	return nil
}
