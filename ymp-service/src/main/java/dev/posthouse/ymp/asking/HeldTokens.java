package dev.posthouse.ymp.asking;

import dev.posthouse.common.guard.HostName;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * The newest token of each host we send to (YMP, section 4). Sealed at rest: it must be told to the
 * host again, so it cannot be hashed. May be asked within a transaction or without.
 */
@ApplicationScoped
public final class HeldTokens implements PanacheRepositoryBase<HeldTokenRow, String> {

    private static final Logger LOG = Logger.getLogger(HeldTokens.class);

    private static final String PUT =
            """
            insert into held_token (host, token, received, expires)
            values (:host, :token, :received, :expires)
            on conflict (host) do update
            set token = excluded.token, received = excluded.received, expires = excluded.expires
            """;

    private final TokenSeal seal;
    private final AtomicBoolean told = new AtomicBoolean();

    HeldTokens(TokenSeal seal) {
        this.seal = seal;
    }

    /** The token of that host, unless there is none or it ends too soon. */
    public Optional<HeldToken> usable(HostName host, Instant now) {
        return QuarkusTransaction.joiningExisting()
                .call(() -> read(host))
                .filter(token -> token.isUsable(now));
    }

    private Optional<HeldToken> read(HostName host) {
        return find("host", host.text())
                .project(HeldTokenRow.Sealed.class)
                .singleResultOptional()
                .flatMap(row -> opened(host, row));
    }

    private Optional<HeldToken> opened(HostName host, HeldTokenRow.Sealed row) {
        Optional<String> token = seal.open(row.token(), host);
        if (token.isEmpty()) {
            delete("host = ?1 and received = ?2", host.text(), row.received());
            if (told.compareAndSet(false, true)) {
                LOG.warn(
                        "Tokens sealed with another key are dropped and asked for again:"
                                + " was ymp.held-token-key changed?");
            }
        }
        return token.map(text -> new HeldToken(host, text, row.received(), row.expires()));
    }

    /** Keeps a token instead of the one before. */
    void put(HeldToken token) {
        getSession()
                .createNativeMutationQuery(PUT)
                .setParameter("host", token.host().text())
                .setParameter("token", seal.close(token.token(), token.host()))
                .setParameter("received", token.received())
                .setParameter("expires", token.expires())
                .executeUpdate();
    }

    /**
     * Drops the token of a host, whichever it is.
     *
     * @return whether there was one
     */
    public boolean drop(HostName host) {
        return QuarkusTransaction.joiningExisting().call(() -> delete("host", host.text())) == 1;
    }

    /** Drops a token that was refused, and not one that has come since. */
    public void drop(HeldToken refused) {
        QuarkusTransaction.joiningExisting()
                .run(() ->
                        delete(
                                "host = ?1 and received = ?2",
                                refused.host().text(),
                                refused.received()));
    }
}
