package dev.posthouse.client.cert;

import dev.posthouse.client.cert.Session.Ticket;
import dev.posthouse.client.failure.ClientException.Refused;
import dev.posthouse.client.failure.ClientException.WrongAnswer;
import dev.posthouse.client.https.Json;
import dev.posthouse.client.https.JsonDoor;
import dev.posthouse.client.https.Patience;
import dev.posthouse.client.https.Trust;
import dev.posthouse.common.wire.CollectRequest;
import dev.posthouse.common.wire.CollectResponse;
import dev.posthouse.common.wire.CsrRequest;
import dev.posthouse.common.wire.CsrResponse;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Gets a device its certificate (certificates, sections 2 and 8).
 *
 * <ol>
 *   <li>Open: make the key and the CSR, and keep them on disk.
 *   <li>Submit: post the CSR to the Proxy until it is accepted; keep the AccessURL on disk.
 *   <li>Wait for the lead_time, or as long as is allowed: it is an estimate.
 *   <li>Collect: ask the Repository until it answers.
 *   <li>Check what came.
 * </ol>
 *
 * A crash after any step leaves the session's file, and the next call goes on from there with the
 * same key and the same body. The caller stores the result and then deletes that file.
 */
public final class CertClient {

    private static final Duration LONGEST_LEAD = Duration.ofHours(24);

    private static final int FORBIDDEN = 403;

    private final Trust trust;
    private final CertificateCheck check;
    private final Patience patience;
    private final Clock clock;

    /** Whom to trust as servers, whom as issuers of device certificates. */
    public CertClient(Trust servers, Trust deviceRoots, Patience patience, Clock clock) {
        this.trust = servers;
        this.check = new CertificateCheck(deviceRoots, clock);
        this.patience = patience;
        this.clock = clock;
    }

    /** Performs one issuance, or goes on with the one in the file. */
    public Issued request(Order order, SessionFile file, Duration timeout) {
        Instant start = clock.instant();
        Session session =
                file.read()
                        .filter(unfinished -> unfinished.serves(order, start))
                        .orElseGet(() -> opened(order, start, file));
        try {
            Instant deadline = start.plus(timeout);
            return collect(accepted(session, deadline, file), deadline);
        } catch (Refused refused) {
            // Asking again in this session would give the same.
            file.delete();
            throw refused.status() == FORBIDDEN ? withAddress(refused, session) : refused;
        } catch (WrongAnswer wrong) {
            file.delete();
            throw wrong;
        }
    }

    private static Session opened(Order order, Instant now, SessionFile file) {
        Session session = Session.open(order, now);
        file.write(session);
        return session;
    }

    private Session accepted(Session session, Instant deadline, SessionFile file) {
        if (session.ticket() != null) {
            return session;
        }
        byte[] body = Json.write(new CsrRequest(session.csr(), session.name().value()));
        CsrResponse answer = post(session.door(), session, body, deadline, CsrResponse.class);
        Session accepted = session.accepted(ticket(answer), clock.instant());
        file.write(accepted);
        return accepted;
    }

    private Issued collect(Session session, Instant deadline) {
        Ticket ticket = session.ticket();
        Instant last = deadline.isBefore(session.expires()) ? deadline : session.expires();
        patience.until(ticket.ready(), last, "the certificate is being made");
        byte[] body = Json.write(new CollectRequest(session.name().value()));
        var answer = post(ticket.accessUrl(), session, body, last, CollectResponse.class);
        return check.check(answer, session);
    }

    /** Most of what is forbidden is an address; the service's own words do not name it. */
    private static Refused withAddress(Refused refused, Session session) {
        String words =
                "%s (the address asked for is %s; --address names another)"
                        .formatted(refused.getMessage(), session.address());
        return new Refused(refused.status(), refused.code(), words);
    }

    private <T> T post(URI url, Session session, byte[] body, Instant deadline, Class<T> type) {
        try (JsonDoor door = new JsonDoor(url, trust, session.address(), clock)) {
            byte[] answer = patience.untilSettled(deadline, () -> door.post(body));
            return Json.read(answer, type)
                    .orElseThrow(() ->
                            new WrongAnswer(
                                    url.getRawAuthority() + "'s answer is not what it should be"));
        }
    }

    private Ticket ticket(CsrResponse answer) {
        Duration lead =
                Duration.ofSeconds(Math.clamp(answer.leadTime(), -1, LONGEST_LEAD.toSeconds()));
        try {
            URI accessUrl = URI.create(String.valueOf(answer.accessUrl()));
            if (ProxyUrl.isHttps(accessUrl) && !lead.isNegative()) {
                return new Ticket(accessUrl, clock.instant().plus(lead));
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new WrongAnswer("the Proxy's answer has no usable access_url and lead_time");
    }
}
