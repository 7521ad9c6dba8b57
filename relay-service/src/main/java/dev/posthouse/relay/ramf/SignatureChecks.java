package dev.posthouse.relay.ramf;

import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.node.PssSignature;
import dev.posthouse.relay.RelayException;
import java.nio.ByteBuffer;
import java.time.Instant;

/** The signature checks for one parcel, of which there may be so many (section 7). */
final class SignatureChecks {

    static final int MOST = 32;

    private final VerifiedPairs verified;
    private final Instant now;
    private int left = MOST;

    SignatureChecks(VerifiedPairs verified, Instant now) {
        this.verified = verified;
        this.now = now;
    }

    /** Whether the holder of that certificate's key signed that, one part after the other. */
    boolean verifies(
            NodeCertificate signer,
            PssSignature algorithm,
            Iterable<ByteBuffer> content,
            byte[] signature) {
        spend();
        return algorithm.verifies(signer.publicKey(), content, signature);
    }

    /** Whether one certificate is signed by the key of the other; free where that is known. */
    boolean isSigned(NodeCertificate certificate, NodeCertificate issuer) {
        if (verified.contains(certificate, issuer)) {
            return true;
        }
        spend();
        boolean signed = certificate.isSignedBy(issuer);
        if (signed) {
            verified.add(certificate, issuer, now);
        }
        return signed;
    }

    private void spend() {
        if (left == 0) {
            throw RelayException.forbidden(
                    "parcel.path", "The certificates take too many signature checks.");
        }
        left--;
    }
}
