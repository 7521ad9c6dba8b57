package dev.posthouse.relay.ramf;

import dev.posthouse.common.node.NodeCertificate;
import java.nio.ByteBuffer;

/** CMS signatures beside what they sign, as PoWeb's countersignatures are (section 11.1). */
public final class DetachedSignature {

    private static final VerifiedPairs NONE = new VerifiedPairs(0);

    private DetachedSignature() {}

    /**
     * Who signed that content. Whether the signer's certificate lives and who issued it is the
     * caller's to judge.
     *
     * @throws InvalidSignature unless these octets are exactly one good signature over it
     */
    public static NodeCertificate signer(byte[] cms, byte[] content) throws InvalidSignature {
        try {
            SignedMessage message = SignedMessage.read(ByteBuffer.wrap(cms));
            if (message.content().isPresent()) {
                throw new InvalidSignature();
            }
            SignatureChecks checks = new SignatureChecks(NONE);
            return message.verify(ByteBuffer.wrap(content), checks);
        } catch (RuntimeException | StackOverflowError malformed) {
            throw new InvalidSignature();
        }
    }
}
