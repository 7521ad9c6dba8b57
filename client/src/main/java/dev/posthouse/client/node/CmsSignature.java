package dev.posthouse.client.node;

import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.node.OddIntegers;
import dev.posthouse.common.node.PssSignature;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.BERSet;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerIdentifier;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * SignedData (RFC 5652) as RS-001 and RS-016 want it: one signer, RSASSA-PSS, the content's type
 * and digest as signed attributes, certificates attached as they were issued.
 *
 * @param signer who signs
 * @param algorithm with which
 */
public record CmsSignature(NodeIdentity signer, PssSignature algorithm) {

    /** With SHA-256. */
    public CmsSignature(NodeIdentity signer) {
        this(signer, PssSignature.SHA_256);
    }

    /** The content inside its signature, with these certificates in this order. */
    public byte[] around(byte[] content, List<NodeCertificate> attached) {
        return signedData(content, new DEROctetString(content), attached);
    }

    /** The signature alone, with the signer's certificate. */
    public byte[] detached(byte[] content) {
        return signedData(content, null, List.of(signer.certificate()));
    }

    private byte[] signedData(
            byte[] content, ASN1Encodable enclosed, List<NodeCertificate> attached) {
        return OddIntegers.allowedIn(() -> {
            SignedData data =
                    new SignedData(
                            new DERSet(hash()),
                            new ContentInfo(CMSObjectIdentifiers.data, enclosed),
                            certificates(attached),
                            null,
                            new DERSet(signerInfo(content)));
            return encode(new ContentInfo(CMSObjectIdentifiers.signedData, data), ASN1Encoding.DL);
        });
    }

    private SignerInfo signerInfo(byte[] content) {
        ASN1Set attributes =
                new DERSet(
                        new ASN1Encodable[] {
                            attribute(CMSAttributes.contentType, CMSObjectIdentifiers.data),
                            attribute(CMSAttributes.messageDigest, digest(content))
                        });
        byte[] signature = algorithm.sign(signer.key(), encode(attributes, ASN1Encoding.DER));
        return new SignerInfo(
                new SignerIdentifier(signer.certificate().issuerAndSerialNumber()),
                hash(),
                attributes,
                algorithm.identifier(),
                new DEROctetString(signature),
                null);
    }

    private AlgorithmIdentifier hash() {
        return RSASSAPSSparams.getInstance(algorithm.identifier().getParameters())
                .getHashAlgorithm();
    }

    private DEROctetString digest(byte[] content) {
        try {
            return new DEROctetString(MessageDigest.getInstance(algorithm.hash()).digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has this hash", e);
        }
    }

    private static Attribute attribute(ASN1ObjectIdentifier type, ASN1Encodable value) {
        return new Attribute(type, new DERSet(value));
    }

    /** The order is the caller's: only DER, which this type prevents, would sort the SET. */
    private static ASN1Set certificates(List<NodeCertificate> attached) {
        return new BERSet(
                attached.stream()
                        .map(NodeCertificate::octets)
                        .map(CmsSignature::parsed)
                        .toArray(ASN1Encodable[]::new));
    }

    private static ASN1Primitive parsed(byte[] octets) {
        try {
            return ASN1Primitive.fromByteArray(octets);
        } catch (IOException e) {
            throw new IllegalStateException("a certificate that was read has an encoding", e);
        }
    }

    private static byte[] encode(ASN1Object value, String encoding) {
        try {
            return value.getEncoded(encoding);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory cannot fail", e);
        }
    }
}
