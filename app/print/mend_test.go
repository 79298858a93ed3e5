package print_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"uchitelskaya/app/print"
	"uchitelskaya/app/print/printtest"
)

func TestToUnicodeMaps(t *testing.T) {
	data := pdf(t, layout(t, printtest.Class(5, small), print.Options{}))
	if bytes.Contains(data, []byte("beginbfrange")) {
		t.Error("a map was not mended")
	}
	if n := bytes.Count(data, []byte("begincmap")); n != 6 || bytes.Count(data, []byte("beginbfchar")) < n {
		t.Errorf("%d maps, %d blocks; want 6 fonts", n, bytes.Count(data, []byte("beginbfchar")))
	}
}

func TestRepairToUnicode(t *testing.T) {
	object := func(n int) []byte {
		var b strings.Builder
		fmt.Fprintf(&b, "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n%d beginbfrange\n", n)
		for i := range n {
			fmt.Fprintf(&b, "<%04X><%04X><%04X>\n", i+1, i+1, 0x400+i)
		}
		return []byte(b.String() + "endbfrange\nendcmap")
	}
	for name, tt := range map[string]struct {
		in     []byte
		want   []string
		absent string
		fails  bool
	}{
		"one code":             {in: object(1), want: []string{"1 beginbfchar\n<0001><0400>\nendbfchar\n"}, absent: "bfrange"},
		"a hundred in a block": {in: object(100), want: []string{"100 beginbfchar\n"}, absent: "bfrange"},
		"and then another":     {in: object(250), want: []string{"100 beginbfchar\n", "50 beginbfchar\n", "<00FA><04F9>"}, absent: "bfrange"},
		"a pair of surrogates": {in: []byte("1 beginbfrange\n<0007><0007><1F600>\nendbfrange\n"), want: []string{"<0007><D83DDE00>"}},
		"a true range":         {in: []byte("1 beginbfrange\n<0007><0009><0041>\nendbfrange\n"), fails: true},
		"no map at all":        {in: []byte("stream"), fails: true},
	} {
		t.Run(name, func(t *testing.T) {
			before := len(tt.in)
			err := print.RepairToUnicode(tt.in)
			if (err != nil) != tt.fails {
				t.Fatalf("error %v", err)
			}
			if len(tt.in) != before {
				t.Errorf("the length changed")
			}
			for _, w := range tt.want {
				if !strings.Contains(string(tt.in), w) {
					t.Errorf("no %q in\n%s", w, tt.in)
				}
			}
			if tt.absent != "" && strings.Contains(string(tt.in), tt.absent) {
				t.Errorf("%q is still there", tt.absent)
			}
		})
	}
}
