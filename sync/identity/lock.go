package identity

import (
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"uchitelskaya/app/journal/fault"
)

// Cost is what one guess of a password costs (Argon2id).
type Cost struct {
	Time      uint32 // passes
	MemoryKiB uint32
	Threads   uint8
}

// The costs in use. Strong takes some 0.4 s on a school PC. Least is the lower
// bound that OWASP names; it serves one-time passwords, which are random.
var (
	Strong = Cost{Time: 3, MemoryKiB: 64 << 10, Threads: 1}
	Least  = Cost{Time: 2, MemoryKiB: 19 << 10, Threads: 1}
	most   = Cost{Time: 10, MemoryKiB: 256 << 10, Threads: 4} // what a server may ask of a PC
)

// A Lock says how keys are made from a password.
type Lock struct {
	Cost
	Salt [16]byte
}

// NewLock takes a fresh salt from rand.
func NewLock(c Cost, rand io.Reader) (Lock, error) {
	l := Lock{Cost: c}
	if _, err := io.ReadFull(rand, l.Salt[:]); err != nil {
		return l, fmt.Errorf("make salt: %w", err)
	}
	return l, nil
}

const lockForm = "$argon2id$v=19$m=%d,t=%d,p=%d$"

// String is the PHC form without a hash.
func (l Lock) String() string {
	return fmt.Sprintf(lockForm, l.MemoryKiB, l.Time, l.Threads) + base64.RawStdEncoding.EncodeToString(l.Salt[:])
}

// ParseLock reads what String wrote. It refuses costs that are too low to
// protect the password, and those that would choke the PC.
func ParseLock(s string) (Lock, error) {
	var l Lock
	bad := func(err error) (Lock, error) {
		return Lock{}, fault.Wrap(fault.Damaged, "Школьный сервер ответил непонятно. Сообщите администратору школы.", fmt.Errorf("lock %q: %w", s, err))
	}
	cut := strings.LastIndexByte(s, '$')
	if len(s) > 200 || cut < 0 {
		return bad(fmt.Errorf("not in PHC form"))
	}
	if _, err := fmt.Sscanf(s[:cut+1], lockForm, &l.MemoryKiB, &l.Time, &l.Threads); err != nil {
		return bad(err)
	}
	if l.Time < Least.Time || l.MemoryKiB < Least.MemoryKiB || l.Threads < Least.Threads ||
		l.Time > most.Time || l.MemoryKiB > most.MemoryKiB || l.Threads > most.Threads {
		return bad(fmt.Errorf("cost out of bounds"))
	}
	salt, err := base64.RawStdEncoding.DecodeString(s[cut+1:])
	if err != nil || len(salt) != len(l.Salt) {
		return bad(fmt.Errorf("salt of %d bytes", len(salt)))
	}
	copy(l.Salt[:], salt)
	if l.String() != s {
		return bad(fmt.Errorf("another spelling"))
	}
	return l, nil
}

// Secrets are the two keys that a password gives. Neither tells the other.
type Secrets struct {
	Proof  [32]byte // shown to the server
	Unwrap [32]byte // never leaves the PC
}

// Derive makes the keys. It takes as long as the cost says.
func (l Lock) Derive(password string) Secrets {
	root := argon2.IDKey([]byte(norm.NFC.String(password)), l.Salt[:], l.Time, l.MemoryKiB, l.Threads, 32)
	var s Secrets
	copy(s.Proof[:], expand(root, "uchitelskaya/proof/1"))
	copy(s.Unwrap[:], expand(root, "uchitelskaya/unwrap/1"))
	return s
}

func expand(root []byte, label string) []byte {
	key, err := hkdf.Expand(sha256.New, root, label, 32)
	if err != nil {
		panic(err) // 32 bytes are always to be had
	}
	return key
}

// HashProof is what the server keeps of a proof.
func HashProof(proof []byte) [32]byte { return sha256.Sum256(proof) }
