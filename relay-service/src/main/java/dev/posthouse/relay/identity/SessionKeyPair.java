package dev.posthouse.relay.identity;

import dev.posthouse.common.x509.BouncyCastle;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.HexFormat;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * Our ECDH key on P-256 (PoHTTP, section 11.1).
 *
 * @param pkcs8 the private half, which holds the public one too
 * @param publicHalf what others know
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on at once, never compared.
record SessionKeyPair(byte[] pkcs8, SessionKey publicHalf) {

    /** A new one. */
    static SessionKeyPair create() {
        try {
            var generator = KeyPairGenerator.getInstance("EC", BouncyCastle.PROVIDER);
            generator.initialize(new ECGenParameterSpec("P-256"));
            return parse(generator.generateKeyPair().getPrivate().getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Reads what was created. */
    static SessionKeyPair parse(byte[] pkcs8) {
        try {
            PrivateKeyInfo info = PrivateKeyInfo.getInstance(pkcs8);
            byte[] point =
                    ECPrivateKey.getInstance(info.parsePrivateKey()).getPublicKey().getOctets();
            var spki = new SubjectPublicKeyInfo(info.getPrivateKeyAlgorithm(), point);
            return new SessionKeyPair(pkcs8, SessionKey.of(spki.getEncoded("DER")));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What it goes by in the database. */
    String name() {
        return HexFormat.of().formatHex(publicHalf.id());
    }

    @Override
    public String toString() {
        return "SessionKeyPair[" + name() + "]";
    }
}
