package dev.posthouse.ca.issuance;

import static java.util.stream.Collectors.toMap;

import dev.posthouse.ca.CaException.IssuanceRefused;
import dev.posthouse.ca.certificate.Certificates;
import dev.posthouse.ca.issuance.BatchSigner.Signed;
import dev.posthouse.ca.profile.Requester;
import dev.posthouse.ca.publication.Session;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What proxies handed over, and what became of it: the queue of the signing worker. Times are the
 * database's, so that replicas agree.
 */
@Singleton
public final class Issuances implements PanacheRepositoryBase<IssuanceRow, String> {

    private static final String ADD =
            """
            insert into issuance (jti, state, csr_hash, content_hash, session_name, access_url, spki, client_addr,
              wan_addr, refusal_status, refusal_code, refusal_detail, received_at, expires_at, attempts, traceparent)
            values (:jti, :state, :csrHash, :contentHash, :sessionName, :accessUrl, :spki, :clientAddr,
              :wanAddr, :refusalStatus, :refusalCode, :refusalDetail, :receivedAt, :expiresAt, 0, :traceparent)
            on conflict (jti) do nothing
            """;

    private static final String CLAIM =
            """
            update issuance set state = 'SIGNING', attempts = attempts + 1
            where jti in (
              select jti from issuance
              where state = 'RECEIVED' and due_at <= now() and expires_at > now()
              order by due_at limit :most for update skip locked)
            returning *
            """;

    private static final String ISSUED =
            "update issuance set state = 'ISSUED' where jti = any (:jtis)";

    private static final String EXPIRE =
            "update issuance set state = 'EXPIRED' where state = 'RECEIVED' and expires_at <= now()";

    private static final String DUE_AGAIN =
            """
            update issuance i set state = 'RECEIVED', due_at = now() + r.pause * interval '1 millisecond'
            from unnest(:jtis, :pauses) as r (jti, pause) where i.jti = r.jti and i.state = 'SIGNING'
            """;

    private static final String PURGE =
            """
            delete from issuance where jti in (
              select jti from issuance
              where expires_at < now() - :longAgo * interval '1 second' and state <> 'SIGNING'
              limit :most for update skip locked)
            """;

    private static final String TAKE_KEY =
            """
            insert into live_key (spki_hash, jti, expires_at) values (:key, :jti, :expires)
            on conflict (spki_hash) do update set jti = excluded.jti, expires_at = excluded.expires_at
            where live_key.jti = excluded.jti or live_key.expires_at <= now()
            """;

    private final Certificates certificates;

    Issuances(Certificates certificates) {
        this.certificates = certificates;
    }

    /** What stands about a session, if anything does. */
    public Optional<Recorded> find(Session session) {
        return findByIdOptional(session.jti()).map(IssuanceRow::toRecorded);
    }

    /**
     * Records a request.
     *
     * @return whether it is the first of its AccessURL
     */
    public boolean receive(Request request, Requester requester) {
        return add(IssuanceRow.received(request, requester));
    }

    /**
     * Records a refusal.
     *
     * @return whether it is the first of its AccessURL
     */
    public boolean refuse(Request request, IssuanceRefused refusal) {
        return add(IssuanceRow.refused(request, refusal));
    }

    /**
     * Takes a key for a session (certificates, section 5 rule 8).
     *
     * @return whether no other live session has it
     */
    public boolean takeKey(Request request, Requester requester) {
        return getSession()
                        .createNativeMutationQuery(TAKE_KEY)
                        .setParameter("key", requester.keyHash())
                        .setParameter("jti", request.session().jti())
                        .setParameter("expires", request.session().expires())
                        .executeUpdate()
                == 1;
    }

    /** In SQL: HQL would be translated anew for each request. */
    private boolean add(IssuanceRow row) {
        return getSession()
                        .createNativeMutationQuery(ADD)
                        .setParameter("jti", row.jti)
                        .setParameter("state", row.state.name())
                        .setParameter("csrHash", row.csrHash)
                        .setParameter("contentHash", row.contentHash)
                        .setParameter("sessionName", row.sessionName, String.class)
                        .setParameter("accessUrl", row.accessUrl, String.class)
                        .setParameter("spki", row.spki, byte[].class)
                        .setParameter("clientAddr", row.clientAddr, String.class)
                        .setParameter("wanAddr", row.wanAddr, String.class)
                        .setParameter("refusalStatus", row.refusalStatus, Integer.class)
                        .setParameter("refusalCode", row.refusalCode, String.class)
                        .setParameter("refusalDetail", row.refusalDetail, String.class)
                        .setParameter("receivedAt", row.receivedAt)
                        .setParameter("expiresAt", row.expiresAt)
                        .setParameter("traceparent", row.traceparent, String.class)
                        .executeUpdate()
                == 1;
    }

    /** Takes up what is due. */
    List<Issuance> claim(int most) {
        return getSession()
                .createNativeQuery(CLAIM, IssuanceRow.class)
                .setParameter("most", most)
                .getResultList()
                .stream()
                .map(IssuanceRow::toIssuance)
                .toList();
    }

    /** Reserves serials; each is its signer's until the lease runs out. */
    void open(List<Opened> opened, Duration lease) {
        certificates.open(opened.stream().map(Opened::draft).toList(), lease);
    }

    /**
     * Records certificates.
     *
     * @return those whose serial nobody voided meanwhile; the other signatures are to be forgotten
     */
    List<Signed> close(List<Signed> signed) {
        Set<String> kept =
                certificates.close(
                        signed.stream().collect(toMap(Signed::serialNumber, Signed::certificate)));
        List<Signed> closed =
                signed.stream().filter(each -> kept.contains(each.serialNumber().hex())).toList();
        if (!closed.isEmpty()) {
            getSession()
                    .createNativeMutationQuery(ISSUED)
                    .setParameter(
                            "jtis",
                            closed.stream().map(each -> each.opened().jti()).toArray(String[]::new))
                    .executeUpdate();
        }
        return closed;
    }

    /** Gives up serials whose signing failed; each request is due again after a pause. */
    void giveBack(List<Opened> failed, Function<Issuance, Duration> pause) {
        if (failed.isEmpty()) {
            return;
        }
        certificates.giveUp(failed.stream().map(each -> each.draft().serialNumber()).toList());
        dueAgain(
                failed.stream().map(Opened::jti).toList(),
                failed.stream().map(each -> pause.apply(each.issuance()).toMillis()).toList());
    }

    /**
     * Requests whose signer did not come back are due again, whichever replica it was.
     *
     * @return how many
     */
    int voidExpired() {
        List<String> voided = certificates.voidExpired();
        dueAgain(voided, Collections.nCopies(voided.size(), 0L));
        return voided.size();
    }

    private void dueAgain(List<String> jtis, List<Long> pauses) {
        if (!jtis.isEmpty()) {
            getSession()
                    .createNativeMutationQuery(DUE_AGAIN)
                    .setParameter("jtis", jtis.toArray(String[]::new))
                    .setParameter("pauses", pauses.toArray(Long[]::new))
                    .executeUpdate();
        }
    }

    /** The worker refuses it after all. */
    void refuse(Issuance issuance, IssuanceRefused refusal) {
        findById(issuance.session().jti()).refuse(refusal);
    }

    /** Ends requests whose AccessURL has ended. */
    int expire() {
        return getSession().createNativeMutationQuery(EXPIRE).executeUpdate();
    }

    /**
     * Forgets requests whose AccessURL ended that long ago, some at a time.
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

    /** Forgets which keys sessions had that have ended. */
    int purgeKeys() {
        return getSession()
                .createNativeMutationQuery("delete from live_key where expires_at < now()")
                .executeUpdate();
    }

    /** Requests that wait to be signed. */
    public long waiting() {
        return count("state in ?1", List.of(IssuanceState.RECEIVED, IssuanceState.SIGNING));
    }
}
