package identity

import (
	"crypto/ed25519"
	"crypto/sha256"

	"uchitelskaya/app/journal"
)

// DeviceID names a PC by its key: whoever has another key is another PC.
func DeviceID(key ed25519.PublicKey) journal.DeviceID {
	sum := sha256.Sum256(append([]byte("uchitelskaya/device/1"), key...))
	id := journal.DeviceID(sum[:16])
	id[6], id[8] = id[6]&0x0F|0x80, id[8]&0x3F|0x80 // UUID version 8
	return id
}
