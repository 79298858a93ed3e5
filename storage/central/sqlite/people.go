package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"uchitelskaya/app/journal"
	"uchitelskaya/sync/ledger"
)

// Found implements central.Store.
func (s *Store) Found(ctx context.Context, f ledger.Founding) error {
	return s.update(ctx, func(t *tx) error {
		ok, err := t.changed("INSERT INTO schools (id, epoch, key, tls_key, tls_cert, made) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
			f.School[:], f.Epoch[:], f.Key, f.TLSKey, f.TLSCert, f.Made)
		if err != nil {
			return fmt.Errorf("found school: %w", err)
		} else if !ok {
			return ledger.ErrExists
		}
		return nil
	})
}

// Renew implements central.Store.
func (s *Store) Renew(ctx context.Context, f ledger.Founding, heads map[journal.Volume][]byte) error {
	no, err := s.school(ctx, f.School)
	if err != nil {
		return err
	}
	return s.update(ctx, func(t *tx) error {
		for v, head := range heads {
			if err := t.exec("UPDATE volumes SET signed = ? WHERE school = ? AND volume = ?", head, no, int64(v)); err != nil {
				return fmt.Errorf("keep head of volume %d: %w", v, err)
			}
		}
		return t.exec("UPDATE schools SET epoch = ?, key = ?, former = ? WHERE no = ?", f.Epoch[:], f.Key, f.Former, no)
	})
}

// Foundings implements central.Store.
func (s *Store) Foundings(ctx context.Context) ([]ledger.Founding, error) {
	rows, err := s.query(ctx, "SELECT id, epoch, key, former, tls_key, tls_cert, made FROM schools ORDER BY no")
	if err != nil {
		return nil, problem(err)
	}
	defer rows.Close()
	var out []ledger.Founding
	for rows.Next() {
		var f ledger.Founding
		var id, epoch []byte
		if err := rows.Scan(&id, &epoch, &f.Key, &f.Former, &f.TLSKey, &f.TLSCert, &f.Made); err != nil {
			return nil, fmt.Errorf("read schools: %w", err)
		}
		copy(f.School[:], id)
		copy(f.Epoch[:], epoch)
		out = append(out, f)
	}
	return out, problem(rows.Err())
}

// PutAccount implements central.Store.
func (s *Store) PutAccount(ctx context.Context, a ledger.Account) error {
	school, err := s.school(ctx, a.School)
	if err != nil {
		return err
	}
	spelt := journal.Normal(a.Name)
	return s.update(ctx, func(t *tx) error {
		var other []byte
		err := t.one("SELECT staff FROM accounts WHERE school = ? AND spelt = ? AND staff <> ?", []any{school, spelt, a.Staff[:]}, &other)
		if err == nil {
			return ledger.ErrExists
		} else if !errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("find account: %w", err)
		}
		return t.exec(`INSERT INTO accounts (school, staff, spelt, name, lock, proof, one_time, blocked) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (school, staff) DO UPDATE SET spelt = excluded.spelt, name = excluded.name, lock = excluded.lock,
			proof = excluded.proof, one_time = excluded.one_time, blocked = excluded.blocked`,
			school, a.Staff[:], spelt, a.Name, a.Lock, a.Proof[:], a.OneTime, a.Blocked)
	})
}

// ChangeAccount implements central.Store.
func (s *Store) ChangeAccount(ctx context.Context, was, a ledger.Account) error {
	school, err := s.school(ctx, a.School)
	if err != nil {
		return err
	}
	return s.update(ctx, func(t *tx) error {
		ok, err := t.changed("UPDATE accounts SET lock = ?, proof = ?, one_time = ?, blocked = ? WHERE school = ? AND staff = ? AND proof = ? AND one_time = ? AND blocked = ?",
			a.Lock, a.Proof[:], a.OneTime, a.Blocked, school, a.Staff[:], was.Proof[:], was.OneTime, was.Blocked)
		if err == nil && !ok {
			err = ledger.ErrStale
		}
		return err
	})
}

// Account implements central.Store.
func (s *Store) Account(ctx context.Context, school journal.SchoolID, name string) (ledger.Account, error) {
	list, err := s.accounts(ctx, school, "AND spelt = ?", journal.Normal(name))
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

func (s *Store) accounts(ctx context.Context, school journal.SchoolID, which string, args ...any) ([]ledger.Account, error) {
	sno, err := s.school(ctx, school)
	if err != nil {
		return nil, err
	}
	rows, err := s.query(ctx, "SELECT staff, name, lock, proof, one_time, blocked FROM accounts WHERE school = ? "+which, append([]any{sno}, args...)...)
	if err != nil {
		return nil, problem(err)
	}
	defer rows.Close()
	var out []ledger.Account
	for rows.Next() {
		a := ledger.Account{School: school}
		var staff, proof []byte
		if err := rows.Scan(&staff, &a.Name, &a.Lock, &proof, &a.OneTime, &a.Blocked); err != nil {
			return nil, fmt.Errorf("read accounts: %w", err)
		}
		copy(a.Staff[:], staff)
		copy(a.Proof[:], proof)
		out = append(out, a)
	}
	return out, problem(rows.Err())
}

// PutCode implements central.Store.
func (s *Store) PutCode(ctx context.Context, c ledger.Code) error {
	school, err := s.school(ctx, c.School)
	if err != nil {
		return err
	}
	return s.update(ctx, func(t *tx) error {
		return t.exec("INSERT INTO codes (school, hash, until) VALUES (?, ?, ?)", school, c.Hash[:], c.Until)
	})
}

// SpendCode implements central.Store.
func (s *Store) SpendCode(ctx context.Context, school journal.SchoolID, hash [32]byte, device journal.DeviceID, now int64) error {
	sno, err := s.school(ctx, school)
	if err != nil {
		return err
	}
	return s.update(ctx, func(t *tx) error {
		ok, err := t.changed("UPDATE codes SET spent = ?3 WHERE school = ?1 AND hash = ?2 AND until > ?4 AND (spent IS NULL OR spent = ?3)",
			sno, hash[:], device[:], now)
		if err == nil && !ok {
			err = ledger.ErrNone
		}
		return err
	})
}
