package dev.posthouse.common.x509;

import java.util.List;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Which public keys a CSR may hold (certificates, section 5 rule 7). */
final class KeyRules {

    private final CsrPolicy policy;

    KeyRules(CsrPolicy policy) {
        this.policy = policy;
    }

    CsrKey check(Der spki) {
        List<Der> parts = spki.sequence(2, 2);
        CsrKey key = key(parts.getFirst().sequence(1, 2), parts.getLast().bits());
        boolean blocked = policy.blockedKey().test(Csr.sha256(key.spki()));
        InvalidCsr.unless(!blocked, "csr.key.blocked", "The key is on the operator's blocklist.");
        return key;
    }

    private CsrKey key(List<Der> algorithm, byte[] bits) {
        Der type = algorithm.getFirst();
        if (type.is(PKCSObjectIdentifiers.rsaEncryption)) {
            return RsaRules.check(algorithm, bits);
        }
        if (type.is(X9ObjectIdentifiers.id_ecPublicKey)) {
            return EcRules.check(algorithm, bits);
        }
        boolean ed25519 = type.is(EdECObjectIdentifiers.id_Ed25519) && policy.ed25519();
        InvalidCsr.unless(ed25519, "csr.key.type", "A key of this type is not allowed.");
        return ed25519(algorithm, bits);
    }

    private static CsrKey ed25519(List<Der> algorithm, byte[] bits) {
        boolean bare = algorithm.size() == 1;
        InvalidCsr.unless(bare, "csr.key.type", "An Ed25519 key has no parameters.");
        // A point of small order would let anybody sign.
        boolean valid =
                bits.length == Ed25519.PUBLIC_KEY_SIZE && Ed25519.validatePublicKeyFull(bits, 0);
        InvalidCsr.unless(valid, "csr.key.point", "The key is not a point of the right order.");
        var identifier = new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519);
        return CsrKey.of(CsrKey.Kind.ED25519, identifier, bits);
    }
}
