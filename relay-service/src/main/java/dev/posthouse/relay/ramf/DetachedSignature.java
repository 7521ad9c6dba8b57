package dev.posthouse.relay.ramf;

import dev.posthouse.common.node.NodeCertificate;

/** CMS signatures beside what they sign, as PoWeb's countersignatures are (section 11.1). */
@SuppressWarnings("DoNotCallSuggester")
public final class DetachedSignature {

    private DetachedSignature() {}

    /**
     * Who signed that content. Whether the signer's certificate lives and who issued it is the
     * caller's to judge.
     *
     * @throws InvalidSignature unless these octets are exactly one good signature over it
     */
    public static NodeCertificate signer(byte[] cms, byte[] content) throws InvalidSignature {
        throw new UnsupportedOperationException("to come");
    }
}
