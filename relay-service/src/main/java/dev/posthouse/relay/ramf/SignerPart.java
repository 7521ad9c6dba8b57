package dev.posthouse.relay.ramf;

import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.node.OddIntegers;
import dev.posthouse.common.node.PssSignature;
import dev.posthouse.relay.RelayException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.SignerInfo;

/** A SignerInfo (RFC 5652, section 5.3) and the attached certificates that it may mean. */
final class SignerPart {

    private static final int LARGEST = 64 * 1024;

    private final List<NodeCertificate> candidates;
    private final Optional<PssSignature> digestAlgorithm;
    private final Optional<PssSignature> algorithm;
    private final byte[] signature;

    /** The signed attributes, in DER, and the digest of the content among them. */
    private final Optional<Attributes> attributes;

    @SuppressWarnings("ArrayRecordComponent") // Stays here, never compared.
    private record Attributes(byte[] der, byte[] digest) {}

    private SignerPart(SignerInfo info, List<NodeCertificate> attached) {
        this.candidates = attached.stream().filter(one -> one.isNamedBy(info.getSID())).toList();
        this.digestAlgorithm = PssSignature.ofHash(info.getDigestAlgorithm());
        this.algorithm = PssSignature.of(info.getDigestEncryptionAlgorithm());
        this.signature = info.getEncryptedDigest().getOctets();
        this.attributes =
                Optional.ofNullable(info.getAuthenticatedAttributes()).map(SignerPart::attributes);
    }

    /** Reads the part; the certificate it means must be attached. */
    static SignerPart read(Ber part, List<NodeCertificate> attached) {
        if (part.as(Ber.SEQUENCE).length() > LARGEST) {
            throw SignedMessage.malformed();
        }
        SignerPart read =
                OddIntegers.allowedIn(
                        () -> new SignerPart(SignerInfo.getInstance(part.asn1()), attached));
        if (read.candidates.isEmpty()) {
            throw RelayException.malformed(
                    "parcel.signer", "The signer's certificate is not attached.");
        }
        return read;
    }

    /** RFC 5652, section 5.4: both of these, each once with one value; others as they like. */
    private static Attributes attributes(ASN1Set set) {
        boolean data = CMSObjectIdentifiers.data.equals(value(set, CMSAttributes.contentType));
        if (!data) {
            throw SignedMessage.malformed();
        }
        ASN1Encodable digest = value(set, CMSAttributes.messageDigest);
        return new Attributes(der(set), ASN1OctetString.getInstance(digest).getOctets());
    }

    private static ASN1Encodable value(ASN1Set set, ASN1ObjectIdentifier type) {
        ASN1Encodable found = null;
        for (ASN1Encodable each : set) {
            Attribute attribute = Attribute.getInstance(each);
            if (attribute.getAttrType().equals(type)) {
                if (found != null || attribute.getAttrValues().size() != 1) {
                    throw SignedMessage.malformed();
                }
                found = attribute.getAttrValues().getObjectAt(0);
            }
        }
        return Optional.ofNullable(found).orElseThrow(SignedMessage::malformed);
    }

    private static byte[] der(ASN1Set set) {
        try {
            return set.getEncoded(ASN1Encoding.DER);
        } catch (IOException inMemory) {
            throw new IllegalStateException("Attributes cannot be encoded.", inMemory);
        }
    }

    /**
     * The certificates of whoever signed that content, in parts (section 7, steps 8 and 9): at
     * least one. By its key identifier a signer may have several.
     */
    List<NodeCertificate> verify(Iterable<ByteBuffer> content, SignatureChecks checks) {
        PssSignature pss = algorithm.orElseThrow(SignerPart::badAlgorithm);
        PssSignature hash = digestAlgorithm.orElseThrow(SignerPart::badAlgorithm);
        if (candidates.stream().noneMatch(NodeCertificate::hasUsableKey)) {
            throw badAlgorithm();
        }
        Iterable<ByteBuffer> signed =
                attributes
                        .<Iterable<ByteBuffer>>map(some -> over(some, hash, content))
                        .orElse(content);
        List<NodeCertificate> signers =
                candidates.stream()
                        .filter(NodeCertificate::hasUsableKey)
                        .filter(one -> checks.verifies(one, pss, signed, signature))
                        .toList();
        if (signers.isEmpty()) {
            throw badSignature();
        }
        return signers;
    }

    private static List<ByteBuffer> over(
            Attributes attributes, PssSignature hash, Iterable<ByteBuffer> content) {
        if (!MessageDigest.isEqual(digest(hash, content), attributes.digest())) {
            throw badSignature();
        }
        return List.of(ByteBuffer.wrap(attributes.der()));
    }

    private static byte[] digest(PssSignature hash, Iterable<ByteBuffer> content) {
        try {
            MessageDigest digest = MessageDigest.getInstance(hash.hash());
            content.forEach(part -> digest.update(part.duplicate()));
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-2.", impossible);
        }
    }

    private static RelayException badAlgorithm() {
        return RelayException.forbidden(
                "parcel.algorithm", "The signature's algorithm or key is not allowed.");
    }

    private static RelayException badSignature() {
        return RelayException.forbidden("parcel.signature", "The signature is not valid.");
    }
}
