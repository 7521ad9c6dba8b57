package dev.posthouse.relay.ramf;

import dev.posthouse.common.node.NodeCertificate;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** CMS signatures beside what they sign, as PoWeb's countersignatures are (section 11.1). */
public final class DetachedSignature {

    /** No path is looked for here. */
    private static final VerifiedPairs NONE = new VerifiedPairs();

    private DetachedSignature() {}

    /**
     * The certificates of whoever signed that content, its parts one after the other: at least one.
     * Whether they live and who issued them is the caller's to judge.
     *
     * @throws InvalidSignature unless these octets are exactly one good signature over it
     */
    public static List<NodeCertificate> signers(byte[] cms, byte[]... content)
            throws InvalidSignature {
        try {
            SignedMessage message =
                    SignedMessage.read(ByteBuffer.wrap(cms), NodeCertificate::parse);
            if (message.content().isPresent()) {
                throw new InvalidSignature();
            }
            SignatureChecks checks = new SignatureChecks(NONE, Instant.EPOCH);
            return message.verify(Arrays.stream(content).map(ByteBuffer::wrap).toList(), checks);
        } catch (RuntimeException | StackOverflowError malformed) {
            throw new InvalidSignature();
        }
    }
}
