package dev.posthouse.client.testing;

import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.node.OddIntegers;
import dev.posthouse.common.x509.BouncyCastle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;

/** SignedData as Bouncy Castle's own reader takes it. */
public record Cms(CMSSignedData data) {

    private static final int HEAD = 7;

    /** What follows a parcel's head. */
    public static Cms of(byte[] parcel) {
        return read(Arrays.copyOfRange(parcel, HEAD, parcel.length));
    }

    /** A signature alone, over this. */
    public static Cms detached(byte[] cms, byte[] content) {
        return OddIntegers.allowedIn(() -> {
            try {
                return new Cms(new CMSSignedData(new CMSProcessableByteArray(content), cms));
            } catch (CMSException e) {
                throw new IllegalArgumentException(e);
            }
        });
    }

    private static Cms read(byte[] cms) {
        return OddIntegers.allowedIn(() -> {
            try {
                return new Cms(new CMSSignedData(cms));
            } catch (CMSException e) {
                throw new IllegalArgumentException(e);
            }
        });
    }

    public byte[] content() {
        return (byte[]) data.getSignedContent().getContent();
    }

    public List<NodeCertificate> certificates() {
        ASN1Set certificates = signedData().getCertificates();
        List<NodeCertificate> all = new ArrayList<>();
        for (ASN1Encodable one :
                certificates == null ? new ASN1Encodable[0] : certificates.toArray()) {
            all.add(NodeCertificate.parse(encoded(one)));
        }
        return all;
    }

    public boolean isSignedBy(NodeCertificate certificate) {
        SignerInformation signer = data.getSignerInfos().iterator().next();
        try {
            return signer.verify(
                    new JcaSimpleSignerInfoVerifierBuilder()
                            .setProvider(BouncyCastle.PROVIDER)
                            .build(certificate.publicKey()));
        } catch (CMSException wrong) {
            return false;
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every value's kind, by depth, without what is in strings. */
    public List<String> shape() {
        List<String> lines = new ArrayList<>();
        walk(data.toASN1Structure(), "", lines);
        return lines;
    }

    private static void walk(ASN1Encodable value, String indent, List<String> lines) {
        ASN1Primitive primitive = value.toASN1Primitive();
        switch (primitive) {
            case ASN1TaggedObject tagged -> {
                lines.add(indent + "[" + tagged.getTagNo() + "]");
                if (tagged.isExplicit() || tagged.getBaseObject() instanceof ASN1Sequence) {
                    walk(tagged.getBaseObject(), indent + " ", lines);
                }
            }
            case ASN1Sequence sequence -> {
                lines.add(indent + "SEQUENCE");
                sequence.forEach(one -> walk(one, indent + " ", lines));
            }
            case ASN1Set set -> {
                lines.add(indent + "SET");
                set.forEach(one -> walk(one, indent + " ", lines));
            }
            case ASN1OctetString octets -> lines.add(indent + "OCTET STRING");
            default -> lines.add(indent + primitive.getClass().getSimpleName());
        }
    }

    private SignedData signedData() {
        ContentInfo info = data.toASN1Structure();
        return SignedData.getInstance(info.getContent());
    }

    private static byte[] encoded(ASN1Encodable value) {
        try {
            return value.toASN1Primitive().getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
