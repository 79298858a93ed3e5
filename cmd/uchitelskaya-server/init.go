package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/storage/central/sqlite"
	"uchitelskaya/sync/server"
	"uchitelskaya/sync/wire"
)

// made is what init tells, also as JSON.
type made struct {
	School   string `json:"school"` // id
	Admin    string `json:"admin"`  // id
	Name     string `json:"name"`   // for sign-in
	Password string `json:"password"`
	Code     string `json:"code"`
}

// initSchool makes a school in an empty folder.
func initSchool(ctx context.Context, s *shell, args []string) error {
	f, data := s.flags("init")
	var r journal.School
	f.StringVar(&r.Name, "name", "", "полное название школы")
	f.StringVar(&r.Short, "short", "", "краткое название школы")
	file := f.String("requisites", "", "файл с реквизитами: строки «Полное название: …», «ИНН: …» и так далее")
	admin := f.String("admin", "", "фамилия, имя и отчество администратора")
	address := f.String("address", "", "адрес сервера для компьютеров школы, например 192.168.1.5:8443")
	from := f.String("since", "", "с какого дня администратор вносит данные: 10.08.2026; иначе с сегодняшнего")
	asJSON := f.Bool("json", false, "ответ для программ")
	if err := parse(f, args, 0); err != nil {
		return err
	}
	since := journal.DateOf(s.now())
	if *from != "" {
		day, err := journal.ParseDate(*from)
		if err != nil {
			return fmt.Errorf("дня «%s» нет; %w", *from, errUsage)
		}
		since = day
	}
	if *file != "" {
		if err := readRequisites(*file, &r); err != nil {
			return err
		}
	}
	name := strings.Fields(*admin)
	if r.Name == "" || len(name) < 2 {
		return fmt.Errorf("нужны название школы (-name) и фамилия, имя, отчество администратора (-admin); %w", errUsage)
	}
	at, err := reachable(*address)
	if err != nil {
		return err
	}
	if _, err := os.Stat(sqlite.Path(data.at)); err == nil {
		return fault.New(fault.Invalid, "В папке "+data.at+" уже есть школа. Для новой нужна пустая папка.")
	}
	m, err := s.make(ctx, *data, r, name, at, since)
	if err != nil {
		if data.database() {
			return err // half a school stays in the list, and nobody comes to it
		}
		return errors.Join(err, sqlite.Remove(data.at)) // half a school is none
	}
	if *asJSON {
		return json.NewEncoder(s.out).Encode(m)
	}
	s.say("Школа создана: %s", r.Name)
	if data.database() {
		s.say("Номер школы в базе данных: %s", m.School)
	} else {
		s.say("Данные: %s", data.at)
	}
	s.say("")
	s.say("Администратор входит так:")
	s.say("  имя для входа       %s", m.Name)
	s.say("  одноразовый пароль  %s", m.Password)
	s.say("")
	s.say("Код подключения первого компьютера, действует час:")
	s.say("  %s", m.Code)
	return nil
}

func (s *shell) make(ctx context.Context, p place, r journal.School, name []string, address string, since journal.Date) (m made, err error) {
	store, err := p.open(ctx)
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	f, err := server.NewFounding(s.now())
	if err != nil {
		return m, err
	}
	if err := store.Found(ctx, f); err != nil {
		return m, err
	}
	school, err := server.Open(ctx, store, f, s.now)
	if err != nil {
		return m, err
	}
	admin := journal.Staff{ID: journal.NewID[journal.Staff](), Last: name[0], First: name[1], Middle: strings.Join(name[2:], " ")}
	if err := school.Found(ctx, r, admin, since); err != nil {
		return m, err
	}
	accounts, err := school.Accounts(ctx, wire.AccountAdd, []journal.StaffID{admin.ID})
	if err != nil {
		return m, err
	}
	known, err := pin(f)
	if err != nil {
		return m, err
	}
	code, err := school.NewCode(ctx, address, known)
	if err != nil {
		return m, err
	}
	return made{School: f.School.String(), Admin: admin.ID.String(), Name: accounts[0].Name, Password: accounts[0].Password, Code: code.String()}, nil
}

// reachable is the address for the PCs: what was given, or this computer's own
// in the school's network.
func reachable(address string) (string, error) {
	if address != "" {
		if host, port, err := net.SplitHostPort(address); err != nil || host == "" || port == "" || strings.ContainsAny(address, " \t") {
			return "", fmt.Errorf("адрес «%s» не подходит, нужен вид 192.168.1.5:8443; %w", address, errUsage)
		}
		return address, nil
	}
	_, port, _ := net.SplitHostPort(defaultListen)
	list, err := net.InterfaceAddrs()
	if err != nil {
		return "", fmt.Errorf("list addresses: %w", err)
	}
	for _, a := range list {
		if ip, ok := a.(*net.IPNet); ok && ip.IP.To4() != nil && ip.IP.IsGlobalUnicast() {
			return net.JoinHostPort(ip.IP.String(), port), nil
		}
	}
	return net.JoinHostPort("127.0.0.1", port), nil
}
