package identity

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"math/big"
	"time"

	"uchitelskaya/app/journal/fault"
)

// A certificate carries a key; the pin says whose it is. Nobody looks at a
// clock for that, so that a PC whose clock is wrong by years can still speak:
// it holds from the first to the last moment that X.509 knows.
var (
	certFrom = time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)
	certTo   = time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)
)

// ServerCert makes the server's TLS key (PKCS #8) and certificate (DER).
func ServerCert() (key, cert []byte, err error) {
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, fmt.Errorf("make TLS key: %w", err)
	}
	if key, err = x509.MarshalPKCS8PrivateKey(k); err != nil {
		return nil, nil, fmt.Errorf("make TLS key: %w", err)
	}
	cert, err = selfSigned(k)
	return key, cert, err
}

// ReadServerCert reads what ServerCert made.
func ReadServerCert(key, cert []byte) (tls.Certificate, error) {
	k, err := x509.ParsePKCS8PrivateKey(key)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("read TLS key: %w", err)
	}
	leaf, err := x509.ParseCertificate(cert)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("read TLS certificate: %w", err)
	}
	return tls.Certificate{Certificate: [][]byte{cert}, PrivateKey: k, Leaf: leaf}, nil
}

// ClientCert is the certificate by which a PC shows its key.
func ClientCert(key ed25519.PrivateKey) (tls.Certificate, error) {
	der, err := selfSigned(key)
	if err != nil {
		return tls.Certificate{}, err
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, nil
}

func selfSigned(key crypto.Signer) ([]byte, error) {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, fmt.Errorf("make certificate: %w", err)
	}
	t := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: "uchitelskaya"}, NotBefore: certFrom, NotAfter: certTo,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, t, t, key.Public(), key)
	if err != nil {
		return nil, fmt.Errorf("make certificate: %w", err)
	}
	return der, nil
}

// Pin is SHA-256 of a certificate's public key (SubjectPublicKeyInfo).
func Pin(cert *x509.Certificate) [32]byte { return sha256.Sum256(cert.RawSubjectPublicKeyInfo) }

// errPin is a server that is not the school's.
var errPin = fault.New(fault.Approval, "По этому адресу отвечает не тот школьный сервер, который знает этот компьютер. Ничего не отправлено. "+
	"Если сервер заменили, попросите у администратора код и подключите компьютер заново. Если нет, сообщите администратору.")

// ClientTLS is how a PC speaks to its server and to no other: pin is the whole
// hash of the server's key, or its beginning, as the one-time code has it.
func ClientTLS(pin []byte, cert tls.Certificate) *tls.Config {
	return &tls.Config{
		MinVersion: tls.VersionTLS13,
		NextProtos: []string{"h2"},
		GetClientCertificate: func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
			return &cert, nil
		},
		ClientSessionCache: tls.NewLRUClientSessionCache(1), // a line that was cut is soon up again, and in fewer bytes
		InsecureSkipVerify: true,                            // no authority signs a school server; the pin below is stricter
		VerifyConnection: func(s tls.ConnectionState) error {
			if len(s.PeerCertificates) == 0 || len(pin) < len(Invite{}.Pin) {
				return errPin
			}
			got := Pin(s.PeerCertificates[0])
			if len(pin) > len(got) || subtle.ConstantTimeCompare(got[:len(pin)], pin) != 1 {
				return errPin
			}
			return nil
		},
	}
}

// ServerTLS is how the server is spoken to: it asks for the PC's certificate
// and leaves it to the protocol to know the key.
func ServerTLS(cert tls.Certificate) *tls.Config {
	return &tls.Config{
		MinVersion: tls.VersionTLS13, NextProtos: []string{"h2", "http/1.1"}, Certificates: []tls.Certificate{cert}, ClientAuth: tls.RequestClientCert,
	}
}

// PeerKey is the Ed25519 key that the PC has shown to possess in the handshake.
func PeerKey(s *tls.ConnectionState) (ed25519.PublicKey, error) {
	if s == nil || len(s.PeerCertificates) == 0 {
		return nil, errors.New("no certificate shown")
	}
	key, ok := s.PeerCertificates[0].PublicKey.(ed25519.PublicKey)
	if !ok {
		return nil, errors.New("the certificate holds no Ed25519 key")
	}
	return key, nil
}
