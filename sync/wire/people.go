package wire

import (
	"fmt"

	"uchitelskaya/app/journal"
)

// Enrol asks to make this PC one of the school's. Its key is the one of the
// TLS certificate that it shows.
type Enrol struct {
	Token []byte `cbor:"1,keyasint"` // from the one-time code
	Name  string `cbor:"2,keyasint"` // as the administrator will see it: «Учительская, у окна»

	// Only of a PC that was one of the school's before.
	School []byte `cbor:"3,keyasint,omitempty"`
	From   uint64 `cbor:"4,keyasint,omitempty"` // from which number it has its commits
}

// EnrolAnswer makes the PC one of the school's.
type EnrolAnswer struct {
	School [16]byte `cbor:"1,keyasint"`
	Device [16]byte `cbor:"2,keyasint"`
	Epoch  [16]byte `cbor:"3,keyasint"`
	Title  string   `cbor:"4,keyasint"` // short name of the school
}

// Ask begins a sign-in.
type Ask struct {
	Name string `cbor:"1,keyasint"` // name for sign-in, as typed
}

// AskAnswer says how to make the proof from the password. It is also given
// for names that nobody has.
type AskAnswer struct {
	Lock string `cbor:"1,keyasint"` // see identity.Lock
}

// Prove ends a sign-in. With a new lock and proof it also changes the password.
type Prove struct {
	Name     string `cbor:"1,keyasint"`
	Proof    []byte `cbor:"2,keyasint"`
	SignKey  []byte `cbor:"3,keyasint"` // Ed25519: this person's public key on this PC
	NewLock  string `cbor:"4,keyasint,omitempty"`
	NewProof []byte `cbor:"5,keyasint,omitempty"`
}

// ProveAnswer lets the person in.
type ProveAnswer struct {
	Staff     [16]byte `cbor:"1,keyasint"`
	Name      string   `cbor:"2,keyasint"` // name for sign-in, as it is kept
	Grant     []byte   `cbor:"3,keyasint"` // see identity.Grant
	ServerKey []byte   `cbor:"4,keyasint"` // Ed25519: checks the grant
}

// AccountOp is what to do with an account.
type AccountOp uint8

// The operations. A number once released keeps its meaning.
const (
	AccountAdd     AccountOp = 1 // a new account, or a new one-time password for an old one that was never used
	AccountReset   AccountOp = 2 // a new one-time password
	AccountBlock   AccountOp = 3
	AccountUnblock AccountOp = 4
)

// AccountsOrder is what the administrator wishes; it is sent as the signed
// bytes of [Accounts].
type AccountsOrder struct {
	Op    AccountOp  `cbor:"1,keyasint"`
	Staff [][16]byte `cbor:"2,keyasint"` // nobody: the whole staff
	At    int64      `cbor:"3,keyasint"` // when it was signed, Unix milliseconds
	Epoch [16]byte   `cbor:"4,keyasint"`
}

// Accounts is an order signed by the administrator's key on this PC.
type Accounts struct {
	Author    [16]byte `cbor:"1,keyasint"`
	Order     []byte   `cbor:"2,keyasint"` // CBOR of [AccountsOrder]
	Signature []byte   `cbor:"3,keyasint"` // Ed25519 over [AccountsPurpose], device and Order
}

// AccountsPurpose keeps the signature from serving anywhere else.
const AccountsPurpose = "uchitelskaya/accounts/1"

// AccountsAnswer lists the accounts that were changed.
type AccountsAnswer struct {
	Accounts []Account `cbor:"1,keyasint"`
}

// Account is one account, with its password where a new one was made: it is
// shown and printed once and kept nowhere.
type Account struct {
	_        struct{} `cbor:",toarray"`
	Staff    [16]byte
	Name     string
	Password string
}

// Health is what a stranger may know.
type Health struct {
	Epoch [16]byte `cbor:"1,keyasint"`
}

// Heads is one message of the event stream: how far each log goes. A few news
// come with it, for those who have all that was announced before; whoever has
// not asks as ever.
type Heads struct {
	Heads []Cursor `cbor:"1,keyasint"`
	Now   int64    `cbor:"2,keyasint,omitempty"` // as in [SyncAnswer]
	News  []News   `cbor:"3,keyasint,omitempty"` // as in [SyncAnswer], up to the heads; at most [Word] bytes
	Epoch []byte   `cbor:"4,keyasint,omitempty"` // 16 bytes, with news: as in [SyncAnswer]
}

func (e *Enrol) check() error {
	if len(e.Token) != 10 || len(e.Name) > MaxName || len(e.School) != 0 && len(e.School) != 16 || e.From > 1<<62 {
		return errBounds
	}
	return nil
}

func (e *EnrolAnswer) check() error {
	if len(e.Title) > 1000 {
		return errBounds
	}
	return nil
}

func (a *Ask) check() error {
	if len(a.Name) > MaxName {
		return errBounds
	}
	return nil
}

func (a *AskAnswer) check() error {
	if len(a.Lock) > 200 {
		return errBounds
	}
	return nil
}

func (p *Prove) check() error {
	if len(p.Name) > MaxName || len(p.Proof) != 32 || len(p.SignKey) != 32 || len(p.NewLock) > 200 {
		return errBounds
	}
	if (p.NewLock == "") != (len(p.NewProof) == 0) || len(p.NewProof) > 0 && len(p.NewProof) != 32 {
		return fmt.Errorf("new password: %w", errBounds)
	}
	return nil
}

func (p *ProveAnswer) check() error {
	if len(p.Grant) > 2000 || len(p.ServerKey) != 32 || len(p.Name) > MaxName {
		return errBounds
	}
	return nil
}

func (o *AccountsOrder) check() error {
	if len(o.Staff) > MaxAccounts || o.Op < AccountAdd || o.Op > AccountUnblock {
		return errBounds
	}
	return nil
}

func (a *Accounts) check() error {
	if len(a.Order) > 16*MaxAccounts+1000 || len(a.Signature) != 64 {
		return errBounds
	}
	return nil
}

func (a *AccountsAnswer) check() error {
	if len(a.Accounts) > MaxAccounts {
		return errBounds
	}
	return nil
}

func (h *Health) check() error { return nil }

func (h *Heads) check() error {
	if len(h.Heads) > MaxVolumes || len(h.News) > 0 && len(h.Epoch) != 16 {
		return errBounds
	}
	return checkNews(h.News)
}

// Signed is what the signature of an order covers.
func (a *Accounts) Signed(device journal.DeviceID) []byte {
	out := append([]byte(AccountsPurpose), device[:]...)
	return append(out, a.Order...)
}
