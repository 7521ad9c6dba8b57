package dev.posthouse.relay.quota;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import org.hibernate.query.NativeQuery;

/** Sums of what waits (PoHTTP, section 10), read from the indexes alone. */
@Singleton
final class Depths implements PanacheRepositoryBase<WaitingRow, Long> {

    private static final String SUM =
            """
            select count(*) as parcels, cast(coalesce(sum(size), 0) as bigint) as octets
            from parcel where
            """;

    static final String OF_GATEWAY = SUM + "octets is not null and gateway = :gateway";

    static final String OF_RECIPIENT = SUM + "num_nulls(octets) = 0 and recipient = :recipient";

    static final String ALL =
            """
            select count(*) as parcels, cast(coalesce(sum(size), 0) as bigint) as octets
            from (select size from parcel where octets is not null
                  union all
                  select size from outbound where num_nulls(octets) = 0) kept
            """;

    /** Of a private gateway. */
    Depth ofGateway(String gateway) {
        return read(query(OF_GATEWAY).setParameter("gateway", gateway));
    }

    /** Of an endpoint. */
    Depth ofRecipient(String recipient) {
        return read(query(OF_RECIPIENT).setParameter("recipient", recipient));
    }

    /** Of all, for private gateways and for other nodes. */
    Depth ofAll() {
        return read(query(ALL));
    }

    private NativeQuery<Tuple> query(String sql) {
        return getSession()
                .createNativeQuery(sql, Tuple.class)
                .addScalar("parcels", Long.class)
                .addScalar("octets", Long.class);
    }

    private static Depth read(NativeQuery<Tuple> query) {
        Tuple row = query.getSingleResult();
        return new Depth(row.get("parcels", Long.class), row.get("octets", Long.class));
    }
}
