package dev.posthouse.ca.publication;

import dev.posthouse.common.net.IpAddress;
import dev.posthouse.common.x509.SessionName;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.bouncycastle.cert.X509CertificateHolder;

/** Table {@code delivery}. */
@Entity
@Table(name = "delivery")
class DeliveryRow {
    @Id String jti;
    String sessionName;
    String accessUrl;
    String clientAddr;
    byte[] certificate;
    String refusalCode;
    Instant receivedAt;
    Instant expiresAt;
    int attempts;

    /** The database's time when it is queued. */
    @Column(insertable = false)
    Instant dueAt;

    String failure;
    String traceparent;

    static DeliveryRow of(Delivery delivery) {
        Session session = delivery.session();
        DeliveryRow row = new DeliveryRow();
        row.jti = session.jti();
        row.sessionName = session.name().value();
        row.accessUrl = session.accessUrl();
        row.receivedAt = session.received();
        row.expiresAt = session.expires();
        row.traceparent = session.traceparent();
        switch (delivery) {
            case Delivery.OfCertificate issued -> {
                row.clientAddr = issued.clientAddr().text();
                row.certificate = encoded(issued.certificate());
            }
            case Delivery.OfRefusal refused -> row.refusalCode = refused.code();
        }
        return row;
    }

    Delivery toDelivery() {
        Session session =
                new Session(
                        jti,
                        new SessionName(sessionName),
                        accessUrl,
                        receivedAt,
                        expiresAt,
                        traceparent);
        return refusalCode == null
                ? new Delivery.OfCertificate(
                        session, IpAddress.parse(clientAddr), decoded(certificate))
                : new Delivery.OfRefusal(session, refusalCode);
    }

    private static byte[] encoded(X509CertificateHolder certificate) {
        try {
            return certificate.getEncoded();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static X509CertificateHolder decoded(byte[] der) {
        try {
            return new X509CertificateHolder(der);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
