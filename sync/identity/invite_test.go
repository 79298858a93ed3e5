package identity_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"uchitelskaya/app/journal/fault"
	"uchitelskaya/sync/identity"
)

func TestInviteAsPeopleTypeIt(t *testing.T) {
	v := identity.Invite{Address: "192.168.1.5:8443", Pin: [16]byte{0xAB, 1, 2, 3}, Token: [10]byte{9, 8, 7}}
	code := v.String()
	address, groups, _ := strings.Cut(code, " ")
	if address != v.Address || len(groups) != 59 || strings.Count(groups, "-") != 11 {
		t.Fatalf("code is %q", code)
	}
	cyrillic := strings.NewReplacer("A", "А", "B", "В", "C", "С", "E", "Е", "H", "Н", "K", "К", "M", "М", "0", "О", "P", "Р", "T", "Т", "X", "Х")
	for name, typed := range map[string]string{
		"as shown":                 code,
		"in small letters":         strings.ToLower(code),
		"without dashes":           address + " " + strings.ReplaceAll(groups, "-", ""),
		"with spaces for dashes":   address + "  " + strings.ReplaceAll(groups, "-", " ") + " ",
		"with O for 0 and l for 1": address + " " + strings.NewReplacer("0", "O", "1", "l").Replace(groups),
		"in a Russian layout":      address + " " + cyrillic.Replace(groups),
		"in two lines":             address + " " + groups[:29] + "\n" + groups[29:],
	} {
		if got, err := identity.ParseInvite(typed); err != nil || got != v {
			t.Errorf("%s: ParseInvite(%q) = %v, %v", name, typed, got, err)
		}
	}
	for name, typed := range map[string]string{
		"nothing":          "",
		"only the address": address,
		"no port":          "192.168.1.5 " + groups,
		"another address":  "192.168.1.6:8443 " + groups,
		"a group missing":  address + " " + groups[5:],
		"a strange sign":   address + " " + "!" + groups[1:],
		"a book":           strings.Repeat(code, 1000),
	} {
		if got, err := identity.ParseInvite(typed); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%s: ParseInvite = %v, %v", name, got, err)
		}
	}
}

func TestInviteRoundTripsAndCatchesOneWrongLetter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := identity.Invite{Address: "school:8443"}
		copy(v.Pin[:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "pin"))
		copy(v.Token[:], rapid.SliceOfN(rapid.Byte(), 10, 10).Draw(t, "token"))
		code := v.String()
		if got, err := identity.ParseInvite(code); err != nil || got != v {
			t.Fatalf("ParseInvite(%q) = %v, %v", code, got, err)
		}
		i := rapid.IntRange(len("school:8443 "), len(code)-1).Draw(t, "letter")
		to := rapid.SampledFrom([]rune("0123456789ABCDEFGHJKMNPQRSTVWXYZ")).Draw(t, "to")
		if code[i] == '-' || rune(code[i]) == to {
			return
		}
		if got, err := identity.ParseInvite(code[:i] + string(to) + code[i+1:]); err == nil {
			t.Fatalf("one wrong letter gives %v", got)
		}
	})
}

func FuzzParseInvite(f *testing.F) {
	f.Add(identity.Invite{Address: "a:1"}.String())
	f.Fuzz(func(t *testing.T, s string) {
		if v, err := identity.ParseInvite(s); err == nil {
			if again, err := identity.ParseInvite(v.String()); err != nil || again != v {
				t.Fatalf("%q read as %v, written %q, read as %v, %v", s, v, v, again, err)
			}
		}
	})
}
