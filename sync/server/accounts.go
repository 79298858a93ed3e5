package server

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/identity"
	"uchitelskaya/sync/ledger"
	"uchitelskaya/sync/wire"
)

// orderFor is how far the clock of the PC that signs an order may be off.
const orderFor = 15 * time.Minute

// Order does what the administrator has signed on a PC.
func (s *School) Order(ctx context.Context, device journal.DeviceID, m *wire.Accounts) (*wire.AccountsAnswer, error) {
	author := journal.StaffID(m.Author)
	at := journal.IDKey(author).ID(device)
	register := s.Register()
	key := register.Get(journal.KindSignKey, at, journal.SignKeyPublic).Bytes()
	var o wire.AccountsOrder
	switch {
	case len(key) != ed25519.PublicKeySize, register.Get(journal.KindSignKey, at, journal.SignKeyRevoked).Bool(),
		!ed25519.Verify(key, m.Signed(device), m.Signature):
		return nil, damaged(fmt.Errorf("order of %s on %s", author, device))
	}
	if err := wire.Decode(m.Order, &o); err != nil {
		return nil, err
	}
	if off := s.now().Sub(time.UnixMilli(o.At)).Abs(); off > orderFor || o.Epoch != s.epoch {
		return nil, fault.Wrap(fault.Invalid, "Часы этого компьютера идут неверно. Исправьте время и повторите.", fmt.Errorf("order is off by %s", off))
	}
	if p, ok := register.Staff(author); !ok || p.Removed || !register.HasRole(author, journal.DateOf(s.now()), journal.RoleAdministrator) {
		return nil, fault.New(fault.Forbidden, "Доступ сотрудников ведёт администратор школы.")
	}
	if blocked, err := s.blocked(ctx, author); err != nil {
		return nil, err
	} else if blocked {
		return nil, fault.New(fault.Forbidden, "Вход для вас закрыт. Обратитесь к администратору школы.")
	}
	staff := make([]journal.StaffID, 0, len(o.Staff))
	for _, id := range o.Staff {
		staff = append(staff, id)
	}
	if len(staff) == 0 {
		for _, p := range register.AllStaff() {
			staff = append(staff, p.ID)
		}
	}
	accounts, err := s.Accounts(ctx, o.Op, staff)
	if err != nil {
		return nil, err
	}
	return &wire.AccountsAnswer{Accounts: accounts}, nil
}

// blocked reports whether a person may not sign in at present.
func (s *School) blocked(ctx context.Context, staff journal.StaffID) (bool, error) {
	list, err := s.store.Accounts(ctx, s.id)
	if err != nil {
		return false, fmt.Errorf("read accounts: %w", err)
	}
	return slices.ContainsFunc(list, func(a ledger.Account) bool { return a.Staff == staff && a.Blocked }), nil
}

// Accounts makes, resets, blocks or unblocks accounts and returns those that
// changed, with the one-time passwords made.
func (s *School) Accounts(ctx context.Context, op wire.AccountOp, staff []journal.StaffID) ([]wire.Account, error) {
	s.accounts.Lock()
	defer s.accounts.Unlock()
	list, err := s.store.Accounts(ctx, s.id)
	if err != nil {
		return nil, fmt.Errorf("read accounts: %w", err)
	}
	names, of := map[string]bool{}, map[journal.StaffID]ledger.Account{}
	for _, a := range list {
		names[journal.Normal(a.Name)], of[a.Staff] = true, a
	}
	var out []wire.Account
	for _, id := range staff {
		p, ok := s.Register().Staff(id)
		if !ok || p.Removed {
			return nil, fault.New(fault.NotFound, "Такого сотрудника в школе нет.")
		}
		a, has := of[id]
		switch {
		case !has && op != wire.AccountAdd:
			return nil, fault.New(fault.NotFound, p.Full()+": имени для входа ещё нет.")
		case has && op == wire.AccountAdd && !a.OneTime:
			continue
		case !has:
			a = ledger.Account{School: s.id, Staff: id, Name: freeName(p, names)}
			names[journal.Normal(a.Name)] = true
		}
		w := wire.Account{Staff: id, Name: a.Name}
		if w.Password, err = s.setAccount(ctx, a, has, op); errors.Is(err, ledger.ErrExists) {
			return nil, fault.New(fault.Invalid, "Имя для входа «"+a.Name+"» занято.")
		} else if err != nil {
			return nil, fmt.Errorf("keep account: %w", err)
		}
		s.tries.forget(journal.Normal(a.Name))
		out = append(out, w)
	}
	return out, nil
}

// setAccount makes an account, or does to one that is there, as it is by then,
// what is to be done. It returns the one-time password made.
func (s *School) setAccount(ctx context.Context, a ledger.Account, has bool, op wire.AccountOp) (password string, err error) {
	for range attempts {
		if has {
			if a, err = s.store.Account(ctx, s.id, a.Name); err != nil {
				return "", err
			}
		}
		was := a
		switch op {
		case wire.AccountBlock, wire.AccountUnblock:
			a.Blocked = op == wire.AccountBlock
		default:
			if password, err = s.oneTime(&a); err != nil {
				return "", err
			}
		}
		if !has {
			return password, s.store.PutAccount(ctx, a)
		}
		if err = s.store.ChangeAccount(ctx, was, a); !errors.Is(err, ledger.ErrStale) {
			return password, err
		}
	}
	return "", err
}

// oneTime gives the account a new one-time password.
func (s *School) oneTime(a *ledger.Account) (string, error) {
	password, err := identity.OneTimePassword(rand.Reader)
	if err != nil {
		return "", err
	}
	lock, err := identity.NewLock(identity.Least, rand.Reader)
	if err != nil {
		return "", err
	}
	proof := lock.Derive(password).Proof
	a.Lock, a.Proof, a.OneTime = lock.String(), identity.HashProof(proof[:]), true
	return password, nil
}

// freeName is the surname; with initials, and then a number, where others have it.
func freeName(p journal.Staff, taken map[string]bool) string {
	initial := func(s string) string {
		for _, r := range s {
			return string(r)
		}
		return ""
	}
	name := strings.TrimSpace(p.Last)
	for _, try := range []string{name, name + " " + initial(p.First), name + " " + initial(p.First) + initial(p.Middle)} {
		if try = strings.TrimSpace(try); try != "" && !taken[journal.Normal(try)] {
			return try
		}
	}
	for n := 2; ; n++ {
		if try := fmt.Sprintf("%s %d", name, n); !taken[journal.Normal(try)] {
			return try
		}
	}
}

// Reopen makes accounts of people whose names for sign-in are known, and their
// passwords are not, and returns them with one-time passwords; those without a
// name get one.
func (s *School) Reopen(ctx context.Context, names map[journal.StaffID]string) ([]wire.Account, error) {
	var staff []journal.StaffID
	for _, p := range s.Register().AllStaff() {
		name, ok := names[p.ID]
		if !ok || p.Removed {
			continue
		}
		staff = append(staff, p.ID)
		if name == "" {
			continue
		}
		err := s.store.PutAccount(ctx, ledger.Account{School: s.id, Staff: p.ID, Name: name, OneTime: true})
		if err != nil && !errors.Is(err, ledger.ErrExists) { // another has it now: then a new one
			return nil, fmt.Errorf("keep account: %w", err)
		}
	}
	return s.Accounts(ctx, wire.AccountAdd, staff)
}

// AccountsOf returns all accounts by name.
func (s *School) AccountsOf(ctx context.Context) ([]ledger.Account, error) {
	return s.store.Accounts(ctx, s.id)
}
