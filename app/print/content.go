package print

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"sync"

	"github.com/klauspost/compress/zlib"
)

// The page streams of a PDF are written here rather than by gopdf, which
// formats every glyph through fmt and needs five times as long. gopdf still
// owns the file: fonts and their subsets, page tree, links, outline, images.

// A stream is a page's operators, compressed, and the runes it shows.
type stream struct {
	data []byte
	used [fontCount][]uint64 // bit set of runes below dense
}

// encode turns the pages into streams, on all processors; the result does not
// depend on how many there are. objects name the images of each page.
func encode(ctx context.Context, d *Document, objects []pageObjects) ([]stream, error) {
	streams := make([]stream, len(d.Pages))
	next := make(chan int)
	var failed error
	var once sync.Once
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), max(len(d.Pages), 1)) {
		wg.Go(func() {
			var e encoder
			for i := range next {
				if err := e.page(&d.Pages[i], d.Sheet.Height, objects[i].images, &streams[i]); err != nil {
					once.Do(func() { failed = fmt.Errorf("encode page %d: %w", i+1, err) })
				}
			}
		})
	}
	for i := range d.Pages {
		if ctx.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return streams, failed
}

// An encoder keeps its buffers from page to page.
type encoder struct {
	raw  []byte
	out  bytes.Buffer
	zlib *zlib.Writer
}

// compression is the level at which a class takes the least time for nearly the
// least bytes.
const compression = 6

func (e *encoder) page(p *Page, height float64, images []int, s *stream) error {
	e.raw = e.raw[:0]
	e.fills(p, height)
	e.lines(p, height)
	for i, im := range p.Images {
		e.raw = append(e.raw, "q "...)
		e.numbers(pt(im.W), 0, 0, pt(im.H), pt(im.X), pt(float32(height)-im.Y-im.H))
		e.raw = fmt.Appendf(e.raw, "cm /I%d Do Q\n", images[i]) // as gopdf names it
	}
	e.texts(p, height, s)
	e.out.Reset()
	if e.zlib == nil {
		z, err := zlib.NewWriterLevel(&e.out, compression)
		if err != nil {
			return err
		}
		e.zlib = z
	} else {
		e.zlib.Reset(&e.out)
	}
	if _, err := e.zlib.Write(e.raw); err != nil {
		return err
	}
	if err := e.zlib.Close(); err != nil {
		return err
	}
	s.data = slices.Clone(e.out.Bytes())
	return nil
}

func (e *encoder) fills(p *Page, height float64) {
	gray := float32(-1)
	for _, f := range p.Fills {
		if f.Gray != gray {
			gray = f.Gray
			e.raw = strconv.AppendFloat(e.raw, float64(gray), 'f', 3, 32)
			e.raw = append(e.raw, " g\n"...)
		}
		e.numbers(pt(f.X), pt(float32(height)-f.Y-f.H), pt(f.W), pt(f.H))
		e.raw = append(e.raw, "re f\n"...)
	}
}

func (e *encoder) lines(p *Page, height float64) {
	e.raw = append(e.raw, "0 G 0 g 2 J\n"...) // square ends close the corners
	width := float32(-1)
	for _, l := range p.Lines {
		if l.Width != width {
			if width >= 0 {
				e.raw = append(e.raw, "S\n"...)
			}
			width = l.Width
			e.numbers(width)
			e.raw = append(e.raw, "w\n"...)
		}
		e.numbers(pt(l.X1), pt(float32(height)-l.Y1))
		e.raw = append(e.raw, "m "...)
		e.numbers(pt(l.X2), pt(float32(height)-l.Y2))
		e.raw = append(e.raw, "l\n"...)
	}
	if width >= 0 {
		e.raw = append(e.raw, "S\n"...)
	}
}

// texts writes all strings in one text object, moving from each to the next.
func (e *encoder) texts(p *Page, height float64, s *stream) {
	if len(p.Texts) == 0 {
		return
	}
	e.raw = append(e.raw, "BT\n"...)
	font, size := fontCount, float32(0)
	for i := range p.Texts {
		t := &p.Texts[i]
		if t.Font != font || t.Size != size {
			font, size = t.Font, t.Size
			e.raw = append(e.raw, "/F"...)
			e.raw = strconv.AppendInt(e.raw, int64(font)+1, 10)
			e.raw = append(e.raw, ' ')
			e.numbers(size)
			e.raw = append(e.raw, "Tf\n"...)
		}
		if s.used[font] == nil {
			s.used[font] = make([]uint64, dense/64)
		}
		if t.Up {
			e.raw = append(e.raw, "0 1 -1 0 "...)
		} else {
			e.raw = append(e.raw, "1 0 0 1 "...)
		}
		e.numbers(pt(t.X), pt(float32(height)-t.Y))
		e.raw = append(e.raw, "Tm("...)
		e.glyphs(t.S, font.face(), s.used[font])
		e.raw = append(e.raw, ")Tj\n"...)
	}
	e.raw = append(e.raw, "ET\n"...)
}

func (e *encoder) glyphs(text string, t *face, used []uint64) {
	for _, r := range text {
		if r >= dense {
			continue // the proof lets nothing of this kind through
		}
		used[r/64] |= 1 << (r % 64)
		g := t.glyph[r]
		for _, b := range [2]byte{byte(g >> 8), byte(g)} {
			switch b {
			case '(', ')', '\\':
				e.raw = append(e.raw, '\\', b)
			case '\r':
				e.raw = append(e.raw, '\\', 'r')
			default:
				e.raw = append(e.raw, b)
			}
		}
	}
}

func pt(v float32) float32 { return v / mmPerPt }

// numbers writes each with two decimals, which is 0.004 mm, and a space.
func (e *encoder) numbers(vs ...float32) {
	for _, v := range vs {
		n := int64(v*100 + 0.5)
		if v < 0 {
			n = int64(v*100 - 0.5)
			if n < 0 {
				e.raw = append(e.raw, '-')
				n = -n
			}
		}
		e.raw = strconv.AppendInt(e.raw, n/100, 10)
		if c := n % 100; c != 0 {
			e.raw = append(e.raw, '.', byte('0'+c/10))
			if c%10 != 0 {
				e.raw = append(e.raw, byte('0'+c%10))
			}
		}
		e.raw = append(e.raw, ' ')
	}
}
