package identity_test

import (
	"crypto/rand"
	"encoding/hex"
	"strings"
	"testing"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/golden"
	"uchitelskaya/sync/identity"
)

func lock(t *testing.T) identity.Lock {
	t.Helper()
	l, err := identity.NewLock(identity.Least, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestAPasswordGivesTwoKeysThatDoNotTellEachOther(t *testing.T) {
	l := lock(t)
	a, again, other := l.Derive("сосна у школы"), l.Derive("сосна у школы"), l.Derive("сосна у школы ")
	if a != again {
		t.Error("the same password gives other keys")
	}
	if a.Proof == a.Unwrap || a.Proof == other.Proof || a.Unwrap == other.Unwrap {
		t.Error("keys are alike")
	}
	if l.Derive("\u0439") != l.Derive("\u0438\u0306") {
		t.Error("й typed as one letter and as two are different passwords")
	}
	if lock(t).Derive("сосна у школы") == a {
		t.Error("the salt does nothing")
	}
}

// The keys of a lock must never change: profiles and accounts live for years.
func TestDeriveIsTheSameForEver(t *testing.T) {
	l, err := identity.ParseLock("$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw")
	if err != nil {
		t.Fatal(err)
	}
	s := l.Derive("пароль учителя")
	golden.Bytes(t, "v1/derive.hex", []byte(hex.EncodeToString(append(s.Proof[:], s.Unwrap[:]...))+"\n"))
}

func TestParseLock(t *testing.T) {
	good := lock(t).String()
	if l, err := identity.ParseLock(good); err != nil || l.String() != good {
		t.Errorf("ParseLock(%q) = %v, %v", good, l, err)
	}
	salt := good[strings.LastIndexByte(good, '$')+1:]
	for name, s := range map[string]string{
		"too little memory":  "$argon2id$v=19$m=8192,t=2,p=1$" + salt,
		"too few passes":     "$argon2id$v=19$m=19456,t=1,p=1$" + salt,
		"all of the memory":  "$argon2id$v=19$m=4294967295,t=2,p=1$" + salt,
		"passes without end": "$argon2id$v=19$m=19456,t=4000000000,p=1$" + salt,
		"no threads":         "$argon2id$v=19$m=19456,t=2,p=0$" + salt,
		"another function":   "$argon2i$v=19$m=19456,t=2,p=1$" + salt,
		"a short salt":       "$argon2id$v=19$m=19456,t=2,p=1$AAAA",
		"another spelling":   "$argon2id$v=19$m=019456,t=2,p=1$" + salt,
		"a hash behind":      good + "$AAAA",
		"nothing":            "",
		"only dollars":       "$$$$$",
		"a long text":        strings.Repeat("$argon2id", 1000),
	} {
		if l, err := identity.ParseLock(s); fault.CodeOf(err) != fault.Damaged {
			t.Errorf("%s: ParseLock = %v, %v", name, l, err)
		}
	}
}

func TestCheckPassword(t *testing.T) {
	for name, tt := range map[string]struct {
		password string
		ok       bool
	}{
		"eight letters":              {"сосна-73", true},
		"seven letters":              {"сосна-7", false},
		"the same letter":            {"аааааааааа", false},
		"digits in a row":            {"12345678", false},
		"a row of the keyboard":      {"Йцукенгш", false},
		"the name for sign-in in it": {"ковальчук1987", false},
		"too long":                   {strings.Repeat("сосна", 30), false},
	} {
		if err := identity.CheckPassword(tt.password, "Ковальчук"); (err == nil) != tt.ok || err != nil && fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%s: CheckPassword = %v", name, err)
		}
	}
}

func TestOneTimePassword(t *testing.T) {
	seen := map[string]bool{}
	for range 100 {
		p, err := identity.OneTimePassword(rand.Reader)
		if err != nil || len(p) != 14 || strings.ContainsAny(p, "01lo") || seen[p] {
			t.Fatalf("OneTimePassword = %q, %v", p, err)
		}
		seen[p] = true
	}
}
