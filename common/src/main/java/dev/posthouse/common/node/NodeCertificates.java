package dev.posthouse.common.node;

import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/** Issues certificates in the profile of RS-002 (section 6). */
public final class NodeCertificates {

    private static final int SERIAL_BITS = 127;

    private static final SecureRandom RANDOM = new SecureRandom();

    private NodeCertificates() {}

    /**
     * A certificate of that key for a node in that role.
     *
     * @param issuer the key pair that signs; the subject's own where it issues for itself
     * @throws IllegalArgumentException for a key that is not RSA
     */
    public static NodeCertificate issue(
            KeyPair issuer, PublicKey subject, NodeRole role, Instant notBefore, Instant notAfter) {
        NodeId issuerId = NodeId.of(issuer.getPublic());
        V3TBSCertificateGenerator draft = new V3TBSCertificateGenerator();
        draft.setSerialNumber(new ASN1Integer(serialNumber()));
        draft.setSignature(PssSignature.SHA_256.identifier());
        draft.setIssuer(name(issuerId));
        draft.setSubject(name(NodeId.of(subject)));
        draft.setStartDate(new Time(Date.from(notBefore)));
        draft.setEndDate(new Time(Date.from(notAfter)));
        draft.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(NodeKey.encode(subject)));
        draft.setExtensions(extensions(issuerId, NodeId.of(subject), role));
        return sign(draft.generateTBSCertificate(), issuer);
    }

    private static NodeCertificate sign(TBSCertificate draft, KeyPair issuer) {
        byte[] signature = PssSignature.SHA_256.sign(issuer.getPrivate(), Asn1.der(draft));
        ASN1EncodableVector parts = new ASN1EncodableVector();
        parts.add(draft);
        parts.add(PssSignature.SHA_256.identifier());
        parts.add(new DERBitString(signature));
        return NodeCertificate.parse(Asn1.der(new DERSequence(parts)));
    }

    private static Extensions extensions(NodeId issuer, NodeId subject, NodeRole role) {
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        try {
            extensions.addExtension(Extension.basicConstraints, true, role.constraints());
            extensions.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new AuthorityKeyIdentifier(issuer.hash()));
            extensions.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new SubjectKeyIdentifier(subject.hash()));
        } catch (IOException inMemory) {
            throw new IllegalStateException("An extension cannot be encoded.", inMemory);
        }
        return extensions.generate();
    }

    private static X500Name name(NodeId id) {
        var commonName = new AttributeTypeAndValue(BCStyle.CN, new DERBMPString(id.text()));
        return new X500Name(new RDN[] {new RDN(commonName)});
    }

    private static BigInteger serialNumber() {
        return new BigInteger(SERIAL_BITS, RANDOM).add(BigInteger.ONE);
    }
}
