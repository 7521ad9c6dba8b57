package dev.posthouse.relay.ramf;

import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.node.NodeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/** Makes certificates, right but for what a test changes. */
final class MadeCertificate {

    private static final Duration LIFE = Duration.ofDays(90);

    private final Node subject;
    private final Node issuer;
    private boolean ca = true;
    private Optional<Integer> pathLength = Optional.empty();
    private Optional<NodeId> authority;
    private Optional<byte[]> keyId = Optional.empty();
    private Instant notBefore = Vectors.AT.minus(LIFE);
    private Instant notAfter = Vectors.AT.plus(LIFE);
    private String name = "somebody";
    private Algorithm algorithm = Algorithm.PSS;
    private Optional<ASN1ObjectIdentifier> critical = Optional.empty();

    private MadeCertificate(Node subject, Node issuer) {
        this.subject = subject;
        this.issuer = issuer;
        this.authority = Optional.of(issuer.id());
    }

    static MadeCertificate of(Node subject, Node issuer) {
        return new MadeCertificate(subject, issuer);
    }

    static NodeCertificate gateway() {
        return of(Node.PRIVATE_GATEWAY, Node.GATEWAY).pathLength(1).make();
    }

    static NodeCertificate endpoint() {
        return of(Node.ENDPOINT, Node.PRIVATE_GATEWAY).pathLength(0).make();
    }

    static NodeCertificate sender() {
        return of(Node.SENDER, Node.ENDPOINT).leaf().make();
    }

    MadeCertificate leaf() {
        ca = false;
        return pathLength(0);
    }

    MadeCertificate pathLength(int length) {
        pathLength = Optional.of(length);
        return this;
    }

    MadeCertificate authority(NodeId id) {
        authority = Optional.of(id);
        return this;
    }

    MadeCertificate noAuthority() {
        authority = Optional.empty();
        return this;
    }

    MadeCertificate keyId(byte[] named) {
        keyId = Optional.of(named);
        return this;
    }

    MadeCertificate notBefore(Instant instant) {
        notBefore = instant;
        return this;
    }

    MadeCertificate notAfter(Instant instant) {
        notAfter = instant;
        return this;
    }

    MadeCertificate named(String commonName) {
        name = commonName;
        return this;
    }

    MadeCertificate signedWith(Algorithm other) {
        algorithm = other;
        return this;
    }

    MadeCertificate critical(String oid) {
        critical = Optional.of(new ASN1ObjectIdentifier(oid));
        return this;
    }

    NodeCertificate make() {
        V3TBSCertificateGenerator draft = new V3TBSCertificateGenerator();
        draft.setSerialNumber(new ASN1Integer(BigInteger.valueOf(System.nanoTime())));
        draft.setSignature(algorithm.identifier());
        draft.setIssuer(name("anybody"));
        draft.setSubject(name(name));
        draft.setStartDate(new Time(Date.from(notBefore)));
        draft.setEndDate(new Time(Date.from(notAfter)));
        draft.setSubjectPublicKeyInfo(
                SubjectPublicKeyInfo.getInstance(subject.open().getEncoded()));
        try {
            draft.setExtensions(extensions().generate());
            return sign(draft.generateTBSCertificate());
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }

    private static X500Name name(String text) {
        var commonName = new AttributeTypeAndValue(BCStyle.CN, new DERUTF8String(text));
        return new X500Name(new RDN[] {new RDN(commonName)});
    }

    private ExtensionsGenerator extensions() throws IOException {
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        ASN1EncodableVector constraints = new ASN1EncodableVector();
        if (ca) {
            constraints.add(ASN1Boolean.TRUE);
        }
        pathLength.ifPresent(length -> constraints.add(new ASN1Integer(length)));
        extensions.addExtension(Extension.basicConstraints, true, new DERSequence(constraints));
        if (authority.isPresent()) {
            extensions.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new AuthorityKeyIdentifier(authority.get().hash()));
        }
        if (keyId.isPresent()) {
            extensions.addExtension(
                    Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(keyId.get()));
        }
        if (critical.isPresent()) {
            extensions.addExtension(critical.get(), true, DERNull.INSTANCE);
        }
        return extensions;
    }

    private NodeCertificate sign(TBSCertificate draft) throws IOException {
        ASN1EncodableVector parts = new ASN1EncodableVector();
        parts.add(draft);
        parts.add(algorithm.identifier());
        parts.add(new DERBitString(algorithm.sign(issuer, draft.getEncoded("DER"))));
        return NodeCertificate.parse(new DERSequence(parts).getEncoded("DER"));
    }
}
