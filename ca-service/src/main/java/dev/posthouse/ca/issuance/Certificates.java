package dev.posthouse.ca.issuance;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Every serial that was reserved, and its certificate once it is recorded (certificates, section
 * 9).
 */
@Singleton
final class Certificates implements PanacheRepositoryBase<CertificateRow, String> {

    /** A serial whose signer is gone is void for ever; what it was for is due again. */
    private static final String VOID_EXPIRED =
            """
            with voided as (
              update certificate set state = 'VOID' where serial in (
                select serial from certificate where state = 'SIGNING' and lease_until <= now() for update skip locked)
              returning jti)
            update issuance set state = 'RECEIVED', due_at = now()
            where state = 'SIGNING' and jti in (select jti from voided)
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

    private final Clock clock;

    Certificates(Clock clock) {
        this.clock = clock;
    }

    /** Reserves serials. */
    void open(List<Opened> opened, Duration lease) {
        Instant until = clock.instant().plus(lease);
        opened.forEach(each -> persist(CertificateRow.of(each, until)));
    }

    /**
     * Records certificates.
     *
     * @return those whose serial nobody voided meanwhile; the other signatures are to be forgotten
     */
    List<Signed> close(List<Signed> signed) {
        if (signed.isEmpty()) {
            return List.of();
        }
        Set<String> stored =
                new HashSet<>(
                        getSession()
                                .createNativeQuery(CLOSE, String.class)
                                .setParameter(
                                        "serials",
                                        signed.stream()
                                                .map(s -> s.opened().serial())
                                                .toArray(String[]::new))
                                .setParameter(
                                        "ders",
                                        signed.stream()
                                                .map(CertificateRow::der)
                                                .toArray(byte[][]::new))
                                .getResultList());
        return signed.stream().filter(s -> stored.contains(s.opened().serial())).toList();
    }

    /** Gives up serials whose signing failed. */
    void giveUp(List<Opened> failed) {
        if (failed.isEmpty()) {
            return;
        }
        getSession()
                .createNativeMutationQuery(VOID)
                .setParameter("serials", failed.stream().map(Opened::serial).toArray(String[]::new))
                .executeUpdate();
    }

    /**
     * Voids serials that were reserved and never signed, of any replica.
     *
     * @return how many requests are due again
     */
    int voidExpired() {
        return getSession().createNativeMutationQuery(VOID_EXPIRED).executeUpdate();
    }
}
