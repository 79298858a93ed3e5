// Package identity is who a person and a PC are, in cryptography alone: no
// files, no network.
//
// A password becomes two independent keys (Argon2id, then HKDF): the proof,
// which the server may see, and the unwrap key, which never leaves the PC and
// opens the person's Ed25519 key there. A profile is what one PC keeps of one
// person so that she can sign in without the server: the wrapped key and a
// grant, which the server signs and which runs out.
//
// A PC is named by its Ed25519 key; the server's TLS key is pinned by the
// one-time code that enrols the PC.
package identity
