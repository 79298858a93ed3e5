package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"
	"time"
)

// writers is by how many PCs the workload is written; none sees another's work.
const writers = 10

// A wish is one change of the workload, as its line of JSON holds it.
type wish struct {
	Client int    `json:"client"`
	Lesson string `json:"lesson_id"`
	Pupil  string `json:"pupil_id"`
	Field  string `json:"field"`
	Value  string `json:"value"`
	Author string `json:"author"`
	Time   int64  `json:"time"` // Unix ms
	Over   bool   `json:"over"` // the cell was written before, by whomever
}

type place struct{ lesson, pupil, field string }

func (w wish) place() place { return place{w.Lesson, w.Pupil, w.Field} }

// mulberry32 is the generator of chance of the comparison's own programs.
type mulberry32 uint32

// below returns a number from 0 up to n, n left out.
func (r *mulberry32) below(n int) int { return int(math.Floor(r.float() * float64(n))) }

func (r *mulberry32) float() float64 {
	*r += 0x6D2B79F5
	a := uint32(*r)
	t := (a ^ a>>15) * (1 | a)
	t = t + (t^t>>7)*(61|t) ^ t
	return float64(t^t>>14) / (1 << 32)
}

// generate makes the workload of n changes: 20,000 lessons, 1,000 pupils, one
// change in twenty into a cell that some PC has written before.
func generate(n int) []wish {
	marks, absences := strings.Split("234455", ""), strings.Split("nbuo", "")
	words := []string{"tetrad", "doma", "zadanie", "vypolneno", "chastichno", "povtorit", "paragraf", "otlichno", "zamechanie", "opozdal"}
	r := mulberry32(seed)
	start := time.Date(2026, time.September, 1, 8, 0, 0, 0, time.UTC).UnixMilli()
	var cells []place
	seen := map[place]bool{}
	out := make([]wish, n)
	for i := range out {
		w := wish{Client: i % writers, Time: start + int64(i)*97}
		var at place
		if i > 100 && r.float() < 0.05 {
			at, w.Over = cells[r.below(len(cells))], true
		} else {
			for at.lesson == "" || seen[at] {
				at = place{fmt.Sprintf("L%06d", r.below(20000)), fmt.Sprintf("P%05d", r.below(1000)), "note"}
				switch f := r.float(); {
				case f < 0.6:
					at.field = "mark"
				case f < 0.9:
					at.field = "attendance"
				}
			}
			seen[at] = true
			cells = append(cells, at)
		}
		w.Lesson, w.Pupil, w.Field = at.lesson, at.pupil, at.field
		switch w.Field {
		case "mark":
			w.Value = marks[r.below(6)]
		case "attendance":
			w.Value = absences[r.below(4)]
		default:
			said := make([]string, 4)
			for k := range said {
				said[k] = words[r.below(10)]
			}
			w.Value = strings.Join(said, " ")
		}
		w.Author = fmt.Sprintf("T%03d", w.Client*7+r.below(7))
		out[i] = w
	}
	return out
}

// writeWorkload writes one line of JSON for each change.
func writeWorkload(to io.Writer, list []wish) error {
	b := bufio.NewWriter(to)
	lines := json.NewEncoder(b)
	for _, w := range list {
		if err := lines.Encode(w); err != nil {
			return err
		}
	}
	return b.Flush()
}

// readWorkload reads the file that the environment's WORKLOAD names.
func readWorkload() ([]wish, error) {
	f, err := os.Open(os.Getenv("WORKLOAD"))
	if err != nil {
		return nil, fmt.Errorf("read the file that WORKLOAD names: %w", err)
	}
	defer f.Close()
	var out []wish
	for lines := json.NewDecoder(bufio.NewReader(f)); lines.More(); {
		var w wish
		if err := lines.Decode(&w); err != nil {
			return nil, fmt.Errorf("read %s: %w", f.Name(), err)
		}
		out = append(out, w)
	}
	return out, nil
}

// of returns the changes of one PC.
func of(list []wish, client int) []wish {
	return slices.DeleteFunc(slices.Clone(list), func(w wish) bool { return w.Client != client })
}

// An oracle is what a system that keeps everything must find in a workload.
type oracle struct {
	cells   int // written at all
	changes int // that change something: a PC that writes the value it sees there writes nothing
	several int // cells written by several PCs
	differ  int // where these do not agree in the end
}

func foretell(list []wish) (o oracle) {
	last := map[place]map[int]string{}
	for _, w := range list {
		at := last[w.place()]
		if at == nil {
			at = map[int]string{}
			last[w.place()] = at
		}
		if former, wrote := at[w.Client]; !wrote || former != w.Value {
			o.changes++
		}
		at[w.Client] = w.Value
	}
	o.cells = len(last)
	for _, at := range last {
		if len(at) < 2 {
			continue
		}
		o.several++
		values := map[string]bool{}
		for _, v := range at {
			values[v] = true
		}
		if len(values) > 1 {
			o.differ++
		}
	}
	return o
}
