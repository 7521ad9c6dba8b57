#!/bin/sh
# Makes every CSR of this directory anew, with fresh keys: ./make.sh (OpenSSL 3.0 or newer).
# What each must answer stands in expected.csv.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

name=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
san=subjectAltName=IP:192.168.1.7

# key NAME ARGS...: a private key by openssl genpkey.
key() {
  out=$work/$1.key
  shift
  openssl genpkey -quiet -out "$out" "$@" 2>/dev/null || openssl genpkey -out "$out" "$@" 2>/dev/null
}

# csr NAME KEY ARGS...: a request with that key; -subj and -addext are the caller's.
csr() {
  out=$1.pem
  key=$work/$2.key
  shift 2
  openssl req -new -key "$key" -out "$out" "$@"
}

# good NAME KEY ARGS...: the same, with the usual subject and SAN.
good() {
  csr "$@" -subj "/CN=$name" -addext "$san"
}

# asking NAME CONFIG: a request with the usual subject, and a config file's lines in section [ext].
asking() {
  printf '[req]\ndistinguished_name=dn\nreq_extensions=ext\n[dn]\n[ext]\n%b\n' "$2" >"$work/ext.cnf"
  csr "$1" p256 -subj "/CN=$name" -config "$work/ext.cnf"
}

# with_attribute NAME LINE: a request with one attribute more.
with_attribute() {
  printf '[req]\ndistinguished_name=dn\nattributes=attr\nprompt=no\n[dn]\nCN=%s\n[attr]\n%s\n' \
    "$name" "$2" >"$work/attr.cnf"
  csr "$1" p256 -config "$work/attr.cnf" -addext "$san"
}

key p256 -algorithm EC -pkeyopt ec_paramgen_curve:P-256
key p384 -algorithm EC -pkeyopt ec_paramgen_curve:P-384
key p521 -algorithm EC -pkeyopt ec_paramgen_curve:P-521
key p224 -algorithm EC -pkeyopt ec_paramgen_curve:P-224
key secp256k1 -algorithm EC -pkeyopt ec_paramgen_curve:secp256k1
key explicit -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit
key ed25519 -algorithm ED25519
key ed448 -algorithm ED448
key rsa-pss -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048
key rsa-e3 -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_pubexp:3
for bits in 1024 2040 2048 2052 2056 3072 4096 4104; do
  key "rsa-$bits" -algorithm RSA -pkeyopt "rsa_keygen_bits:$bits"
done
openssl ec -in "$work/p256.key" -conv_form compressed -out "$work/p256-compressed.key" 2>/dev/null
openssl genpkey -genparam -algorithm DSA -pkeyopt dsa_paramgen_bits:2048 -out "$work/dsa.param" 2>/dev/null
openssl genpkey -paramfile "$work/dsa.param" -out "$work/dsa.key" 2>/dev/null

# Good ones.
for key in p256 p384 ed25519 rsa-2048 rsa-2056 rsa-3072 rsa-4096 p256-compressed; do
  good "good-$key" "$key"
done
good good-p256-sha512 p256 -sha512
good good-rsa-2048-sha384 rsa-2048 -sha384
good good-rsa-2048-pss rsa-2048 -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest
good good-new-label p256 -newhdr
csr good-ipv6 p256 -subj "/CN=$name" -addext subjectAltName=IP:fd00::7
printf '[req]\ndistinguished_name=dn\nstring_mask=default\nprompt=no\n[dn]\nCN=%s\n' "$name" >"$work/printable.cnf"
csr good-printable p256 -config "$work/printable.cnf" -addext "$san"
asking good-critical-san "subjectAltName=critical,IP:192.168.1.7"

# Keys and signatures.
for key in dsa ed448 rsa-pss rsa-e3 rsa-1024 rsa-2040 rsa-2052 rsa-4104 p224 p521 secp256k1 explicit; do
  good "key-$key" "$key"
done
good signature-md5 rsa-2048 -md5
good signature-sha1 rsa-2048 -sha1
good signature-ecdsa-sha1 p256 -sha1
good signature-sha224 rsa-2048 -sha224
good signature-sha3 rsa-2048 -sha3-256
good signature-pss-long-salt rsa-2048 -sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:64

# Subjects.
csr subject-empty p256 -subj / -addext "$san"
csr subject-other-attribute p256 -subj "/O=$name" -addext "$san"
csr subject-two-names p256 -subj "/CN=$name/O=Example" -addext "$san"
csr subject-two-common-names p256 -subj "/CN=$name/CN=$name" -addext "$san"
csr subject-two-in-one p256 -subj "/CN=$name+O=Example" -addext "$san"
csr subject-mismatch p256 -subj "/CN=f${name#0}" -addext "$san"
csr subject-shorter p256 -subj "/CN=${name%f}" -addext "$san"
csr subject-other-case p256 -subj "/CN=$(printf %s "$name" | tr a-f A-F)" -addext "$san"
printf '[req]\ndistinguished_name=dn\nstring_mask=MASK:2048\nprompt=no\n[dn]\nCN=%s\n' "$name" >"$work/mask.cnf"
csr subject-bmp-string p256 -config "$work/mask.cnf" -addext "$san"

# Attributes and extensions.
with_attribute attribute-challenge-password challengePassword=swordfish
with_attribute attribute-unstructured-name unstructuredName=example
asking extension-ca-true "subjectAltName=IP:192.168.1.7\nbasicConstraints=critical,CA:TRUE"
asking extension-ca-false "subjectAltName=IP:192.168.1.7\nbasicConstraints=CA:FALSE"
asking extension-key-usage "subjectAltName=IP:192.168.1.7\nkeyUsage=digitalSignature"
asking extension-ext-key-usage "subjectAltName=IP:192.168.1.7\nextendedKeyUsage=serverAuth"
asking extension-name-constraints "subjectAltName=IP:192.168.1.7\nnameConstraints=permitted;DNS:example"
asking extension-unknown "subjectAltName=IP:192.168.1.7\n1.3.6.1.4.1.32473.1=DER:0500"
asking extension-unknown-critical "subjectAltName=IP:192.168.1.7\n1.3.6.1.4.1.32473.1=critical,DER:0500"
asking extension-without-san "keyUsage=digitalSignature"

# SANs.
csr san-none p256 -subj "/CN=$name"
asking san-empty "subjectAltName=DER:3000"
asking san-two-addresses "subjectAltName=IP:192.168.1.7,IP:192.168.1.8"
asking san-address-and-name "subjectAltName=IP:192.168.1.7,DNS:device.example"
asking san-name-and-address "subjectAltName=DNS:device.example,IP:192.168.1.7"
asking san-dns "subjectAltName=DNS:device.example"
asking san-dns-spells-address "subjectAltName=DNS:192.168.1.7"
asking san-email "subjectAltName=email:device@example.org"
asking san-uri "subjectAltName=URI:https\://192.168.1.7/"
asking san-registered-id "subjectAltName=RID:1.2.3.4"
asking san-no-octets "subjectAltName=DER:30028700"
asking san-five-octets "subjectAltName=DER:30078705c0a8010700"
asking san-network-ipv4 "subjectAltName=DER:300a8708c0a80107ffffff00"
asking san-network-ipv6 "subjectAltName=DER:30228720fd000000000000000000000000000007ffffffffffffffff0000000000000000"
asking san-not-a-sequence "subjectAltName=DER:8704c0a80107"
asking san-trailing-bytes "subjectAltName=DER:30068704c0a801070500"

# Addresses.
asking address-loopback "subjectAltName=IP:127.0.0.1"
asking address-mapped "subjectAltName=DER:3012871000000000000000000000ffffc0a80107"
asking address-multicast "subjectAltName=IP:ff02::1"
asking address-documentation "subjectAltName=IP:192.0.2.1"
