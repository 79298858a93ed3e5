package client

import (
	"context"
	"crypto/ed25519"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/wire"
)

// An Account is one person's name for sign-in, with the one-time password where
// a new one was made: it is shown and printed once and kept nowhere.
type Account struct {
	Staff          journal.StaffID
	Name, Password string
}

// AddAccounts makes accounts with one-time passwords; for nobody named, for all
// of the staff who have none yet. admin is the administrator at work here.
func (c *Client) AddAccounts(ctx context.Context, admin journal.StaffID, staff ...journal.StaffID) ([]Account, error) {
	return c.order(ctx, admin, wire.AccountAdd, staff)
}

// ResetAccount gives a person a new one-time password.
func (c *Client) ResetAccount(ctx context.Context, admin, staff journal.StaffID) ([]Account, error) {
	return c.order(ctx, admin, wire.AccountReset, []journal.StaffID{staff})
}

// BlockAccount closes a person's sign-in, or opens it again.
func (c *Client) BlockAccount(ctx context.Context, admin, staff journal.StaffID, blocked bool) error {
	op := wire.AccountUnblock
	if blocked {
		op = wire.AccountBlock
	}
	_, err := c.order(ctx, admin, op, []journal.StaffID{staff})
	return err
}

// order sends a signed order, after everything that was written here: the new
// staff must be known before they get accounts.
func (c *Client) order(ctx context.Context, admin journal.StaffID, op wire.AccountOp, staff []journal.StaffID) ([]Account, error) {
	key, ok := c.keys(admin)
	if !ok {
		return nil, fault.New(fault.SignIn, "Сначала войдите.")
	}
	if err := c.Sync(ctx); err != nil {
		return nil, err
	}
	l, id, err := c.linked(ctx)
	if err != nil {
		return nil, err
	}
	o := &wire.AccountsOrder{Op: op, At: c.now().UnixMilli(), Epoch: id.Epoch}
	for _, s := range staff {
		o.Staff = append(o.Staff, s)
	}
	m := &wire.Accounts{Author: admin}
	if m.Order, err = wire.Encode(o); err != nil {
		return nil, err
	}
	m.Signature = ed25519.Sign(key, m.Signed(id.Device))
	var a wire.AccountsAnswer
	if err := l.ask(ctx, wire.PathAccounts, m, &a, nil); err != nil {
		return nil, err
	}
	out := make([]Account, len(a.Accounts))
	for i, x := range a.Accounts {
		out[i] = Account{Staff: x.Staff, Name: x.Name, Password: x.Password}
	}
	return out, nil
}
