package dev.posthouse.ca.issuance;

import dev.posthouse.ca.CaException.IssuanceRefused;
import dev.posthouse.ca.issuance.BatchSigner.Signed;
import dev.posthouse.ca.publication.Delivery;
import dev.posthouse.ca.publication.PublishCertificate;
import dev.posthouse.ca.publication.Session;
import dev.posthouse.common.event.CertificateIssued;
import dev.posthouse.common.event.CertificateRefused;
import dev.posthouse.common.event.Event;
import dev.posthouse.common.outbox.Outbox;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What goes out with an outcome, in the transaction that records it: the message to the repository
 * and the event (certificates, section 9).
 */
@Singleton
public final class Announcements {

    private final PublishCertificate publishCertificate;
    private final Outbox outbox;
    private final Clock clock;

    Announcements(PublishCertificate publishCertificate, Outbox outbox, Clock clock) {
        this.publishCertificate = publishCertificate;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Certificates are recorded. */
    void issued(List<Signed> all) {
        publishCertificate.queue(all.stream().map(Announcements::delivery).toList());
        Map<Event<CertificateIssued>, String> events = new LinkedHashMap<>();
        all.forEach(signed ->
                events.put(event(signed), signed.opened().issuance().session().traceparent()));
        outbox.addAll(List.copyOf(events.keySet()), events::get);
    }

    /** A request is refused. */
    public void refused(Session session, String csrHash, IssuanceRefused refusal) {
        publishCertificate.queue(List.of(new Delivery.OfRefusal(session, refusal.code())));
        Event<CertificateRefused> event =
                Event.of(
                        new CertificateRefused(session.jtiHash(), csrHash, refusal.code()),
                        clock.instant());
        outbox.addAll(List.of(event), refused -> session.traceparent());
    }

    /** After the commit: do not wait for the tick. */
    public void wake() {
        publishCertificate.wake();
    }

    private static Delivery delivery(Signed signed) {
        Issuance issuance = signed.opened().issuance();
        return new Delivery.OfCertificate(
                issuance.session(), issuance.requester().clientAddr(), signed.certificate());
    }

    private Event<CertificateIssued> event(Signed signed) {
        Issuance issuance = signed.opened().issuance();
        return Event.of(
                new CertificateIssued(
                        issuance.session().jtiHash(),
                        signed.serialNumber().hex(),
                        issuance.csrHash(),
                        signed.opened().draft().notAfter()),
                clock.instant());
    }
}
