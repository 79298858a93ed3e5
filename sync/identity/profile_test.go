package identity_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"reflect"
	"strings"
	"testing"
	"time"

	"uchitelskaya/app/journal"
	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/identity"
)

const password = "сосна у школы"

var (
	device = journal.NewID[journal.Device]()
	now    = time.Date(2026, 9, 7, 8, 0, 0, 0, time.UTC)
)

func key(t *testing.T) ed25519.PrivateKey {
	t.Helper()
	_, k, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// profile is a person who signed in with the server at now.
func profile(t *testing.T) (*identity.Profile, ed25519.PrivateKey) {
	t.Helper()
	server, person := key(t), key(t)
	p := &identity.Profile{Staff: journal.NewID[journal.Staff](), Name: "Ковальчук", Lock: lock(t), ServerKey: server.Public().(ed25519.PublicKey), Used: now}
	grant, err := identity.Grant{School: journal.NewID[journal.School](), Staff: p.Staff, Device: device, Until: now.Add(identity.GrantFor)}.Sign(server)
	if err != nil {
		t.Fatal(err)
	}
	p.Grant = grant
	if err := p.Wrap(person, p.Lock.Derive(password).Unwrap); err != nil {
		t.Fatal(err)
	}
	return p, person
}

func TestSignInWithoutTheServer(t *testing.T) {
	const day = 24 * time.Hour
	for name, tt := range map[string]struct {
		change   func(*identity.Profile)
		password string
		device   journal.DeviceID
		at       time.Time
		want     fault.Code
	}{
		"the right password":                      {password: password},
		"a wrong password":                        {password: "сосна у моря", want: fault.SignIn},
		"the last hour of the grant":              {password: password, at: now.Add(14*day - time.Hour)},
		"after two weeks":                         {password: password, at: now.Add(14*day + time.Hour), want: fault.SignIn},
		"after two weeks with the clock put back": {change: func(p *identity.Profile) { p.Used = now.Add(15 * day) }, password: password, want: fault.SignIn},
		"on another PC":                           {password: password, device: journal.NewID[journal.Device](), want: fault.SignIn},
		"the grant of somebody else":              {change: func(p *identity.Profile) { p.Staff = journal.NewID[journal.Staff]() }, password: password, want: fault.SignIn},
		"a grant that somebody prolonged":         {change: func(p *identity.Profile) { p.Grant[len(p.Grant)-1] ^= 1 }, password: password, want: fault.Damaged},
		"no grant any more":                       {change: func(p *identity.Profile) { p.Grant = nil }, password: password, want: fault.Damaged},
		"after ten failures":                      {change: func(p *identity.Profile) { p.Failures = 10 }, password: password, want: fault.TooMany},
		"too soon after four failures": {
			change:   func(p *identity.Profile) { p.Failures, p.Failed = 4, now.Add(-time.Second) },
			password: password, want: fault.TooMany,
		},
		"long enough after four failures": {change: func(p *identity.Profile) { p.Failures, p.Failed = 4, now.Add(-3*time.Second) }, password: password},
		"failures dated in the future":    {change: func(p *identity.Profile) { p.Failures, p.Failed = 4, now.Add(time.Hour) }, password: password},
		"another key in place of the person's": {
			change:   func(p *identity.Profile) { p.Wrapped[30] ^= 1 },
			password: password, want: fault.SignIn,
		},
	} {
		t.Run(name, func(t *testing.T) {
			p, person := profile(t)
			if tt.change != nil {
				tt.change(p)
			}
			if tt.device.IsZero() {
				tt.device = device
			}
			if tt.at.IsZero() {
				tt.at = now
			}
			got, _, err := p.Open(tt.password, tt.device, tt.at)
			if fault.CodeOf(err) != tt.want || tt.want == "" && !got.Equal(person) || tt.want != "" && got != nil {
				t.Errorf("Open = %v, want code %q", err, tt.want)
			}
		})
	}
}

func TestFailuresAreCountedAndForgiven(t *testing.T) {
	p, _ := profile(t)
	at := now
	for want := 1; want < identity.MaxFailures; want++ {
		at = at.Add(5 * time.Minute)
		if _, _, err := p.Open("не тот пароль", device, at); fault.CodeOf(err) != fault.SignIn || p.Failures != want {
			t.Fatalf("try %d: %v, %d failures", want, err, p.Failures)
		}
	}
	if _, _, err := p.Open(password, device, at.Add(5*time.Minute)); err != nil || p.Failures != 0 {
		t.Errorf("Open = %v, %d failures", err, p.Failures)
	}
}

func TestDelay(t *testing.T) {
	for failures, want := range map[int]time.Duration{0: 0, 2: 0, 3: time.Second, 4: 2 * time.Second, 9: 64 * time.Second, 12: 300 * time.Second, 1000: 300 * time.Second} {
		if got := identity.Delay(failures); got != want {
			t.Errorf("Delay(%d) = %s, want %s", failures, got, want)
		}
	}
}

func TestProfileMarshal(t *testing.T) {
	p, _ := profile(t)
	p.Failures, p.Failed = 3, now.Add(-time.Hour)
	b, err := p.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	var got identity.Profile
	if err := got.UnmarshalBinary(b); err != nil || !reflect.DeepEqual(&got, p) {
		t.Errorf("UnmarshalBinary = %v\n got %+v\nwant %+v", err, got, *p)
	}
	for i := range b {
		var broken identity.Profile
		_ = broken.UnmarshalBinary(b[:i]) // must not panic
	}
	if strings.Contains(string(b), password) {
		t.Error("the password is in the profile")
	}
}
