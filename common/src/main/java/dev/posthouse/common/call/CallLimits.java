package dev.posthouse.common.call;

import java.time.Duration;

/**
 * What a stranger's host may cost.
 *
 * @param connect until one of the addresses has taken a connection, TLS included
 * @param whole until the answer has been read
 * @param idle how long a connection is kept that nobody uses
 * @param body octets of an answer that are read
 */
public record CallLimits(Duration connect, Duration whole, Duration idle, int body) {

    private static final Duration POHTTP_CONNECT = Duration.ofSeconds(5);

    /** YMP, sections 5 and 8. */
    public static final CallLimits YMP =
            new CallLimits(
                    Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofMinutes(1), 65_536);

    /** PoHTTP, section 9. */
    public static CallLimits pohttp(Duration whole) {
        Duration connect = POHTTP_CONNECT.compareTo(whole) < 0 ? POHTTP_CONNECT : whole;
        return new CallLimits(connect, whole, Duration.ofMinutes(1), 65_536);
    }

    /** Refuses what is no limit. */
    public CallLimits {
        if (!connect.isPositive() || connect.compareTo(whole) > 0 || !idle.isPositive()) {
            throw new IllegalArgumentException("Connecting is a part of the whole call.");
        }
        if (body < 0) {
            throw new IllegalArgumentException("A body has no less than nothing.");
        }
    }
}
