package identity

import (
	"crypto/sha256"
	"net"
	"strings"

	"uchitelskaya/app/journal/fault"
)

// An Invite is a one-time code that enrols one PC. It is read aloud or typed
// from paper: «192.168.1.5:8443 7KQ2-…», twelve groups of four.
type Invite struct {
	Address string   // host:port of the server
	Pin     [16]byte // the first half of the server's pin
	Token   [10]byte // known to the server and to nobody else, for a short time
}

// groups is Crockford's alphabet: no letter that looks like a digit.
const groups = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// sum catches a mistyped letter: four bytes over address, pin and token.
func (v Invite) sum() []byte {
	h := sha256.New()
	h.Write([]byte("uchitelskaya/invite/1 " + v.Address))
	h.Write(v.Pin[:])
	h.Write(v.Token[:])
	return h.Sum(nil)[:4]
}

// String is the code as it is shown.
func (v Invite) String() string {
	raw := append(append(v.Pin[:len(v.Pin):len(v.Pin)], v.Token[:]...), v.sum()...)
	var b strings.Builder
	b.WriteString(v.Address)
	b.WriteByte(' ')
	for i := range len(raw) * 8 / 5 {
		if i > 0 && i%4 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(groups[fiveBits(raw, i)])
	}
	return b.String()
}

// fiveBits is the i-th group of five bits of raw.
func fiveBits(raw []byte, i int) (v int) {
	for bit := 5 * i; bit < 5*i+5; bit++ {
		v = v<<1 | int(raw[bit/8]>>(7-bit%8))&1
	}
	return v
}

// alike are letters that people type for those of the alphabet, Cyrillic ones
// of the same look among them.
var alike = strings.NewReplacer(
	"O", "0", "I", "1", "L", "1", "U", "V",
	"А", "A", "В", "B", "С", "C", "Е", "E", "Н", "H", "К", "K", "М", "M", "О", "0", "Р", "P", "Т", "T", "Х", "X", "У", "Y", "З", "3",
	"-", "", " ", "", "–", "", "—", "", "\t", "", "\n", "", "\r", "",
)

// ParseInvite reads a code as people type it: any case, any spaces.
func ParseInvite(s string) (Invite, error) {
	bad := fault.New(fault.Invalid, "Код подключения набран неверно. Проверьте его по листку: адрес, пробел и двенадцать групп по четыре знака.")
	address, rest, ok := strings.Cut(strings.TrimSpace(s), " ")
	if len(s) > 500 || !ok {
		return Invite{}, bad
	}
	if host, port, err := net.SplitHostPort(address); err != nil || host == "" || port == "" {
		return Invite{}, bad
	}
	v := Invite{Address: address}
	letters := alike.Replace(strings.ToUpper(rest))
	if len(letters) != 48 {
		return Invite{}, bad
	}
	raw := make([]byte, 30)
	for i := range letters {
		x := strings.IndexByte(groups, letters[i])
		if x < 0 {
			return Invite{}, bad
		}
		for k := range 5 {
			bit := 5*i + k
			raw[bit/8] |= byte(x>>(4-k)&1) << (7 - bit%8)
		}
	}
	copy(v.Pin[:], raw)
	copy(v.Token[:], raw[16:])
	if string(v.sum()) != string(raw[26:]) {
		return Invite{}, bad
	}
	return v, nil
}
