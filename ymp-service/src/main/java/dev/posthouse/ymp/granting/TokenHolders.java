package dev.posthouse.ymp.granting;

import dev.posthouse.common.guard.HostName;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Whose token that is (YMP, section 5). Every packet asks: one statement, by JDBC alone, which
 * needs no transaction.
 */
@Singleton
final class TokenHolders {

    private static final String FIND =
            """
            select token_hash, host, exists (
              select 1 from peer p where p.host = t.host and p.blocked)
            from granted_token t
            where token_hash = ? and revoked is null and expires > ?
            """;

    private final DataSource dataSource;

    TokenHolders(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Who shows a token.
     *
     * @param host to which it was granted
     * @param blocked by the operator
     */
    record Holder(HostName host, boolean blocked) {}

    /** Whose token that is, if it counts then: by our clock alone, without grace. */
    Optional<Holder> find(String token, Instant now) {
        byte[] hash = new Token(token).hash();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement find = connection.prepareStatement(FIND)) {
            find.setBytes(1, hash);
            find.setObject(2, now.atOffset(ZoneOffset.UTC));
            try (ResultSet row = find.executeQuery()) {
                return row.next() && MessageDigest.isEqual(hash, row.getBytes(1))
                        ? Optional.of(
                                new Holder(HostName.parse(row.getString(2)), row.getBoolean(3)))
                        : Optional.empty();
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("Tokens cannot be looked up", failure);
        }
    }
}
