package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/server"
	"uchitelskaya/sync/wire"
)

// code makes a one-time code for one more PC.
func code(ctx context.Context, s *shell, args []string) error {
	f, data := s.flags("code")
	address := f.String("address", "", "адрес сервера для компьютеров школы, например 192.168.1.5:8443")
	asJSON := f.Bool("json", false, "ответ для программ")
	if err := parse(f, args, 0); err != nil {
		return err
	}
	at, err := reachable(*address)
	if err != nil {
		return err
	}
	school, founding, store, err := s.school(ctx, *data)
	if err != nil {
		return err
	}
	defer store.Close()
	p, err := pin(founding)
	if err != nil {
		return err
	}
	c, err := school.NewCode(ctx, at, p)
	if err != nil {
		return err
	}
	if *asJSON {
		return json.NewEncoder(s.out).Encode(map[string]string{"code": c.String()})
	}
	s.say("Код подключения одного компьютера, действует час:")
	s.say("  %s", c)
	return nil
}

// devices lists the school's PCs.
func devices(ctx context.Context, s *shell, args []string) error {
	f, data := s.flags("devices")
	if err := parse(f, args, 0); err != nil {
		return err
	}
	school, _, store, err := s.school(ctx, *data)
	if err != nil {
		return err
	}
	defer store.Close()
	list, err := school.PCs(ctx)
	if err != nil {
		return err
	}
	for _, d := range list {
		state := "подключён"
		switch {
		case d.Revoked:
			state = "отключён"
		case d.Full:
			state = "до завтра ничего не берём"
		}
		s.say("%s  %-9s  записей: %-7d  программа: %-10s  %s", d.ID, state, d.Last, programName(d.Program), d.Name)
	}
	if len(list) == 0 {
		s.say("Ни один компьютер ещё не подключён. Код подключения даёт uchitelskaya-server code.")
	}
	return nil
}

// programName is the program of a PC as the administrator reads it.
func programName(n int) string {
	switch {
	case n == 0:
		return "–"
	case n < wire.Program:
		return fmt.Sprintf("%d, обновите", n)
	}
	return strconv.Itoa(n)
}

// revoke shuts a PC out, named by its number or its whole name, and with
// -copies those that came of its disk.
func revoke(ctx context.Context, s *shell, args []string) error {
	f, data := s.flags("revoke")
	copies := f.Bool("copies", false, "отключить и компьютеры, которые работают с копии его диска")
	usage := f.Usage
	f.Usage = func() {
		usage()
		fmt.Fprint(f.Output(), `
Отключённый компьютер больше ничего не получает и не передаёт; записанное на нём остаётся на нём.

  uchitelskaya-server revoke Учительская, у окна
  uchitelskaya-server revoke -copies Учительская, у окна

Если украден диск или его копия, копии под другими номерами остаются подключёнными, пока их не отключат:
среди них могут быть и свои, например класс, настроенный с одного диска. С -copies отключаются все.
`)
	}
	if err := parse(f, args, 100); err != nil {
		return err
	}
	who := strings.Join(f.Args(), " ")
	if who == "" {
		return fmt.Errorf("назовите компьютер, как его называет uchitelskaya-server devices; %w", errUsage)
	}
	school, _, store, err := s.school(ctx, *data)
	if err != nil {
		return err
	}
	defer store.Close()
	d, err := device(school, who)
	if err != nil {
		return err
	}
	out := []journal.Device{d}
	if *copies {
		out = append(out, school.Copies(d.ID)...)
	}
	ids := make([]journal.DeviceID, len(out))
	for i := range out {
		ids[i] = out[i].ID
	}
	if err := school.Revoke(ctx, ids...); err != nil {
		return err
	}
	for _, o := range out {
		s.say("Компьютер отключён от школы: %s", o.Name)
	}
	left := school.Copies(d.ID) // honest ones among them must not be cut off by themselves
	for _, o := range left {
		s.say("Копия его диска ещё подключена: %s. Если и она чужая: uchitelskaya-server revoke %s", o.Name, o.ID)
	}
	if len(left) > 0 {
		s.say("Отключить все копии сразу: uchitelskaya-server revoke -copies %s", d.ID)
	}
	return nil
}

// device finds a PC by its number or its whole name.
func device(school *server.School, who string) (d journal.Device, err error) {
	var found []journal.Device
	for _, d := range school.Devices() {
		if d.ID.String() == who || journal.Normal(d.Name) == journal.Normal(who) && !d.Revoked {
			found = append(found, d)
		}
	}
	switch {
	case len(found) == 0:
		return d, fault.New(fault.NotFound, "Компьютера «"+who+"» в школе нет.")
	case len(found) > 1:
		return d, fault.New(fault.Invalid, "Компьютеров с таким названием несколько. Назовите номер из списка: uchitelskaya-server devices.")
	}
	return found[0], nil
}
