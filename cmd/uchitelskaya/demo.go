package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"uchitelskaya/app/demo"
	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/client"
	"uchitelskaya/sync/commit"
)

// demoAddress is where the server of a demo school listens unless another is
// asked for: on this machine only.
const demoAddress = "127.0.0.1:8443"

// makeDemo makes an invented school in a folder: a school server with its data
// (server), two PCs of it (pc1, pc2), and a file with the accounts. Everything
// goes the way of a real school: the server is set up, PCs are enrolled with
// one-time codes, people sign in, commits are sealed, sent and judged.
func makeDemo(ctx context.Context, out io.Writer, args []string) error {
	f, _ := flags("demo")
	dir := f.String("dir", "", "пустая папка для школы")
	which := f.String("school", "village", "village: сельская школа, один год; city: городская, пять лет")
	seed := f.Uint64("seed", 1, "число, от которого зависят имена и отметки")
	address := f.String("address", demoAddress, "где будет отвечать школьный сервер")
	if err := f.Parse(args); err != nil {
		return err
	}
	if *dir == "" {
		return fault.New(fault.Invalid, "Назовите папку: -dir.")
	}
	make, known := map[string]func(uint64, journal.Date) *demo.School{"village": demo.Village, "city": demo.City}[*which]
	if !known {
		return fault.New(fault.Invalid, "Есть две школы: village и city.")
	}
	d := &demoSchool{School: make(*seed, demo.Today), dir: *dir, address: *address, out: out}
	return d.make(ctx)
}

type demoSchool struct {
	*demo.School
	dir, address string
	out          io.Writer
}

func (d *demoSchool) make(ctx context.Context) error {
	var founded struct{ School, Admin, Name, Password, Code string }
	q, admin := d.Requisites(), d.Accounts()[0]
	err := d.server(ctx, &founded, "init", "-name", q.Name, "-short", q.Short, "-admin", admin.Staff.Full(),
		"-since", d.Begins().String(), "-address", d.address)
	if err != nil {
		return err
	}
	school, err1 := journal.ParseID[journal.School](founded.School)
	adminID, err2 := journal.ParseID[journal.Staff](founded.Admin)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	d.Join(school, adminID)
	stop, err := startServer(ctx, d.folder("server"), d.address)
	if err != nil {
		return err
	}
	defer stop()
	fmt.Fprintln(d.out, "Школьный сервер отвечает.")
	return errors.Join(d.firstPC(ctx, founded.Code, founded.Name, founded.Password), d.secondPC(ctx))
}

func (d *demoSchool) folder(name string) string { return filepath.Join(d.dir, name) }

// firstPC enrols a PC, fills it with the school's year, sends that and makes
// the accounts.
func (d *demoSchool) firstPC(ctx context.Context, code, name, password string) error {
	return headless(ctx, d.folder("pc1"), func(p *pc) error {
		if _, err := p.client.Enrol(ctx, code, "Учительская, у окна"); err != nil {
			return err
		}
		if err := p.client.Sync(ctx); err != nil {
			return err
		}
		admin, err := p.client.ChangePassword(ctx, name, password, demo.Password) // roles are hers to give, under her signature
		if err != nil {
			return err
		}
		// People must be known to the server before they sign in, and sign in before they write.
		if err := demo.Load(ctx, p.book, d.authored(true)); err != nil {
			return err
		}
		accounts, err := p.client.AddAccounts(ctx, admin.Staff)
		if err != nil {
			return err
		}
		list := map[journal.StaffID]string{admin.Staff: name + "\t" + demo.Password}
		fmt.Fprintf(d.out, "Входят сотрудники: %d…\n", len(accounts))
		for _, a := range accounts {
			if err := signIn(ctx, p, a); err != nil {
				return err
			}
			list[a.Staff] = a.Name + "\t" + demo.Password
		}
		if err := demo.Load(ctx, p.book, d.authored(false)); err != nil {
			return err
		}
		fmt.Fprintln(d.out, "Отправляем в школу…")
		if err := p.sync(ctx, d.out); err != nil {
			return err
		}
		if n, err := p.book.Count(ctx); err != nil || n.Refused+n.Requested > 0 {
			return errors.Join(err, fmt.Errorf("the server did not take all of the demo school: %+v", n))
		}
		roster, err := p.book.Roster(ctx, d.Year())
		if err != nil {
			return err
		}
		return d.writeAccounts(roster, list)
	})
}

// signIn gives a person an own password. So many on one PC are more than the
// server lets in at once: it is asked again later.
func signIn(ctx context.Context, p *pc, a client.Account) error {
	for {
		_, err := p.client.ChangePassword(ctx, a.Name, a.Password, demo.Password)
		if fault.CodeOf(err) != fault.TooMany {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
}

// authored gives the server's own first draft to the administrator: the server
// has set up the school already, the rest of it is hers. first is what she writes
// before anybody else does; the other part is all that follows.
func (d *demoSchool) authored(first bool) func(yield func(commit.Draft) bool) {
	admin := d.Accounts()[0].Staff.ID
	return func(yield func(commit.Draft) bool) {
		alone, year := true, journal.Register
		for draft := range d.Drafts() {
			if !first && draft.Volume > year {
				year = draft.Volume
				fmt.Fprintf(d.out, "Пишем журналы %s учебного года…\n", year.YearName())
			}
			if draft.Author.IsZero() {
				draft.Author = admin
			}
			if alone = alone && draft.Author == admin; first && !alone || alone == first && !yield(draft) {
				return
			}
		}
	}
}

func (d *demoSchool) writeAccounts(r *journal.Roster, list map[journal.StaffID]string) error {
	var b bytes.Buffer
	for _, s := range r.AllStaff() {
		if line, ok := list[s.ID]; ok {
			fmt.Fprintf(&b, "%s\t%s\t%s\n", s.Full(), s.Position, line)
		}
	}
	path := d.folder("accounts.txt")
	fmt.Fprintf(d.out, "Имена для входа и пароли: %s\n", path)
	return os.WriteFile(path, b.Bytes(), 0o600)
}

// secondPC enrols another PC, which fetches everything.
func (d *demoSchool) secondPC(ctx context.Context) error {
	var made struct{ Code string }
	if err := d.server(ctx, &made, "code", "-address", d.address); err != nil {
		return err
	}
	return headless(ctx, d.folder("pc2"), func(p *pc) error {
		if _, err := p.client.Enrol(ctx, made.Code, "Кабинет завуча"); err != nil {
			return err
		}
		fmt.Fprintln(d.out, "Подключаем второй компьютер…")
		return p.sync(ctx, d.out)
	})
}

// server runs a command of the school server and reads its answer.
func (d *demoSchool) server(ctx context.Context, answer any, name string, args ...string) error {
	program, err := serverProgram()
	if err != nil {
		return err
	}
	out, err := exec.CommandContext(ctx, program, append([]string{name, "-data", d.folder("server"), "-json"}, args...)...).Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return fmt.Errorf("school server %s: %w: %s", name, err, exit.Stderr)
	} else if err != nil {
		return fmt.Errorf("school server %s: %w", name, err)
	}
	return json.Unmarshal(out, answer)
}
