package main

import (
	"encoding/json"
	"net"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"uchitelskaya/storage/central/postgres/pgtest"
)

// database makes an empty database with the tables, by the command for it.
func database(t *testing.T, c *pgtest.Cluster) (name string) {
	t.Helper()
	name, err := c.Database()
	if err != nil {
		t.Fatal(err)
	}
	said := (&school{t: t}).command("migrate", "-data", c.Address(pgtest.Owner, name), "-role", pgtest.Server)
	if !strings.Contains(said, "Таблицы готовы") {
		t.Fatalf("migrate said %q", said)
	}
	return name
}

// TestDatabaseScript runs the manual of the server over a database.
func TestDatabaseScript(t *testing.T) {
	cluster := pgtest.Start(t)
	testscript.Run(t, testscript.Params{
		Dir: "testdata/database",
		Setup: func(e *testscript.Env) error {
			name, err := cluster.Database()
			e.Setenv("OWNER", cluster.Address(pgtest.Owner, name))
			e.Setenv("DATA", cluster.Address(pgtest.Server, name))
			e.Setenv("ONE", freeAddress(t))
			e.Setenv("TWO", freeAddress(t))
			return err
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			// answers ADDRESS waits until a server in the background listens there.
			"answers": func(_ *testscript.TestScript, _ bool, args []string) {
				eventually(t, args[0]+" answers", func() bool {
					c, err := net.Dial("tcp", args[0])
					return err == nil && c.Close() == nil
				})
			},
			// school NAME FILE sets a variable to the school that init -json told of.
			"school": func(ts *testscript.TestScript, _ bool, args []string) {
				var m made
				ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[1])), &m))
				ts.Setenv(args[0], m.School)
			},
		},
	})
}

// The database is lost and put back from an older copy of its administrator.
// After renew the PCs send again what it lacks.
func TestADatabaseIsRestored(t *testing.T) {
	cluster := pgtest.Start(t)
	name := database(t, cluster)
	address := freeAddress(t)
	s := &school{t: t, dir: cluster.Address(pgtest.Server, name), address: address, reach: address}
	s.found()
	s.start()
	first, second := newPC(t), s.enrolled("Второй")
	c := s.furnish(first)
	first.write(c.teacher, year, c.mark(1, 5))
	for _, p := range []*pc{first, second} {
		if err := p.Sync(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	programs, err := pgtest.Programs()
	if err != nil {
		t.Fatal(err)
	}
	run := func(program string, args ...string) {
		t.Helper()
		if out, err := exec.Command(filepath.Join(programs, program), args...).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", program, err, out)
		}
	}
	copied := filepath.Join(t.TempDir(), "copy.pg")
	run("pg_dump", "-Fc", "-f", copied, cluster.Admin(name))
	last := map[*pc]uint64{}
	for n, p := range map[int]*pc{2: first, 3: second} {
		last[p] = p.write(c.teacher, year, c.mark(n, n)).Number
		if err := p.Sync(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	s.kill()

	again, err := cluster.Database()
	if err != nil {
		t.Fatal(err)
	}
	run("pg_restore", "-d", cluster.Admin(again), copied)
	s.dir = cluster.Address(pgtest.Server, again)
	s.command("renew", "-data", s.dir)
	s.start()
	for range 2 {
		for _, p := range []*pc{first, second} {
			if err := p.Sync(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, p := range map[string]*pc{"first": first, "second": second} {
		for n, mark := range map[int]int{1: 5, 2: 2, 3: 3} {
			if !p.sees(c, n, mark) {
				t.Errorf("%s PC lacks mark %d", name, n)
			}
		}
	}
	s.kill()
	s.check(last)
}
