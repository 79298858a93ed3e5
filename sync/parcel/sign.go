package parcel

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"errors"
	"fmt"

	"github.com/fxamacker/cbor/v2"
	"github.com/veraison/go-cose"
)

// purpose keeps a signature from serving anywhere else.
var purpose = []byte("uchitelskaya/parcel/1")

// sealForm is the last item of a body.
type sealForm struct {
	Signature []byte `cbor:"1,keyasint"` // COSE_Sign1 with a detached payload
	Key       []byte `cbor:"2,keyasint"` // SubjectPublicKeyInfo
}

var (
	encoding = must(cbor.CoreDetEncOptions().EncMode())
	decoding = must(cbor.DecOptions{MaxNestedLevels: 4, MaxArrayElements: 16, MaxMapPairs: 16, IndefLength: cbor.IndefLengthForbidden, TagsMd: cbor.TagsForbidden}.DecMode())
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err) // constant options
	}
	return v
}

// sign makes the last item of a body from the sum of the others.
func sign(sum []byte, key crypto.Signer) ([]byte, error) {
	alg, err := algorithm(key.Public())
	if err != nil {
		return nil, err
	}
	signer, err := cose.NewSigner(alg, key)
	if err != nil {
		return nil, fmt.Errorf("sign parcel: %w", err)
	}
	msg := cose.NewSign1Message()
	msg.Headers.Protected.SetAlgorithm(alg)
	msg.Payload = sum
	if err := msg.Sign(rand.Reader, purpose, signer); err != nil {
		return nil, fmt.Errorf("sign parcel: %w", err)
	}
	msg.Payload = nil
	var f sealForm
	if f.Signature, err = msg.MarshalCBOR(); err != nil {
		return nil, fmt.Errorf("sign parcel: %w", err)
	}
	if f.Key, err = x509.MarshalPKIXPublicKey(key.Public()); err != nil {
		return nil, fmt.Errorf("sign parcel: %w", err)
	}
	return encoding.Marshal(f)
}

// verify checks the last item of a body and returns the key that signed.
func verify(sum, raw []byte) (signer []byte, err error) {
	var f sealForm
	if len(raw) > 2000 {
		return nil, damaged(fmt.Errorf("signature of %d bytes", len(raw)))
	}
	if err := decoding.Unmarshal(raw, &f); err != nil {
		return nil, damaged(err)
	}
	key, err := x509.ParsePKIXPublicKey(f.Key)
	if err != nil {
		return nil, damaged(err)
	}
	alg, err := algorithm(key)
	if err != nil {
		return nil, damaged(err)
	}
	verifier, err := cose.NewVerifier(alg, key)
	if err != nil {
		return nil, damaged(err)
	}
	var msg cose.Sign1Message
	if err := msg.UnmarshalCBOR(f.Signature); err != nil {
		return nil, damaged(err)
	}
	if msg.Payload != nil {
		return nil, damaged(errors.New("payload inside the signature"))
	}
	msg.Payload = sum
	if err := msg.Verify(purpose, verifier); err != nil {
		return nil, damaged(err)
	}
	return f.Key, nil
}

// algorithm is the one way to sign with a key: a PC's is Ed25519, the TLS key of
// a server ECDSA on P-256.
func algorithm(key crypto.PublicKey) (cose.Algorithm, error) {
	switch k := key.(type) {
	case ed25519.PublicKey:
		return cose.AlgorithmEdDSA, nil
	case *ecdsa.PublicKey:
		if k.Curve == elliptic.P256() {
			return cose.AlgorithmES256, nil
		}
	}
	return 0, fmt.Errorf("a key of type %T signs no parcel", key)
}
