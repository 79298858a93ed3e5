package identity

import (
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"time"

	"golang.org/x/crypto/chacha20poly1305"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
)

// MaxFailures is after how many wrong passwords in a row only the server can
// let the person in again.
const MaxFailures = 10

// A Profile is what one PC keeps of one person who has signed in there.
type Profile struct {
	Staff     journal.StaffID
	Name      string // name for sign-in
	Lock      Lock
	Wrapped   []byte // the person's Ed25519 seed under the unwrap key
	Public    ed25519.PublicKey
	Grant     []byte
	ServerKey ed25519.PublicKey
	Failures  int
	Failed    time.Time // the last wrong password
	Used      time.Time // the latest moment seen; a clock put back does not prolong the grant
}

type profileForm struct {
	Staff     [16]byte `cbor:"1,keyasint"`
	Name      string   `cbor:"2,keyasint"`
	Lock      string   `cbor:"3,keyasint"`
	Wrapped   []byte   `cbor:"4,keyasint"`
	Public    []byte   `cbor:"5,keyasint"`
	Grant     []byte   `cbor:"6,keyasint"`
	ServerKey []byte   `cbor:"7,keyasint"`
	Failures  int      `cbor:"8,keyasint"`
	Failed    int64    `cbor:"9,keyasint"`
	Used      int64    `cbor:"10,keyasint"`
}

// MarshalBinary writes the profile for the local store.
func (p *Profile) MarshalBinary() ([]byte, error) {
	b, err := encoding.Marshal(profileForm{
		Staff: p.Staff, Name: p.Name, Lock: p.Lock.String(), Wrapped: p.Wrapped, Public: p.Public, Grant: p.Grant, ServerKey: p.ServerKey,
		Failures: p.Failures, Failed: p.Failed.UnixMilli(), Used: p.Used.UnixMilli(),
	})
	if err != nil {
		return nil, fmt.Errorf("encode profile: %w", err)
	}
	return b, nil
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (p *Profile) UnmarshalBinary(b []byte) error {
	var f profileForm
	if err := decoding.Unmarshal(b, &f); err != nil {
		return fmt.Errorf("decode profile: %w", err)
	}
	lock, err := ParseLock(f.Lock)
	if err != nil {
		return fmt.Errorf("decode profile: %w", err)
	}
	if len(f.Public) != ed25519.PublicKeySize || len(f.ServerKey) != ed25519.PublicKeySize {
		return fmt.Errorf("decode profile: keys of %d and %d bytes", len(f.Public), len(f.ServerKey))
	}
	*p = Profile{
		Staff: f.Staff, Name: f.Name, Lock: lock, Wrapped: f.Wrapped, Public: f.Public, Grant: f.Grant, ServerKey: f.ServerKey,
		Failures: f.Failures, Failed: time.UnixMilli(f.Failed).UTC(), Used: time.UnixMilli(f.Used).UTC(),
	}
	return nil
}

// Wrap puts the person's key under the unwrap key.
func (p *Profile) Wrap(key ed25519.PrivateKey, unwrap [32]byte) error {
	aead, err := chacha20poly1305.NewX(unwrap[:])
	if err != nil {
		return fmt.Errorf("wrap key: %w", err)
	}
	p.Public = key.Public().(ed25519.PublicKey)
	nonce := make([]byte, aead.NonceSize(), aead.NonceSize()+ed25519.SeedSize+aead.Overhead())
	if _, err := rand.Read(nonce); err != nil {
		return fmt.Errorf("wrap key: %w", err)
	}
	p.Wrapped = aead.Seal(nonce, nonce, key.Seed(), p.bound())
	return nil
}

// bound is what the wrapped key belongs to.
func (p *Profile) bound() []byte {
	return append(append([]byte("uchitelskaya/key/1"), p.Staff[:]...), p.Public...)
}

// Unwrap opens the person's key. It fails with a wrong unwrap key, that is,
// with a wrong password.
func (p *Profile) Unwrap(unwrap [32]byte) (ed25519.PrivateKey, error) {
	aead, err := chacha20poly1305.NewX(unwrap[:])
	if err != nil || len(p.Wrapped) < aead.NonceSize() {
		return nil, wrong(err)
	}
	seed, err := aead.Open(nil, p.Wrapped[:aead.NonceSize()], p.Wrapped[aead.NonceSize():], p.bound())
	if err != nil || len(seed) != ed25519.SeedSize {
		return nil, wrong(err)
	}
	return ed25519.NewKeyFromSeed(seed), nil
}

// Open is a sign-in without the server: it checks delay, password and grant,
// and counts. Keep the profile afterwards, whatever it returns.
func (p *Profile) Open(password string, device journal.DeviceID, now time.Time) (ed25519.PrivateKey, Secrets, error) {
	if now.After(p.Used) {
		p.Used = now
	}
	if p.Failures >= MaxFailures {
		return nil, Secrets{}, fault.New(fault.TooMany, "Пароль набран неверно много раз. Войти можно, когда ответит школьный сервер.")
	}
	if wait := p.Failed.Add(Delay(p.Failures)).Sub(now); wait > 0 && wait <= maxDelay {
		return nil, Secrets{}, Wait(wait)
	}
	grant, err := OpenGrant(p.Grant, p.ServerKey)
	if err != nil {
		return nil, Secrets{}, err
	}
	if grant.Staff != p.Staff || grant.Device != device || p.Used.After(grant.Until) {
		return nil, Secrets{}, fault.New(fault.SignIn, "Вы давно не входили со школьным сервером, или часы этого компьютера спешат. Войдите один раз, когда он ответит.")
	}
	secrets := p.Lock.Derive(password)
	key, err := p.Unwrap(secrets.Unwrap)
	if err != nil {
		p.Failures, p.Failed = p.Failures+1, now
		return nil, Secrets{}, err
	}
	p.Failures = 0
	return key, secrets, nil
}

const maxDelay = 300 * time.Second

// Delay is how long to wait after so many wrong passwords in a row: nothing
// for the first two, then 1, 2, 4 … 300 s.
func Delay(failures int) time.Duration {
	if failures < 3 {
		return 0
	}
	return min(time.Second<<min(failures-3, 20), maxDelay)
}

// Wait tells a person how long to wait.
func Wait(d time.Duration) error {
	return fault.New(fault.TooMany, fmt.Sprintf("Пароль набран неверно несколько раз. Подождите %d с и попробуйте снова.", int(d/time.Second)+1))
}

func wrong(err error) error {
	return fault.Wrap(fault.SignIn, "Имя для входа или пароль не подходят.", err)
}

// ErrWrong is the answer to a wrong name and to a wrong password alike.
var ErrWrong = wrong(nil)
