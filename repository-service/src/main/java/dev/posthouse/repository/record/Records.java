package dev.posthouse.repository.record;

import dev.posthouse.common.accessurl.AccessUrl;
import dev.posthouse.common.net.IpAddress;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What the CA has said of each session; the first word stands (certificates, section 9). */
@ApplicationScoped
public final class Records implements PanacheRepositoryBase<RecordRow, String> {

    private static final String ADD =
            """
            insert into record (jti, session_hash, client_addr, cert, cert_hash, san_ips, refusal, stored,
              expires_at)
            values (:jti, :sessionHash, :clientAddr, :cert, :certHash, :sanIps, :refusal, :stored,
              :expiresAt)
            on conflict (jti) do nothing
            """;
    private static final String ARRIVED = "select jti from record where jti = any (:jtis)";
    private static final String ERASE =
            """
            update record set cert = null, san_ips = '{}' where jti in (
              select jti from record where cert is not null and first_collected <= :before
              limit :most for update skip locked)
            """;
    private static final String PURGE =
            """
            delete from record where jti in (
              select jti from record where expires_at < :before
              limit :most for update skip locked)
            """;

    /** What became of a word of the CA. */
    public enum Added {
        /** It is the first on this session, and stands. */
        FIRST,
        /** It says what stands already. */
        REPEATED,
        /** Something else stands already. */
        CONFLICTING
    }

    /** Adds the CA's word on a session, unless there is one. */
    public Added add(AccessUrl accessUrl, Outcome outcome, Instant now) {
        if (insert(accessUrl, outcome, now)) {
            return Added.FIRST;
        }
        return holds(accessUrl.jti(), outcome) ? Added.REPEATED : Added.CONFLICTING;
    }

    /** In SQL: HQL would be translated anew for each record. */
    private boolean insert(AccessUrl accessUrl, Outcome outcome, Instant now) {
        var insert =
                getSession()
                        .createNativeMutationQuery(ADD)
                        .setParameter("jti", accessUrl.jti())
                        .setParameter("sessionHash", accessUrl.sessionHash())
                        .setParameter("stored", now)
                        .setParameter("expiresAt", accessUrl.expires());
        switch (outcome) {
            case IssuedCertificate issued ->
                    insert.setParameter("clientAddr", issued.clientAddr().text())
                            .setParameter("cert", issued.chain())
                            .setParameter("certHash", issued.leafHash())
                            .setParameter("sanIps", sanIps(issued))
                            .setParameter("refusal", null, String.class);
            case RefusedIssuance refused ->
                    insert.setParameter("clientAddr", null, String.class)
                            .setParameter("cert", null, String.class)
                            .setParameter("certHash", null, byte[].class)
                            .setParameter("sanIps", new String[0])
                            .setParameter("refusal", refused.code());
        }
        return insert.executeUpdate() == 1;
    }

    private static String[] sanIps(IssuedCertificate issued) {
        return issued.sanIps().stream().map(IpAddress::text).toArray(String[]::new);
    }

    private boolean holds(String jti, Outcome outcome) {
        return switch (outcome) {
            case IssuedCertificate issued ->
                    count(
                                    "jti = ?1 and certHash = ?2 and clientAddr = ?3",
                                    jti,
                                    issued.leafHash(),
                                    issued.clientAddr().text())
                            == 1;
            case RefusedIssuance refused ->
                    count("jti = ?1 and refusal = ?2", jti, refused.code()) == 1;
        };
    }

    /** The record of a session, if the CA has spoken. */
    public Optional<StoredRecord> find(String jti) {
        return find("jti", jti)
                .project(RecordRow.Collectable.class)
                .singleResultOptional()
                .map(RecordRow.Collectable::toRecord);
    }

    /** Those of the sessions on which the CA has spoken. */
    public List<String> arrived(Collection<String> jtis) {
        return getSession()
                .createNativeQuery(ARRIVED, String.class)
                .setParameter("jtis", jtis.toArray(new String[0]))
                .getResultList();
    }

    /**
     * Notes the first collection.
     *
     * @return whether it was the first
     */
    public boolean collected(String jti, Instant now) {
        return update("firstCollected = ?1 where jti = ?2 and firstCollected is null", now, jti)
                == 1;
    }

    /** Deletes certificates first collected until then, and leaves tombstones; says how many. */
    public int eraseCollectedUntil(Instant before, int most) {
        return execute(ERASE, before, most);
    }

    /** Deletes records whose AccessURL ended before; says how many. */
    public int purgeExpiredBefore(Instant before, int most) {
        return execute(PURGE, before, most);
    }

    private int execute(String sql, Instant before, int most) {
        return getSession()
                .createNativeMutationQuery(sql)
                .setParameter("before", before)
                .setParameter("most", most)
                .executeUpdate();
    }
}
