package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/ledger"
)

// Found implements central.Store.
func (s *Store) Found(ctx context.Context, f ledger.Founding) error {
	err := s.as(context.WithoutCancel(ctx), f.School, func(ctx context.Context, t pgx.Tx) error {
		tag, err := t.Exec(ctx, `INSERT INTO schools (school, no, made) SELECT $1, coalesce(max(no), 0) + 1, $2 FROM schools
			ON CONFLICT (school) DO NOTHING`, uuidOf(f.School), f.Made)
		if err != nil {
			return err
		} else if tag.RowsAffected() == 0 {
			return ledger.ErrExists
		}
		_, err = t.Exec(ctx, "INSERT INTO foundings (school, epoch, key, tls_key, tls_cert) VALUES ($1, $2, $3, $4, $5)",
			uuidOf(f.School), f.Epoch[:], given(f.Key), given(f.TLSKey), given(f.TLSCert))
		return err
	})
	if err != nil {
		return fmt.Errorf("found school: %w", err)
	}
	return nil
}

// Renew implements central.Store.
func (s *Store) Renew(ctx context.Context, f ledger.Founding, heads map[journal.Volume][]byte) error {
	return s.update(ctx, f.School, func(ctx context.Context, t pgx.Tx) error {
		for v, head := range heads {
			if _, err := t.Exec(ctx, "UPDATE volumes SET signed = $3 WHERE school = $1 AND volume = $2", uuidOf(f.School), int(v), head); err != nil {
				return fmt.Errorf("keep head of volume %d: %w", v, err)
			}
		}
		_, err := t.Exec(ctx, "UPDATE foundings SET epoch = $2, key = $3, former = $4 WHERE school = $1",
			uuidOf(f.School), f.Epoch[:], given(f.Key), f.Former)
		return err
	})
}

// Foundings implements central.Store.
func (s *Store) Foundings(ctx context.Context) ([]ledger.Founding, error) {
	var list []ledger.Founding
	err := s.look(ctx, journal.SchoolID{}, ask(func(rows pgx.Rows) (err error) {
		list, err = pgx.CollectRows(rows, func(r pgx.CollectableRow) (f ledger.Founding, err error) {
			return f, r.Scan((*[16]byte)(&f.School), &f.Made)
		})
		return err
	}, "SELECT school, made FROM schools ORDER BY no"))
	for i := range list {
		if err != nil {
			break
		}
		err = s.founding(ctx, &list[i])
	}
	if err != nil {
		return nil, fmt.Errorf("read schools: %w", err)
	}
	return list, nil
}

// founding reads what only a school's own server sees.
func (s *Store) founding(ctx context.Context, f *ledger.Founding) error {
	return s.look(ctx, f.School, ask(func(rows pgx.Rows) error {
		var epoch []byte
		_, err := pgx.ForEachRow(rows, []any{&epoch, &f.Key, &f.Former, &f.TLSKey, &f.TLSCert}, func() error {
			copy(f.Epoch[:], epoch)
			return nil
		})
		return err
	}, "SELECT epoch, key, former, tls_key, tls_cert FROM foundings WHERE school = $1", uuidOf(f.School)))
}

// PutAccount implements central.Store.
func (s *Store) PutAccount(ctx context.Context, a ledger.Account) error {
	err := s.exec(ctx, a.School, nil, `INSERT INTO accounts (school, staff, spelt, name, lock, proof, one_time, blocked) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (school, staff) DO UPDATE SET spelt = excluded.spelt, name = excluded.name, lock = excluded.lock,
		proof = excluded.proof, one_time = excluded.one_time, blocked = excluded.blocked`,
		uuidOf(a.Staff), journal.Normal(a.Name), a.Name, a.Lock, a.Proof[:], a.OneTime, a.Blocked)
	if taken(err, "accounts_school_spelt_key") {
		return ledger.ErrExists
	}
	return err
}

// ChangeAccount implements central.Store.
func (s *Store) ChangeAccount(ctx context.Context, was, a ledger.Account) error {
	return s.exec(ctx, a.School, ledger.ErrStale, `UPDATE accounts SET lock = $3, proof = $4, one_time = $5, blocked = $6
		WHERE school = $1 AND staff = $2 AND proof = $7 AND one_time = $8 AND blocked = $9`,
		uuidOf(a.Staff), a.Lock, a.Proof[:], a.OneTime, a.Blocked, was.Proof[:], was.OneTime, was.Blocked)
}

// Account implements central.Store.
func (s *Store) Account(ctx context.Context, school journal.SchoolID, name string) (ledger.Account, error) {
	list, err := s.accounts(ctx, school, "AND spelt = $2", journal.Normal(name))
	if err == nil && len(list) == 0 {
		err = ledger.ErrNone
	}
	if err != nil {
		return ledger.Account{}, err
	}
	return list[0], nil
}

// Accounts implements central.Store.
func (s *Store) Accounts(ctx context.Context, school journal.SchoolID) ([]ledger.Account, error) {
	return s.accounts(ctx, school, "ORDER BY spelt")
}

func (s *Store) accounts(ctx context.Context, school journal.SchoolID, which string, args ...any) (list []ledger.Account, err error) {
	err = s.read(ctx, school, ask(func(rows pgx.Rows) (err error) {
		list, err = pgx.CollectRows(rows, func(r pgx.CollectableRow) (ledger.Account, error) {
			a := ledger.Account{School: school}
			var proof []byte
			err := r.Scan((*[16]byte)(&a.Staff), &a.Name, &a.Lock, &proof, &a.OneTime, &a.Blocked)
			copy(a.Proof[:], proof)
			return a, err
		})
		return err
	}, "SELECT staff, name, lock, proof, one_time, blocked FROM accounts WHERE school = $1 "+which, append([]any{uuidOf(school)}, args...)...))
	if err != nil {
		return nil, fmt.Errorf("read accounts: %w", err)
	}
	return list, nil
}

// PutCode implements central.Store.
func (s *Store) PutCode(ctx context.Context, c ledger.Code) error {
	return s.exec(ctx, c.School, nil, "INSERT INTO codes (school, hash, until) VALUES ($1, $2, $3)", c.Hash[:], c.Until)
}

// SpendCode implements central.Store.
func (s *Store) SpendCode(ctx context.Context, school journal.SchoolID, hash [32]byte, device journal.DeviceID, now int64) error {
	return s.exec(ctx, school, ledger.ErrNone, "UPDATE codes SET spent = $3 WHERE school = $1 AND hash = $2 AND until > $4 AND (spent IS NULL OR spent = $3)",
		hash[:], uuidOf(device), now)
}

// exec runs one durable statement; the school is its first argument. none is
// what to return when no row was touched.
func (s *Store) exec(ctx context.Context, school journal.SchoolID, none error, sql string, args ...any) error {
	return s.update(ctx, school, func(ctx context.Context, t pgx.Tx) error {
		tag, err := t.Exec(ctx, sql, append([]any{uuidOf(school)}, args...)...)
		if err == nil && tag.RowsAffected() == 0 {
			err = none
		}
		return err
	})
}
