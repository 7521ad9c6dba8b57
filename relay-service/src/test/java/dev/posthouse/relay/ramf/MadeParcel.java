package dev.posthouse.relay.ramf;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.posthouse.common.node.NodeCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.BEROctetString;
import org.bouncycastle.asn1.BERSequence;
import org.bouncycastle.asn1.BERSet;
import org.bouncycastle.asn1.BERTaggedObject;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** Makes parcels of format C, right but for what a test changes. */
final class MadeParcel {

    private byte[] header = {'A', 'w', 'a', 'l', 'a', 0x50, 0};
    private byte[] content = new MadeFields().make();
    private ASN1ObjectIdentifier contentType = CMSObjectIdentifiers.data;
    private boolean attached = true;
    private List<NodeCertificate> certificates =
            List.of(
                    MadeCertificate.sender(),
                    MadeCertificate.endpoint(),
                    MadeCertificate.gateway());
    private Node signer = Node.SENDER;
    private Algorithm algorithm = Algorithm.PSS;
    private AlgorithmIdentifier digest =
            new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE);
    private UnaryOperator<List<Attribute>> attributes = UnaryOperator.identity();
    private Optional<byte[]> subjectKey = Optional.empty();
    private Optional<byte[]> revocations = Optional.empty();
    private int digests = 1;
    private int signers = 1;
    private boolean loose;
    private boolean inPieces;

    MadeParcel legacyB() {
        header = "RelaynetP\0".getBytes(US_ASCII);
        return this;
    }

    MadeParcel fields(MadeFields fields) {
        return content(fields.make());
    }

    MadeParcel content(byte[] octets) {
        content = octets;
        return this;
    }

    MadeParcel contentType(ASN1ObjectIdentifier type) {
        contentType = type;
        return this;
    }

    MadeParcel detached() {
        attached = false;
        return this;
    }

    /** The first is the signer's. */
    MadeParcel certificates(NodeCertificate... all) {
        certificates = List.of(all);
        return this;
    }

    MadeParcel alsoCertificates(NodeCertificate... more) {
        certificates = Stream.concat(certificates.stream(), Arrays.stream(more)).toList();
        return this;
    }

    MadeParcel sender(NodeCertificate certificate) {
        List<NodeCertificate> all = new ArrayList<>(certificates);
        all.set(0, certificate);
        certificates = all;
        return this;
    }

    MadeParcel signedBy(Node node, Algorithm with) {
        signer = node;
        algorithm = with;
        return this;
    }

    MadeParcel digest(AlgorithmIdentifier identifier) {
        digest = identifier;
        return this;
    }

    MadeParcel attributes(UnaryOperator<List<Attribute>> change) {
        attributes = change;
        return this;
    }

    MadeParcel bySubjectKey() {
        return bySubjectKey(certificates.getFirst().id().hash());
    }

    MadeParcel bySubjectKey(byte[] named) {
        subjectKey = Optional.of(named);
        return this;
    }

    MadeParcel revocations(byte[] value) {
        revocations = Optional.of(value);
        return this;
    }

    MadeParcel digests(int count) {
        digests = count;
        return this;
    }

    MadeParcel signers(int count) {
        signers = count;
        return this;
    }

    /** In BER with indefinite lengths throughout, the attributes in another order than DER's. */
    MadeParcel loose() {
        loose = true;
        return this;
    }

    /** The same, the content in pieces of 1000 octets, as the JVM library has it. */
    MadeParcel inPieces() {
        inPieces = true;
        return loose();
    }

    byte[] make() {
        return MadeFields.join(header, cms());
    }

    /** The ContentInfo alone. */
    byte[] cms() {
        try {
            ASN1EncodableVector parts = new ASN1EncodableVector();
            parts.add(new ASN1Integer(1));
            parts.add(set(copies(digest, digests)));
            parts.add(encapsulated());
            parts.add(
                    loose
                            ? new BERTaggedObject(false, 0, certificateSet())
                            : new DERTaggedObject(false, 0, certificateSet()));
            if (revocations.isPresent()) {
                var set = new DERSet(ASN1Primitive.fromByteArray(revocations.get()));
                parts.add(new DERTaggedObject(false, 1, set));
            }
            parts.add(set(copies(signerInfo(), signers)));
            return sequence(CMSObjectIdentifiers.signedData, tagged(sequence(parts)))
                    .getEncoded(loose ? "BER" : "DER");
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }

    private ASN1Sequence encapsulated() {
        return attached
                ? sequence(
                        contentType,
                        tagged(
                                inPieces
                                        ? new BEROctetString(content)
                                        : new DEROctetString(content)))
                : sequence(contentType);
    }

    private ASN1Set certificateSet() throws IOException {
        ASN1EncodableVector all = new ASN1EncodableVector();
        for (NodeCertificate certificate : certificates) {
            all.add(ASN1Primitive.fromByteArray(certificate.octets()));
        }
        return set(all);
    }

    private ASN1Sequence signerInfo() throws IOException {
        NodeCertificate own = certificates.getFirst();
        List<Attribute> signed = attributes.apply(usual());
        DERSet set = new DERSet(signed.toArray(ASN1Encodable[]::new));
        byte[] over = signed.isEmpty() ? content : set.getEncoded("DER");
        ASN1EncodableVector parts = new ASN1EncodableVector();
        parts.add(new ASN1Integer(1));
        parts.add(
                subjectKey.isPresent()
                        ? new DERTaggedObject(false, 0, new DEROctetString(subjectKey.get()))
                        : own.issuerAndSerialNumber());
        parts.add(digest);
        if (!signed.isEmpty()) {
            parts.add(implicit(signed.reversed(), set));
        }
        parts.add(algorithm.identifier());
        parts.add(new DEROctetString(algorithm.sign(signer, over)));
        return sequence(parts);
    }

    private List<Attribute> usual() {
        return List.of(
                attribute(CMSAttributes.contentType, contentType),
                attribute(CMSAttributes.messageDigest, new DEROctetString(hash())));
    }

    static Attribute attribute(ASN1ObjectIdentifier type, ASN1Encodable... values) {
        return new Attribute(type, new DERSet(values));
    }

    private byte[] hash() {
        try {
            return MessageDigest.getInstance(digest.getAlgorithm().getId()).digest(content);
        } catch (GeneralSecurityException unknown) {
            throw new IllegalStateException(unknown);
        }
    }

    private static ASN1EncodableVector copies(ASN1Encodable value, int count) {
        ASN1EncodableVector all = new ASN1EncodableVector();
        for (int copy = 0; copy < count; copy++) {
            all.add(value);
        }
        return all;
    }

    private ASN1TaggedObject implicit(List<Attribute> other, DERSet der) {
        return loose
                ? new BERTaggedObject(false, 0, new BERSet(other.toArray(ASN1Encodable[]::new)))
                : new DERTaggedObject(false, 0, der);
    }

    private ASN1TaggedObject tagged(ASN1Encodable value) {
        return loose ? new BERTaggedObject(true, 0, value) : new DERTaggedObject(true, 0, value);
    }

    private ASN1Set set(ASN1EncodableVector all) {
        return loose ? new BERSet(all) : new DERSet(all);
    }

    private ASN1Sequence sequence(ASN1EncodableVector parts) {
        return loose ? new BERSequence(parts) : new DERSequence(parts);
    }

    private ASN1Sequence sequence(ASN1Encodable... parts) {
        return loose ? new BERSequence(parts) : new DERSequence(parts);
    }
}
