package dev.posthouse.common.call;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * How long a host wants to be left alone (RFC 9110, section 10.2.3; YMP, section 6; PoHTTP, section
 * 9).
 */
public final class RetryAfter {

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,18}");

    /** The form that is written, and those that still must be read (RFC 9110, section 5.6.7). */
    private static final List<Function<String, Instant>> DATES =
            List.of(
                    text ->
                            ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant(),
                    text -> utc(text, "EEEE, dd-MMM-[uuuu][uu] HH:mm:ss 'GMT'"),
                    text -> utc(text, "EEE MMM ppd HH:mm:ss uuuu"));

    private RetryAfter() {}

    /**
     * Reads seconds or a date; what is neither, or over, is no time at all. A date counts from the
     * host's own clock where the answer says what that shows.
     *
     * @param now where the answer does not say
     * @param most longer wishes are not granted
     */
    public static Duration of(Answer answer, Instant now, Duration most) {
        Instant then = answer.header("date").flatMap(RetryAfter::date).orElse(now);
        return answer.header("retry-after")
                .map(header -> read(header, then, most))
                .orElse(Duration.ZERO);
    }

    static Duration read(String header, Instant now, Duration most) {
        Duration wish = wish(header.strip(), now);
        if (wish.isNegative()) {
            return Duration.ZERO;
        }
        return wish.compareTo(most) > 0 ? most : wish;
    }

    private static Duration wish(String text, Instant now) {
        return SECONDS.matcher(text).matches()
                ? Duration.ofSeconds(Long.parseLong(text))
                : date(text).map(until -> Duration.between(now, until)).orElse(Duration.ZERO);
    }

    private static Optional<Instant> date(String text) {
        for (Function<String, Instant> form : DATES) {
            try {
                return Optional.of(form.apply(text.strip()));
            } catch (DateTimeException another) {
                // The next may fit.
            }
        }
        return Optional.empty();
    }

    private static Instant utc(String text, String form) {
        return LocalDateTime.parse(text, DateTimeFormatter.ofPattern(form, Locale.US))
                .toInstant(ZoneOffset.UTC);
    }
}
