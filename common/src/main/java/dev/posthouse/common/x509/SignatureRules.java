package dev.posthouse.common.x509;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;

/**
 * Proof of possession (certificates, section 5 rule 2).
 *
 * <p>The AlgorithmIdentifiers allowed are a closed list, compared as bytes: so parameters are
 * judged without being read. RSASSA-PSS is allowed with one hash throughout and a salt as long as
 * it.
 */
final class SignatureRules {

    private static final Map<ByteBuffer, Algorithm> ALLOWED = allowed();

    private record Algorithm(CsrKey.Kind kind, String name) {}

    private SignatureRules() {}

    /** Verifies once, with a key that was judged. */
    static void check(Der algorithm, CsrKey key, Der signed, byte[] signature) {
        Algorithm allowed = ALLOWED.get(ByteBuffer.wrap(algorithm.encoded()));
        boolean fits = allowed != null && allowed.kind() == key.kind();
        InvalidCsr.unless(
                fits, "csr.signature.algorithm", "The signature algorithm is not allowed.");
        boolean verifies = verifies(allowed.name(), key, signed.encoded(), signature);
        InvalidCsr.unless(verifies, "csr.signature", "The signature does not verify.");
    }

    private static boolean verifies(String name, CsrKey key, byte[] signed, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(name, BouncyCastle.PROVIDER);
            verifier.initVerify(key.key());
            verifier.update(signed);
            return verifier.verify(signature);
        } catch (GeneralSecurityException | RuntimeException e) {
            // What the verifier stumbles over is no signature.
            return false;
        }
    }

    private static Map<ByteBuffer, Algorithm> allowed() {
        Map<ByteBuffer, Algorithm> allowed = new HashMap<>();
        var finder = new DefaultSignatureAlgorithmIdentifierFinder();
        for (String hash : List.of("SHA256", "SHA384", "SHA512")) {
            var rsa = new Algorithm(CsrKey.Kind.RSA, hash + "WITHRSA");
            var pss = new Algorithm(CsrKey.Kind.RSA, hash + "WITHRSAANDMGF1");
            var ecdsa = new Algorithm(CsrKey.Kind.EC, hash + "WITHECDSA");
            for (Algorithm algorithm : List.of(rsa, pss, ecdsa)) {
                allowed.put(der(finder.find(algorithm.name())), algorithm);
            }
            // RFC 4055, section 5: its NULL parameters may be missing.
            allowed.put(der(new AlgorithmIdentifier(finder.find(rsa.name()).getAlgorithm())), rsa);
        }
        var ed25519 = new Algorithm(CsrKey.Kind.ED25519, "ED25519");
        allowed.put(der(finder.find(ed25519.name())), ed25519);
        return Map.copyOf(allowed);
    }

    private static ByteBuffer der(AlgorithmIdentifier identifier) {
        return ByteBuffer.wrap(CsrKey.der(identifier));
    }
}
