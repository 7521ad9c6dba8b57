package dev.posthouse.ca.publication;

import dev.posthouse.common.net.IpAddress;
import org.bouncycastle.cert.X509CertificateHolder;

/** What the repository is to be told of a session (certificates, sections 2.3 and 8). */
public sealed interface Delivery {

    /** Whose it is. */
    Session session();

    /**
     * {@code POST /cert}.
     *
     * @param session whose
     * @param clientAddr in the client's own network
     * @param certificate the leaf
     */
    record OfCertificate(Session session, IpAddress clientAddr, X509CertificateHolder certificate)
            implements Delivery {}

    /**
     * {@code POST /cert/refusal}.
     *
     * @param session whose
     * @param code why
     */
    record OfRefusal(Session session, String code) implements Delivery {}
}
