package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/server"
	"uchitelskaya/sync/wire"
)

// listed is one account as the list tells it, also as JSON.
type listed struct {
	Staff    string `json:"staff"` // full name
	Name     string `json:"name"`
	Password string `json:"password,omitempty"`
	OneTime  bool   `json:"one_time"`
	Blocked  bool   `json:"blocked"`
}

var operations = map[string]wire.AccountOp{
	"add": wire.AccountAdd, "reset": wire.AccountReset, "block": wire.AccountBlock, "unblock": wire.AccountUnblock,
}

// account manages who may sign in.
func account(ctx context.Context, s *shell, args []string) (err error) {
	if len(args) == 0 {
		return fmt.Errorf("что сделать: add, reset, block, unblock или list; %w", errUsage)
	}
	op, known := operations[args[0]]
	if !known && args[0] != "list" {
		return fmt.Errorf("нет действия «%s»: есть add, reset, block, unblock, list; %w", args[0], errUsage)
	}
	f, data := s.flags("account " + args[0])
	all := f.Bool("all", false, "для всех сотрудников, у кого имени для входа ещё нет (add)")
	asJSON := f.Bool("json", false, "ответ для программ")
	if err := parse(f, args[1:], 100); err != nil {
		return err
	}
	school, _, store, err := s.school(ctx, *data)
	if err != nil {
		return err
	}
	defer store.Close()
	if args[0] == "list" {
		return s.list(ctx, school, *asJSON)
	}
	var staff []journal.StaffID
	switch who := strings.Join(f.Args(), " "); {
	case *all && op == wire.AccountAdd && who == "":
		for _, p := range school.Register().AllStaff() {
			staff = append(staff, p.ID)
		}
	case who == "" || *all:
		return fmt.Errorf("назовите сотрудника: фамилия, имя, отчество; %w", errUsage)
	default:
		p, err := find(school, who)
		if err != nil {
			return err
		}
		staff = append(staff, p.ID)
	}
	changed, err := school.Accounts(ctx, op, staff)
	if err != nil {
		return err
	}
	return s.tell(school, op, changed, *asJSON)
}

// find finds one of the staff by the beginning of the full name.
func find(school *server.School, who string) (journal.Staff, error) {
	var found []journal.Staff
	for _, p := range school.Register().AllStaff() {
		full := journal.Normal(p.Full())
		if full == journal.Normal(who) {
			return p, nil
		}
		if strings.HasPrefix(full, journal.Normal(who)) {
			found = append(found, p)
		}
	}
	switch len(found) {
	case 0:
		return journal.Staff{}, fault.New(fault.NotFound, "Сотрудника «"+who+"» в школе нет.")
	case 1:
		return found[0], nil
	}
	return journal.Staff{}, fault.New(fault.Invalid, fmt.Sprintf("Сотрудников «%s» %d. Назовите полностью: фамилия, имя, отчество.", who, len(found)))
}

func (s *shell) list(ctx context.Context, school *server.School, asJSON bool) error {
	accounts, err := school.AccountsOf(ctx)
	if err != nil {
		return err
	}
	out := make([]listed, len(accounts))
	for i, a := range accounts {
		p, _ := school.Register().Staff(a.Staff)
		out[i] = listed{Staff: p.Full(), Name: a.Name, OneTime: a.OneTime, Blocked: a.Blocked}
	}
	if asJSON {
		return json.NewEncoder(s.out).Encode(out)
	}
	for _, a := range out {
		state := "свой пароль"
		switch {
		case a.Blocked:
			state = "вход закрыт"
		case a.OneTime:
			state = "одноразовый пароль"
		}
		s.say("%-20s  %-20s  %s", a.Name, state, a.Staff)
	}
	return nil
}

func (s *shell) tell(school *server.School, op wire.AccountOp, changed []wire.Account, asJSON bool) error {
	out := make([]listed, len(changed))
	for i, a := range changed {
		p, _ := school.Register().Staff(a.Staff)
		out[i] = listed{Staff: p.Full(), Name: a.Name, Password: a.Password, OneTime: a.Password != "", Blocked: op == wire.AccountBlock}
	}
	if asJSON {
		return json.NewEncoder(s.out).Encode(out)
	}
	for _, a := range out {
		switch op {
		case wire.AccountBlock:
			s.say("%s: вход закрыт", a.Staff)
		case wire.AccountUnblock:
			s.say("%s: вход открыт", a.Staff)
		default:
			s.say("%s: имя для входа %s, одноразовый пароль %s", a.Staff, a.Name, a.Password)
		}
	}
	if len(out) == 0 {
		s.say("У всех названных уже есть свой пароль. Новый одноразовый даёт account reset.")
	}
	return nil
}
