package dev.posthouse.ymp.host;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a host's information counts (YMP, section 2): as long as its {@code Cache-Control} says,
 * within bounds that neither let it be asked all the time nor keep paths that have long moved.
 */
final class Lifetime {

    private static final Duration SHORTEST = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Pattern DIRECTIVE =
            Pattern.compile("\\s*([a-z-]+)\\s*(?:=\\s*\"?([^\"]*?)\"?\\s*)?");

    /** More digits are longer than the longest, too. */
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,10}");

    private static final Pattern MANY_SECONDS = Pattern.compile("[0-9]+");

    private Lifetime() {}

    /** The time of such a header; of one that does not say, the one given. */
    static Duration of(String cacheControl, Duration unsaid) {
        Duration said = null;
        for (String part : cacheControl.toLowerCase(Locale.ROOT).split(",", -1)) {
            Matcher directive = DIRECTIVE.matcher(part);
            if (directive.matches()) {
                Duration one = said(directive.group(1), directive.group(2));
                said = said == null ? one : shorter(said, one);
            }
        }
        return said == null ? unsaid : said;
    }

    private static Duration said(String directive, String value) {
        return switch (directive) {
            case "max-age" -> seconds(value == null ? "" : value);
            case "no-cache", "no-store" -> SHORTEST;
            default -> null;
        };
    }

    private static Duration shorter(Duration said, Duration other) {
        return other == null || said.compareTo(other) < 0 ? said : other;
    }

    /** What is no number counts as over (RFC 9111, section 4.2.1). */
    private static Duration seconds(String value) {
        if (SECONDS.matcher(value).matches()) {
            Duration said = Duration.ofSeconds(Long.parseLong(value));
            return said.compareTo(SHORTEST) < 0 ? SHORTEST : shorter(said, LONGEST);
        }
        return MANY_SECONDS.matcher(value).matches() ? LONGEST : SHORTEST;
    }
}
