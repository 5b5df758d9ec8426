package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"flag"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

// An authority signs what is under it; each is a certificate and a key beside each other in the folder.
type authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

// writeCertificates makes everything that the components need to know each other: an authority for servers and clients,
// one for the API server's own calls to extensions, and the pair that signs service accounts' tokens.
func writeCertificates() error {
	folder := flag.String("folder", ".", "where to write")
	flag.Parse()
	main, err := newAuthority(*folder, "ca")
	if err != nil {
		return err
	}
	front, err := newAuthority(*folder, "front-proxy-ca")
	if err != nil {
		return err
	}
	server, client := x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth
	leaves := []struct {
		by      *authority
		file    string
		subject pkix.Name
		uses    []x509.ExtKeyUsage
	}{
		{main, "apiserver", pkix.Name{CommonName: "kube-apiserver"}, []x509.ExtKeyUsage{server}},
		{main, "admin", pkix.Name{CommonName: "admin", Organization: []string{"system:masters"}}, []x509.ExtKeyUsage{client}},
		{main, "stand-ins", pkix.Name{CommonName: "stand-ins"}, []x509.ExtKeyUsage{server}},
		{front, "front-proxy-client", pkix.Name{CommonName: "front-proxy-client"}, []x509.ExtKeyUsage{client}},
	}
	for _, leaf := range leaves {
		if _, err := leaf.by.sign(*folder, leaf.file, leaf.subject, leaf.uses); err != nil {
			return err
		}
	}
	return writeTokenPair(*folder)
}

func newAuthority(folder, name string) (*authority, error) {
	return (*authority)(nil).sign(folder, name, pkix.Name{CommonName: name}, nil)
}

// sign writes a certificate by this authority; by itself where there is none yet.
func (by *authority) sign(folder, file string, subject pkix.Name, uses []x509.ExtKeyUsage) (*authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber: serial,
		Subject:      subject,
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().AddDate(1, 0, 0),
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  uses,
		DNSNames:     []string{"localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", "metrics-server.kube-system.svc"},
		IPAddresses:  []net.IP{net.IPv4(127, 0, 0, 1), net.IPv4(10, 96, 0, 1)},
	}
	parent, signer := template, key
	if by == nil {
		template.IsCA, template.BasicConstraintsValid = true, true
		template.KeyUsage |= x509.KeyUsageCertSign
		template.DNSNames, template.IPAddresses = nil, nil
	} else {
		parent, signer = by.certificate, by.key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, signer)
	if err != nil {
		return nil, err
	}
	if template, err = x509.ParseCertificate(der); err != nil {
		return nil, err
	}
	if err := writePEM(folder, file+".crt", "CERTIFICATE", der); err != nil {
		return nil, err
	}
	return &authority{template, key}, writeKey(folder, file+".key", key)
}

func writeTokenPair(folder string) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	public, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		return err
	}
	if err := writePEM(folder, "tokens.pub", "PUBLIC KEY", public); err != nil {
		return err
	}
	return writeKey(folder, "tokens.key", key)
}

func writeKey(folder, file string, key *ecdsa.PrivateKey) error {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	return writePEM(folder, file, "PRIVATE KEY", der)
}

func writePEM(folder, file, kind string, der []byte) error {
	return os.WriteFile(filepath.Join(folder, file), pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600)
}
