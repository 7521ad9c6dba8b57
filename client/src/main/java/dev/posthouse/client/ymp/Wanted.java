package dev.posthouse.client.ymp;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What to get out of the inbox.
 *
 * @param max at most so many messages
 * @param patience how long to wait for the first of them
 * @param protocol of this service protocol alone, or null
 * @param service of this service alone, or null
 */
public record Wanted(int max, Duration patience, String protocol, String service) {

    private static final int MOST = 1_000;
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

    public Wanted {
        require(max >= 1 && max <= MOST, "from 1 to 1000 messages at a time");
        require(
                !patience.isNegative() && patience.compareTo(LONGEST) <= 0,
                "a wait is at most 30 s");
        require(isName(protocol) && isName(service), "a name has letters, digits and hyphens");
    }

    /** Up to so many, of all services, without waiting. */
    public static Wanted upTo(int max) {
        return new Wanted(max, Duration.ZERO, null, null);
    }

    private static boolean isName(String name) {
        return name == null || NAME.matcher(name).matches();
    }

    private static void require(boolean fulfilled, String rule) {
        if (!fulfilled) {
            throw new IllegalArgumentException(rule);
        }
    }

    String query() {
        return "?max=%d&wait=%d".formatted(max, patience.toSeconds())
                + (protocol == null ? "" : "&protocol=" + protocol)
                + (service == null ? "" : "&service=" + service);
    }
}
