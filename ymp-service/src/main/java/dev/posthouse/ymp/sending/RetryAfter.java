package dev.posthouse.ymp.sending;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** How long a host wants to be left alone (RFC 9110, section 10.2.3; YMP, section 6). */
final class RetryAfter {

    /** Longer wishes are not granted. */
    static final Duration MOST = Duration.ofHours(1);

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,18}");

    private RetryAfter() {}

    /** Reads seconds or a date; what is neither, or over, is no time at all. */
    static Duration read(String header, Instant now) {
        Duration wish = wish(header.strip(), now);
        if (wish.isNegative()) {
            return Duration.ZERO;
        }
        return wish.compareTo(MOST) > 0 ? MOST : wish;
    }

    private static Duration wish(String text, Instant now) {
        if (SECONDS.matcher(text).matches()) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            ZonedDateTime until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Duration.between(now, until.toInstant());
        } catch (DateTimeException neither) {
            return Duration.ZERO;
        }
    }
}
