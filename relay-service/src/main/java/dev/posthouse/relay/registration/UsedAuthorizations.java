package dev.posthouse.relay.registration;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/** Authorisations that have been used, until they would have expired (PoHTTP, section 11.1). */
@Singleton
final class UsedAuthorizations implements PanacheRepositoryBase<UsedAuthorizationRow, byte[]> {

    /** Of two that race the second waits here for the first to commit. */
    private static final String USE =
            """
            insert into used_authorization (digest, expires) values (:digest, :expires)
            on conflict (digest) do nothing
            """;

    private static final String FORGET =
            """
            delete from used_authorization where digest in (
              select digest from used_authorization where expires < :before
              limit :most for update skip locked)
            """;

    /** Uses an authorisation; says whether nobody has used it before. */
    boolean use(RegistrationAuthorization authorization) {
        return getSession()
                        .createNativeMutationQuery(USE)
                        .setParameter("digest", digest(authorization.signed()))
                        .setParameter("expires", authorization.expires())
                        .executeUpdate()
                == 1;
    }

    /** Deletes what nobody can use any longer; says how many. */
    int forgetExpiredBefore(Instant before, int most) {
        return getSession()
                .createNativeMutationQuery(FORGET)
                .setParameter("before", before)
                .setParameter("most", most)
                .executeUpdate();
    }

    private static byte[] digest(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
