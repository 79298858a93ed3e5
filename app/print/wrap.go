package print

import (
	"strings"
	"unicode/utf8"
)

// wrap breaks text into lines not wider than width millimetres, at spaces and
// line feeds; a word that is too long for a line is cut. A text that fits comes
// back as one line without copying. An empty text has no lines.
func (s style) wrap(text string, width float64) []string {
	if text == "" {
		return nil
	}
	if !strings.Contains(text, "\n") && s.width(text) <= width {
		return []string{text}
	}
	var lines []string
	for par := range strings.SplitSeq(text, "\n") {
		lines = s.wrapParagraph(lines, strings.TrimSpace(par), width)
	}
	return lines
}

// glued reports whether a line must not end here: after № and §, and after one
// letter with a full stop, as in «с. 12» and «О. И.».
func glued(before string) bool {
	if strings.HasSuffix(before, "№") || strings.HasSuffix(before, "§") {
		return true
	}
	word := before[strings.LastIndexByte(before, ' ')+1:]
	return strings.HasSuffix(word, ".") && utf8.RuneCountInString(word) == 2
}

func (s style) wrapParagraph(lines []string, text string, width float64) []string {
	t := s.font.face()
	limit := int(width / (s.size * mmPerPt) * 1000)
	start, space, sum, atSpace := 0, -1, 0, 0
	for i, r := range text {
		w := 0
		if r < dense {
			w = int(t.advance[r])
		}
		if r == ' ' && !glued(text[start:i]) {
			space, atSpace = i, sum+w
		} else if sum+w > limit && i > start {
			if space > start {
				lines = append(lines, strings.TrimRight(text[start:space], " "))
				start, sum = space+1, sum-atSpace
			} else {
				lines = append(lines, text[start:i])
				start, sum = i, 0
			}
			space, atSpace = -1, 0
		}
		sum += w
	}
	if rest := text[start:]; rest != "" {
		lines = append(lines, rest)
	}
	return lines
}
