package dev.posthouse.ca.issuance;

import dev.posthouse.ca.TestCall;
import dev.posthouse.common.net.IpAddress;
import dev.posthouse.common.x509.Pem;
import dev.posthouse.testing.CsrMaker;
import dev.posthouse.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/**
 * A request in the database in a state that a crash can leave, as the specification and not the
 * service writes it.
 *
 * @param maker of its CSR
 * @param call what the proxy had handed over
 */
public record TestIssuance(CsrMaker maker, TestCall call) {

    private static final String ADD =
            """
            insert into issuance (jti, state, csr_hash, content_hash, session_name, access_url, spki, client_addr,
              wan_addr, refusal_status, refusal_code, refusal_detail, received_at, expires_at, attempts, due_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, now(), ?, 0, ?)
            """;

    /** A request at these addresses. */
    public static TestIssuance at(String clientAddr, String wanAddr) {
        CsrMaker maker = CsrMaker.p256();
        return new TestIssuance(maker, new TestCall(maker, clientAddr, wanAddr));
    }

    /** Any request. */
    public static TestIssuance any() {
        return at("192.168.1.7", "203.0.113.7");
    }

    /** Committed by a door that then died. */
    public TestIssuance received() {
        return add("RECEIVED", null, Duration.ofHours(1));
    }

    /** The same, its AccessURL's end being that far away. */
    public TestIssuance received(Duration left) {
        return add("RECEIVED", null, left);
    }

    /** Committed by a worker that then died, or works slowly. */
    public TestIssuance signing(String serial, Duration leaseLeft) {
        add("SIGNING", null, Duration.ofHours(1));
        serial(serial, "SIGNING", leaseLeft);
        return this;
    }

    /** A row of that state, with the refusal's code if there is one. */
    public TestIssuance add(String state, String refusal, Duration left) {
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
        boolean refused = refusal != null;
        TestDatabase.change(
                ADD,
                call.jti(),
                state,
                csrHash(),
                contentHash(),
                call.sessionName(),
                call.accessUrl(),
                refused ? null : maker.keyPair().getPublic().getEncoded(),
                refused ? null : clientAddr(),
                refused ? null : call.fields().get("wan_addr"),
                refused ? 400 : null,
                refusal,
                refused ? "The key is too small." : null,
                Timestamp.from(now.plus(left)),
                Timestamp.from(now));
        return this;
    }

    /** A serial of this request. */
    public void serial(String serial, String state, Duration leaseLeft) {
        TestDatabase.change(
                "insert into certificate (serial, jti, state, lease_until, not_after, spki_hash)"
                        + " values (?, ?, ?, ?, ?, 'x')",
                serial,
                call.jti(),
                state,
                Timestamp.from(Instant.ofEpochMilli(System.currentTimeMillis()).plus(leaseLeft)),
                Timestamp.from(
                        Instant.ofEpochMilli(System.currentTimeMillis())
                                .plus(Duration.ofDays(14))));
    }

    String clientAddr() {
        return IpAddress.parse((String) call.fields().get("client_addr")).text();
    }

    private String csrHash() {
        return sha256(Pem.request(call.csr()).der());
    }

    private String contentHash() {
        return sha256((csrHash() + "\n" + clientAddr()).getBytes(StandardCharsets.US_ASCII));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
