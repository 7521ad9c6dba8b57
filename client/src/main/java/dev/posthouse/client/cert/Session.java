package dev.posthouse.client.cert;

import dev.posthouse.common.net.IpAddress;
import dev.posthouse.common.x509.SessionName;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/**
 * One issuance as the device knows it. Its CSR is made once: a repeat must be the same, byte for
 * byte (certificates, section 9).
 *
 * <pre>
 *   open ──200 from the Proxy──▶ accepted ──200 from the Repository──▶ collected: forgotten
 *     └────────── final refusal, or expires ──────────┴──▶ forgotten
 * </pre>
 *
 * @param door the Proxy's
 * @param name the SessionName
 * @param address the ClientLocalAddress in the CSR
 * @param key the pair the CSR is about
 * @param csr as it goes onto the wire
 * @param expires when to give it up
 * @param ticket what the Proxy answered; null before
 */
record Session(
        URI door,
        SessionName name,
        IpAddress address,
        DeviceKey key,
        String csr,
        Instant expires,
        Ticket ticket) {

    /** As long as an AccessURL lives. */
    static final Duration LIFETIME = Duration.ofHours(24);

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NAME_OCTETS = 32;

    /**
     * The way to the certificate.
     *
     * @param accessUrl a capability, never shown
     * @param ready when it is worth asking
     */
    record Ticket(URI accessUrl, Instant ready) {

        @Override
        public String toString() {
            return "Ticket[ready=" + ready + "]";
        }
    }

    static Session open(Order order, Instant now) {
        SessionName name = order.sessionName() == null ? drawName() : order.sessionName();
        DeviceKey key = order.key().take();
        String csr = order.form().write(key.csr(name, order.address()));
        URI door = order.proxy().door();
        return new Session(door, name, order.address(), key, csr, now.plus(LIFETIME), null);
    }

    Session accepted(Ticket given, Instant now) {
        return new Session(door, name, address, key, csr, now.plus(LIFETIME), given);
    }

    /** Whether going on with this session gives what is wanted now. */
    boolean serves(Order order, Instant now) {
        boolean sameName = order.sessionName() == null || order.sessionName().equals(name);
        return now.isBefore(expires)
                && sameName
                && door.equals(order.proxy().door())
                && address.equals(order.address())
                && order.key().allows(key.publicKey())
                && csr.startsWith("-----BEGIN") == order.form().write("-").equals("-");
    }

    private static SessionName drawName() {
        byte[] octets = new byte[NAME_OCTETS];
        RANDOM.nextBytes(octets);
        return new SessionName(HexFormat.of().formatHex(octets));
    }

    @Override
    public String toString() {
        return "Session[" + address + ", expires=" + expires + "]";
    }
}
