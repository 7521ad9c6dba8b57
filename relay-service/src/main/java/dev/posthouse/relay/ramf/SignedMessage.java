package dev.posthouse.relay.ramf;

import dev.posthouse.common.node.InvalidNodeCertificate;
import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.relay.RelayException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;

/**
 * A CMS SignedData as RAMF has it (section 3; RFC 5652): one signer, whose certificate is attached.
 *
 * @param content what is signed, where it is attached
 * @param certificates those attached, each once; none of too many
 * @param signer the signer's part; none where too many certificates are attached
 */
record SignedMessage(
        Optional<Pieces> content, List<NodeCertificate> certificates, Optional<SignerPart> signer) {

    private static final int MOST_CERTIFICATES = 16;
    private static final int LARGEST_CERTIFICATE = 64 * 1024;

    /** Beyond this it is not worth counting. */
    private static final int MANY = 1024;

    private static final byte[] SIGNED_DATA = contents(CMSObjectIdentifiers.signedData);
    private static final byte[] DATA = contents(CMSObjectIdentifiers.data);

    /**
     * Reads a ContentInfo that fills the rest of the buffer. Nothing is verified.
     *
     * @param reader reads a certificate in DER
     */
    static SignedMessage read(ByteBuffer cms, Function<byte[], NodeCertificate> reader) {
        List<Ber> info = Ber.only(cms).as(Ber.SEQUENCE).parts(2);
        require(info.size() == 2 && isOid(info.getFirst(), SIGNED_DATA));
        Ber data = info.getLast().as(Ber.CONTEXT).part();
        return read(data.as(Ber.SEQUENCE).parts(6), reader);
    }

    private static SignedMessage read(List<Ber> parts, Function<byte[], NodeCertificate> reader) {
        boolean whole = parts.size() >= 5 && parts.getFirst().tag() == Ber.INTEGER;
        require(whole);
        require(parts.get(1).as(Ber.SET).parts(MANY).size() == 1);
        Optional<Pieces> content = content(parts.get(2).as(Ber.SEQUENCE).parts(2));
        List<Ber> set = parts.get(3).as(Ber.CONTEXT).parts(MANY);
        require(parts.size() == 5 || parts.get(4).as(Ber.CONTEXT | 1).length() == 0);
        Ber signer = parts.getLast().as(Ber.SET).part();
        if (set.size() > MOST_CERTIFICATES) {
            return new SignedMessage(content, List.of(), Optional.empty());
        }
        List<NodeCertificate> attached = certificates(set, reader);
        return new SignedMessage(content, attached, Optional.of(SignerPart.read(signer, attached)));
    }

    private static Optional<Pieces> content(List<Ber> parts) {
        require(!parts.isEmpty() && isOid(parts.getFirst(), DATA));
        return parts.size() == 1
                ? Optional.empty()
                : Optional.of(Pieces.of(parts.getLast().as(Ber.CONTEXT).part()));
    }

    private static List<NodeCertificate> certificates(
            List<Ber> parts, Function<byte[], NodeCertificate> reader) {
        Set<NodeCertificate> certificates = new LinkedHashSet<>();
        parts.forEach(part -> certificates.add(certificate(part.as(Ber.SEQUENCE), reader)));
        return List.copyOf(certificates);
    }

    private static NodeCertificate certificate(Ber part, Function<byte[], NodeCertificate> reader) {
        require(part.length() <= LARGEST_CERTIFICATE);
        try {
            return reader.apply(part.encoded());
        } catch (InvalidNodeCertificate malformed) {
            throw malformed();
        }
    }

    /**
     * The certificates of whoever signed this: its own content, or what is beside it, in parts.
     * Only now is it of account that too many certificates are attached, none of which has been
     * read: whether the rest of the message is one comes first (section 7).
     */
    List<NodeCertificate> verify(Iterable<ByteBuffer> signed, SignatureChecks checks) {
        return signer.orElseThrow(SignedMessage::tooMany).verify(signed, checks);
    }

    private static RelayException tooMany() {
        return RelayException.forbidden(
                "parcel.certificates", "More than 16 certificates are attached.");
    }

    private static boolean isOid(Ber value, byte[] contents) {
        return value.tag() == Ber.OID && value.holds(contents);
    }

    private static byte[] contents(ASN1ObjectIdentifier oid) {
        try {
            return Ber.only(ByteBuffer.wrap(oid.getEncoded())).octets();
        } catch (IOException inMemory) {
            throw new IllegalStateException("An identifier cannot be encoded.", inMemory);
        }
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw malformed();
        }
    }

    static RelayException malformed() {
        return RelayException.malformed("parcel.cms", "This is no CMS SignedData with one signer.");
    }
}
