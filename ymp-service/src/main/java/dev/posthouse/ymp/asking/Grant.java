package dev.posthouse.ymp.asking;

import com.fasterxml.jackson.databind.JsonNode;
import dev.posthouse.common.guard.HostName;
import dev.posthouse.ymp.YmpException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A grant as it came (YMP, sections 3.2 and 4), all of it checked but the state.
 *
 * @param host who grants, so it says
 * @param token to send to that host with
 * @param expires when the token ends
 * @param state what we asked with, so it says
 */
record Grant(HostName host, String token, Instant expires, State state) {

    private static final Duration LONGEST = Duration.ofDays(366);

    /** RFC 6750, section 2.1. */
    private static final Pattern B64TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]++=*+");

    private static final int LONGEST_TOKEN = 4096;

    /** More digits than that are milliseconds, or nonsense. */
    private static final BigInteger BEYOND = BigInteger.TEN.pow(11);

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,12}");

    /**
     * Reads one, in the sheet's order: fields, host, token, expiry.
     *
     * @throws YmpException at the first that is not as it must be
     */
    static Grant read(JsonNode body, Instant now) {
        String host = text(body, "host");
        String token = text(body, "token");
        BigInteger expires = seconds(body.path("expires"));
        String state = text(body, "state");
        return new Grant(host(host), token(token), expires(expires, now), new State(state));
    }

    private static String text(JsonNode body, String field) {
        if (!body.path(field).isTextual()) {
            throw field();
        }
        return body.path(field).textValue();
    }

    /** An integer as JSON writes it: {@code 1.0} and {@code 1e9} are fractions to many readers. */
    private static BigInteger seconds(JsonNode expires) {
        if (expires.isIntegralNumber()) {
            return expires.bigIntegerValue();
        }
        if (expires.isTextual() && DIGITS.matcher(expires.textValue()).matches()) {
            return new BigInteger(expires.textValue());
        }
        throw field();
    }

    private static YmpException field() {
        return YmpException.malformed("json.field", "A field is missing or has the wrong type.");
    }

    private static HostName host(String text) {
        try {
            return HostName.parse(text);
        } catch (IllegalArgumentException noHost) {
            throw YmpException.malformed("host.syntax", "This is not a host name.");
        }
    }

    private static String token(String text) {
        if (text.length() > LONGEST_TOKEN || !B64TOKEN.matcher(text).matches()) {
            throw YmpException.malformed("token.syntax", "This is not a bearer token.");
        }
        return text;
    }

    private static Instant expires(BigInteger seconds, Instant now) {
        if (seconds.signum() >= 0 && seconds.compareTo(BEYOND) < 0) {
            Instant expires = Instant.ofEpochSecond(seconds.longValueExact());
            if (now.isBefore(expires) && !expires.isAfter(now.plus(LONGEST))) {
                return expires;
            }
        }
        throw YmpException.malformed(
                "expires.range", "The token has ended, or ends in more than 366 days.");
    }

    @Override
    public String toString() {
        return "a grant of " + host;
    }
}
