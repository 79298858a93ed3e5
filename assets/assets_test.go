package assets_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"uchitelskaya/assets"
)

var used = regexp.MustCompile(`assets\.T\("([^"]+)"`)

func TestEveryTextUsedInTheCodeExists(t *testing.T) {
	found := 0
	for _, root := range []string{"../app", "../cmd"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") {
				return err
			}
			src, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			for _, m := range used.FindAllSubmatch(src, -1) {
				found++
				if key := string(m[1]); !assets.Has(key) {
					t.Errorf("%s uses %q, which assets/translations/ru does not have", path, key)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d uses checked", found)
}
