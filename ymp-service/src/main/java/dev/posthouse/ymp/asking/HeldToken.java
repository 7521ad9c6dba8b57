package dev.posthouse.ymp.asking;

import dev.posthouse.common.guard.HostName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A token to send to a host with (YMP, section 4).
 *
 * @param host which takes it
 * @param token as it stands behind {@code Bearer}
 * @param received when it came
 * @param expires when it ends, by the host's clock
 */
public record HeldToken(HostName host, String token, Instant received, Instant expires) {

    private static final Duration EARLIEST = Duration.ofSeconds(30);
    private static final int PART = 10;

    /** The database's resolution, so that a token read back is the one put there. */
    public HeldToken {
        received = received.truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * Whether it may still be used: not in the last 30 s or, if that is less, tenth of its life.
     */
    public boolean isUsable(Instant now) {
        Duration tenth = life().dividedBy(PART);
        return now.isBefore(expires.minus(tenth.compareTo(EARLIEST) < 0 ? tenth : EARLIEST));
    }

    /** When another should be asked for, if there is traffic: after 80 % of its life. */
    public Instant agingFrom() {
        return received.plus(life().multipliedBy(8).dividedBy(PART));
    }

    /** Whether that is over. */
    public boolean isAging(Instant now) {
        return !now.isBefore(agingFrom());
    }

    private Duration life() {
        return Duration.between(received, expires);
    }

    @Override
    public String toString() {
        return "a token of " + host + " until " + expires;
    }
}
