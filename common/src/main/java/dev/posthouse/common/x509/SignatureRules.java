package dev.posthouse.common.x509;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.HashMap;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encoding;
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
            Signature verifier = Signature.getInstance(name, CsrKey.PROVIDER);
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
        for (String hash : new String[] {"SHA256", "SHA384", "SHA512"}) {
            for (String rsa : new String[] {hash + "WITHRSA", hash + "WITHRSAANDMGF1"}) {
                put(allowed, finder.find(rsa), CsrKey.Kind.RSA, rsa);
            }
            // RFC 4055, section 5: parameters are NULL, and must be understood when they are
            // absent.
            var bare = new AlgorithmIdentifier(finder.find(hash + "WITHRSA").getAlgorithm());
            put(allowed, bare, CsrKey.Kind.RSA, hash + "WITHRSA");
            String ecdsa = hash + "WITHECDSA";
            put(allowed, finder.find(ecdsa), CsrKey.Kind.EC, ecdsa);
        }
        put(allowed, finder.find("ED25519"), CsrKey.Kind.ED25519, "ED25519");
        return Map.copyOf(allowed);
    }

    private static void put(
            Map<ByteBuffer, Algorithm> allowed,
            AlgorithmIdentifier identifier,
            CsrKey.Kind kind,
            String name) {
        try {
            byte[] der = identifier.getEncoded(ASN1Encoding.DER);
            allowed.put(ByteBuffer.wrap(der), new Algorithm(kind, name));
        } catch (IOException e) {
            throw new IllegalStateException("Memory does not fail.", e);
        }
    }
}
