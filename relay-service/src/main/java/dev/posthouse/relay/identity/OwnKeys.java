package dev.posthouse.relay.identity;

import dev.posthouse.common.seal.Seal;
import dev.posthouse.common.setting.BadSetting;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/** Our private keys, each sealed under its id (PoHTTP, section 6). */
@Singleton
final class OwnKeys implements PanacheRepositoryBase<OwnKeyRow, String> {

    /** Of all advisory locks in this database, the one for who we are. */
    private static final long LOCK = 0x6964656e74697479L;

    /** In SQL, like all of this service: a parser of HQL would be much of its start. */
    private static final String NEWEST =
            """
            select * from own_key where purpose = :purpose order by created desc, id limit 1
            """;

    private static final String ADD =
            """
            insert into own_key (id, purpose, sealed, created)
            values (:id, :purpose, :sealed, :now)
            on conflict (id) do update set created = greatest(own_key.created, excluded.created)
            """;

    private final Seal seal;

    OwnKeys(Seal seal) {
        this.seal = seal;
    }

    /** What a key is for. */
    enum Purpose {
        /** It signs. */
        IDENTITY("identity"),
        /** It agrees on keys. */
        SESSION("session");

        private final String column;

        Purpose(String column) {
            this.column = column;
        }
    }

    /**
     * Until the caller's transaction ends, no replica but this one decides who we are. It is waited
     * for however long another takes: to make keys takes seconds on a small machine.
     */
    void lock() {
        getSession().createNativeMutationQuery("set local lock_timeout = 0").executeUpdate();
        getSession()
                .createNativeQuery("select 1 from pg_advisory_xact_lock(:lock)", Integer.class)
                .setParameter("lock", LOCK)
                .getSingleResult();
    }

    /** The key that was added last: PKCS#8. */
    Optional<byte[]> newest(Purpose purpose) {
        return getSession()
                .createNativeQuery(NEWEST, OwnKeyRow.class)
                .setParameter("purpose", purpose.column)
                .uniqueResultOptional()
                .map(this::open);
    }

    /** Adds a key, in PKCS#8; one that is there is the newest again. */
    void add(String id, Purpose purpose, byte[] key, Instant now) {
        getSession()
                .createNativeMutationQuery(ADD)
                .setParameter("id", id)
                .setParameter("purpose", purpose.column)
                .setParameter("sealed", seal.close(key, id))
                .setParameter("now", now)
                .executeUpdate();
    }

    private byte[] open(OwnKeyRow row) {
        return seal.open(row.sealed, row.id)
                .orElseThrow(() ->
                        new BadSetting(
                                "relay.secrets-key",
                                "is not the key that our keys in the database are sealed with"));
    }
}
