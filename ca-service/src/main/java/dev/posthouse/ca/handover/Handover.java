package dev.posthouse.ca.handover;

import dev.posthouse.ca.issuance.Request;
import dev.posthouse.ca.publication.Session;
import dev.posthouse.common.accessurl.AccessUrl;
import dev.posthouse.common.accessurl.AccessUrlVerifier;
import dev.posthouse.common.net.IpAddress;
import dev.posthouse.common.trace.Traces;
import dev.posthouse.common.wire.CaCsrRequest;
import dev.posthouse.common.x509.InvalidCsr;
import dev.posthouse.common.x509.Pem;
import dev.posthouse.common.x509.SessionName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * What a proxy hands over. Its session is known to be that proxy's; its CSR and its addresses are
 * still to be judged.
 *
 * @param request whose
 * @param csr as it came
 * @param clientAddr as it came
 * @param wanAddr as it came
 */
record Handover(Request request, String csr, String clientAddr, String wanAddr) {

    /**
     * Reads the proxy's message.
     *
     * @throws dev.posthouse.common.x509.InvalidSessionName when the name is none
     * @throws dev.posthouse.common.accessurl.InvalidAccessUrl when the AccessURL is not this
     *     session's
     */
    static Handover of(CaCsrRequest request, AccessUrlVerifier verifier, Instant received) {
        SessionName name = new SessionName(request.sessionName());
        AccessUrl accessUrl = verifier.verify(request.accessUrl(), name);
        String csrHash = csrHash(request.csr());
        Session session =
                new Session(
                        accessUrl.jti(),
                        name,
                        accessUrl.url(),
                        received,
                        accessUrl.expires(),
                        Traces.current());
        String contentHash = sha256(utf8(csrHash + "\n" + canonical(request.clientAddr())));
        return new Handover(
                new Request(session, csrHash, contentHash),
                request.csr(),
                request.clientAddr(),
                request.wanAddr());
    }

    private static String csrHash(String csr) {
        try {
            return sha256(Pem.request(csr).der());
        } catch (InvalidCsr unreadable) {
            return sha256(utf8(csr));
        }
    }

    /** One text per address, however it was written. */
    private static String canonical(String address) {
        try {
            return IpAddress.parse(address).text();
        } catch (IllegalArgumentException notAnAddress) {
            return address;
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public String toString() {
        return "Handover[" + request.session() + "]";
    }
}
