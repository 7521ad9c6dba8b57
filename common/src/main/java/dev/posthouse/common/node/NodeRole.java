package dev.posthouse.common.node;

import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;

/** Whose certificate it is, from the leaf to the root (section 6), and what it may issue. */
public enum NodeRole {
    /** A sender: the certificate is the delivery authorisation. */
    SENDER(false, 0),
    /** An endpoint, which authorises senders. */
    ENDPOINT(true, 0),
    /** A private gateway, for its endpoints. */
    PRIVATE_GATEWAY(true, 1),
    /** An Internet gateway, by itself. */
    INTERNET_GATEWAY(true, 2);

    private final boolean ca;
    private final int pathLength;

    NodeRole(boolean ca, int pathLength) {
        this.ca = ca;
        this.pathLength = pathLength;
    }

    /** A path length without CA is what the reference libraries write for senders. */
    ASN1Encodable constraints() {
        ASN1EncodableVector parts = new ASN1EncodableVector();
        if (ca) {
            parts.add(ASN1Boolean.TRUE);
        }
        parts.add(new ASN1Integer(pathLength));
        return new DERSequence(parts);
    }

    /** Whether that certificate is fit for this place in a path. */
    public boolean isHeldBy(NodeCertificate certificate) {
        return certificate.isCa() == ca
                && (!ca || certificate.pathLength().orElse(pathLength) >= pathLength);
    }
}
