package dev.posthouse.relay.gateway;

import dev.posthouse.common.node.NodeId;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hibernate.query.MutationQuery;

/**
 * The private gateways that have registered or that an operator has named (PoHTTP, section 11.1).
 * Each call is one statement of the caller's transaction, so that replicas may race.
 */
@Singleton
final class GatewayRegister implements PanacheRepositoryBase<GatewayRow, String> {

    private static final String REGISTER =
            """
            insert into gateway as g (id, registered) values (:id, :now)
            on conflict (id) do update set registered = :now where g.revoked is null
            """;
    private static final String REVOKE =
            """
            insert into gateway as g (id, revoked) values (:id, :now)
            on conflict (id) do update set revoked = coalesce(g.revoked, :now)
            """;
    private static final String READMIT =
            "update gateway set revoked = null where id = :id and revoked is not null";

    private static final String REVOKED =
            "select id from gateway where id = any (:ids) and revoked is not null";

    /** A gateway may be in the settings, in the table, or in both. */
    private static final String LIST =
            """
            select known.id, g.registered, g.revoked
            from (
              (select id from gateway where id > :after order by id limit :most)
              union
              (select id from unnest(:configured) c (id) where id > :after)
            ) known
            left join gateway g on g.id = known.id
            order by known.id limit :most
            """;

    /** Those of these that are revoked. */
    List<NodeId> revoked(Collection<NodeId> among) {
        return getSession()
                .createNativeQuery(REVOKED, String.class)
                .setParameter("ids", among.stream().map(NodeId::text).toArray(String[]::new))
                .getResultList()
                .stream()
                .map(NodeId::parse)
                .toList();
    }

    /** The row of a gateway, if it has one: whether it has registered and whether it is revoked. */
    Optional<KnownGateway> look(NodeId gateway) {
        return findByIdOptional(gateway.text())
                .map(row -> new KnownGateway(row.id, row.registered, row.revoked));
    }

    /** Registers a gateway, new or known; says whether it may, not being revoked. */
    boolean register(NodeId gateway, Instant now) {
        return change(REGISTER, gateway).setParameter("now", now).executeUpdate() == 1;
    }

    /** Revokes a gateway, known or not. */
    void revoke(NodeId gateway, Instant now) {
        change(REVOKE, gateway).setParameter("now", now).executeUpdate();
    }

    /** It is as it was before it was revoked. */
    void readmit(NodeId gateway) {
        change(READMIT, gateway).executeUpdate();
    }

    /** So many at most, those whose ids come after that text. */
    List<KnownGateway> list(String after, int most, Collection<NodeId> configured) {
        return getSession()
                .createNativeQuery(LIST, Tuple.class)
                .addScalar("id", String.class)
                .addScalar("registered", Instant.class)
                .addScalar("revoked", Instant.class)
                .setParameter("after", after)
                .setParameter("most", most)
                .setParameter(
                        "configured", configured.stream().map(NodeId::text).toArray(String[]::new))
                .getResultList()
                .stream()
                .map(row ->
                        new KnownGateway(
                                row.get("id", String.class),
                                row.get("registered", Instant.class),
                                row.get("revoked", Instant.class)))
                .toList();
    }

    private MutationQuery change(String sql, NodeId gateway) {
        return getSession().createNativeMutationQuery(sql).setParameter("id", gateway.text());
    }
}
