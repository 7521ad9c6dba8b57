package dev.posthouse.common.x509;

import dev.posthouse.common.net.IpAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;

/**
 * A certificate signing request that keeps every rule of certificates, section 5: only {@link
 * CsrRules} makes one. Nothing but its public key may be copied into a certificate.
 */
public final class Csr {

    private final Pem.Read read;
    private final SessionName sessionName;
    private final IpAddress address;
    private final CsrKey key;

    Csr(Pem.Read read, SessionName sessionName, IpAddress address, CsrKey key) {
        this.read = read;
        this.sessionName = sessionName;
        this.address = address;
        this.key = key;
    }

    /** The bytes that came; store and forward these. */
    public byte[] der() {
        return read.der().clone();
    }

    /** The reading in which it came, and in which the certificate goes back. */
    public PemForm form() {
        return read.form();
    }

    /** The subject's common name. */
    public SessionName sessionName() {
        return sessionName;
    }

    /** The ClientLocalAddress, as the CSR claims it. */
    public IpAddress address() {
        return address;
    }

    /** The SubjectPublicKeyInfo, re-encoded: EC points uncompressed, RSA parameters NULL. */
    public byte[] spki() {
        return key.spki().clone();
    }

    /** The public key. */
    public PublicKey key() {
        return key.key();
    }

    /** SHA-256 of {@link #der()}. */
    public byte[] hash() {
        return sha256(read.der());
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }
}
