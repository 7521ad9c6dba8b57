package dev.posthouse.repository.collection;

import dev.posthouse.common.accessurl.AccessUrl;
import dev.posthouse.common.x509.SessionName;
import dev.posthouse.repository.RepositoryException.IssuanceRefused;
import dev.posthouse.repository.RepositoryException.NotReady;
import dev.posthouse.repository.RepositoryException.SessionMismatch;
import dev.posthouse.repository.RepositoryException.UnknownAccessUrl;
import dev.posthouse.repository.record.Retention;
import dev.posthouse.repository.record.StoredRecord;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;

/**
 * Gives a client its certificate. The checks stand in the order of certificates, section 7; the
 * first of them, the AccessURL's own, has happened already.
 *
 * <ol>
 *   <li>The session name is the AccessURL's (403).
 *   <li>The CA has spoken: wait a little for it, then 404 with {@code Retry-After}.
 *   <li>It has not refused (403).
 *   <li>The certificate has not been deleted (404).
 *   <li>The collector's address is one of the certificate's (403).
 *   <li>The first collection is noted and announced; then the answer goes out.
 * </ol>
 *
 * A crash between 6 and the answer costs nothing: the client asks again within the retention.
 */
@Singleton
final class CollectCertificate {

    private final EarlyCollectors early;
    private final Retention retention;
    private final AddressRule addressRule;
    private final FirstCollection firstCollection;
    private final Clock clock;

    CollectCertificate(
            EarlyCollectors early,
            Retention retention,
            AddressRule addressRule,
            FirstCollection firstCollection,
            Clock clock) {
        this.early = early;
        this.retention = retention;
        this.addressRule = addressRule;
        this.firstCollection = firstCollection;
        this.clock = clock;
    }

    /** The chain as PEM. */
    String collect(AccessUrl accessUrl, SessionName sessionName, Collector collector) {
        if (!accessUrl.isFor(sessionName)) {
            throw new SessionMismatch();
        }
        StoredRecord record = early.find(accessUrl.jti()).orElseThrow(NotReady::new);
        if (!accessUrl.sessionHash().equals(record.sessionHash())) {
            throw new SessionMismatch();
        }
        record.refusal()
                .ifPresent(code -> {
                    throw new IssuanceRefused(code);
                });
        Instant now = clock.instant();
        if (retention.isOver(record, now)) {
            throw new UnknownAccessUrl();
        }
        addressRule.check(accessUrl, record, collector.address());
        if (collector.gone().getAsBoolean()) {
            // Nobody would hear the answer: it must not count as the first.
            throw new NotReady();
        }
        if (record.firstCollected().isEmpty()) {
            firstCollection.note(accessUrl, record.stored(), now);
        }
        return record.chain().orElseThrow();
    }
}
