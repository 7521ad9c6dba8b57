package dev.posthouse.ca.certificate;

import dev.posthouse.ca.profile.Draft;
import dev.posthouse.ca.profile.SerialNumber;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * Every serial that was reserved, and its certificate once that is recorded (certificates, section
 * 9). Leases are judged by the database's time, so that replicas agree.
 */
@Singleton
public final class Certificates implements PanacheRepositoryBase<CertificateRow, String> {

    private static final String OPEN =
            """
            insert into certificate (serial, jti, spki_hash, not_after, state, lease_until)
            select serial, jti, key, to_timestamp(ends), 'SIGNING', now() + :lease * interval '1 millisecond'
            from unnest(:serials, :jtis, :keys, :ends) as d (serial, jti, key, ends)
            """;

    private static final String CLOSE =
            """
            update certificate c set state = 'ISSUED', der = s.der
            from unnest(:serials, :ders) as s (serial, der)
            where c.serial = s.serial and c.state = 'SIGNING'
            returning c.serial
            """;

    private static final String VOID =
            "update certificate set state = 'VOID' where serial = any (:serials) and state = 'SIGNING'";

    private static final String VOID_EXPIRED =
            """
            update certificate set state = 'VOID' where serial in (
              select serial from certificate
              where state = 'SIGNING' and lease_until <= now() for update skip locked)
            returning jti
            """;

    private static final String PURGE =
            """
            delete from certificate where serial in (
              select serial from certificate
              where not_after < now() - :longAgo * interval '1 second' and state <> 'SIGNING'
              limit :most for update skip locked)
            """;

    private final Clock clock;

    Certificates(Clock clock) {
        this.clock = clock;
    }

    /** Reserves the serials of drafts; each is its signer's until the lease runs out. */
    public void open(List<Draft> drafts, Duration lease) {
        if (drafts.isEmpty()) {
            return;
        }
        getSession()
                .createNativeMutationQuery(OPEN)
                .setParameter("lease", lease.toMillis())
                .setParameter("serials", texts(drafts, draft -> draft.serialNumber().hex()))
                .setParameter("jtis", texts(drafts, draft -> draft.requester().jti()))
                .setParameter("keys", texts(drafts, draft -> draft.requester().keyHash()))
                .setParameter(
                        "ends",
                        drafts.stream()
                                .map(draft -> draft.notAfter().getEpochSecond())
                                .toArray(Long[]::new))
                .executeUpdate();
    }

    /**
     * Records certificates.
     *
     * @return the serials that nobody voided meanwhile; the other signatures are to be forgotten
     */
    public Set<String> close(Map<SerialNumber, X509CertificateHolder> signed) {
        if (signed.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(
                getSession()
                        .createNativeQuery(CLOSE, String.class)
                        .setParameter("serials", hex(signed.keySet()))
                        .setParameter(
                                "ders",
                                signed.values().stream()
                                        .map(Certificates::der)
                                        .toArray(byte[][]::new))
                        .getResultList());
    }

    /** Gives up serials whose signing failed. */
    public void giveUp(Collection<SerialNumber> failed) {
        getSession()
                .createNativeMutationQuery(VOID)
                .setParameter("serials", hex(failed))
                .executeUpdate();
    }

    /**
     * Voids serials whose signer did not come back, of any replica.
     *
     * @return the AccessURLs that they were for, by {@code jti}
     */
    public List<String> voidExpired() {
        return getSession().createNativeQuery(VOID_EXPIRED, String.class).getResultList();
    }

    /** Certificates that are valid and end within that time. */
    public long endingWithin(Duration time) {
        Instant now = clock.instant();
        return count("state = 'ISSUED' and notAfter > ?1 and notAfter <= ?2", now, now.plus(time));
    }

    /**
     * Forgets serials whose certificate ended that long ago, or would have; some at a time.
     *
     * @return how many
     */
    int purge(Duration longAgo, int most) {
        return getSession()
                .createNativeMutationQuery(PURGE)
                .setParameter("longAgo", longAgo.toSeconds())
                .setParameter("most", most)
                .executeUpdate();
    }

    private static String[] texts(List<Draft> drafts, Function<Draft, String> text) {
        return drafts.stream().map(text).toArray(String[]::new);
    }

    private static String[] hex(Collection<SerialNumber> serials) {
        return serials.stream().map(SerialNumber::hex).toArray(String[]::new);
    }

    private static byte[] der(X509CertificateHolder certificate) {
        try {
            return certificate.getEncoded();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
