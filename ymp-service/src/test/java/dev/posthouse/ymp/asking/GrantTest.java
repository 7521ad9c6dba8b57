package dev.posthouse.ymp.asking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthouse.common.guard.HostName;
import dev.posthouse.testing.TrickyHosts;
import dev.posthouse.ymp.YmpException;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a grant must be, apart from its state (YMP, sections 3.2 and 4). */
class GrantTest {

    private static final Instant NOW = Instant.parse("2026-11-22T19:00:00Z");
    private static final long HOUR = NOW.plusSeconds(3600).getEpochSecond();
    private static final String GOOD =
            """
            {"host": "b.example", "token": "abc", "expires": %d, "state": "s"}\
            """
                    .formatted(HOUR);

    @Test
    void readsAGrant() {
        assertThat(read(GOOD))
                .isEqualTo(
                        new Grant(
                                HostName.parse("b.example"),
                                "abc",
                                Instant.ofEpochSecond(HOUR),
                                new State("s")));
    }

    @Test
    void ignoresWhatItDoesNotKnow() {
        assertThat(read(GOOD.replace("{", "{\"refresh\": [{}], "))).isEqualTo(read(GOOD));
    }

    @Test
    void normalisesTheHost() {
        assertThat(read(GOOD.replace("b.example", "B.Example:443"))).isEqualTo(read(GOOD));
    }

    @Test
    void takesExpiryInQuotes() {
        assertThat(read(GOOD.replace("" + HOUR, "\"" + HOUR + "\""))).isEqualTo(read(GOOD));
        assertThat(read(GOOD.replace("" + HOUR, "\"00" + HOUR + "\""))).isEqualTo(read(GOOD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "token", "expires", "state"})
    void requires(String field) {
        assertThat(refusal(GOOD.replace(field, "other"))).isEqualTo("json.field");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "null", "true", "[]", "{}", "[\"a\"]"})
    void requiresTexts(String other) {
        assertThat(refusal(GOOD.replace("\"b.example\"", other))).isEqualTo("json.field");
        assertThat(refusal(GOOD.replace("\"abc\"", other))).isEqualTo("json.field");
        assertThat(refusal(GOOD.replace("\"s\"", other))).isEqualTo("json.field");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1795377600.0",
                "1.7953776e9",
                "17953776e2",
                "null",
                "true",
                "[]",
                "{}",
                "\"\"",
                "\"-1\"",
                "\"+1795377600\"",
                "\" 1795377600\"",
                "\"1795377600.0\"",
                "\"0x6b\"",
                "\"1795377600000\"",
                "\"\u0661\""
            })
    void requiresAnIntegerForExpiry(String other) {
        assertThat(refusal(GOOD.replace("" + HOUR, other))).isEqualTo("json.field");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "-1",
                "\"0\"",
                "100000000000",
                "\"100000000000\"",
                "1795377600000",
                "-1795377600",
                "9223372036854775807",
                "9223372036854775808",
                "99999999999999999999999999999999999999999",
                "99999999999"
            })
    void refusesExpiryOutOfRange(String other) {
        assertThat(refusal(GOOD.replace("" + HOUR, other))).isEqualTo("expires.range");
    }

    @Test
    void refusesATokenThatHasEndedOrEndsTooLate() {
        long latest = NOW.plus(Duration.ofDays(366)).getEpochSecond();

        assertThat(refusal(expiring(NOW.getEpochSecond()))).isEqualTo("expires.range");
        assertThat(read(expiring(NOW.getEpochSecond() + 1))).isNotNull();
        assertThat(read(expiring(latest))).isNotNull();
        assertThat(refusal(expiring(latest + 1))).isEqualTo("expires.range");
    }

    private static String expiring(long seconds) {
        return GOOD.replace("" + HOUR, "" + seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A9-._~+/", "a=", "a==", "=a"})
    void looksAtTheTokensCharacters(String token) {
        if (token.startsWith("=")) {
            assertThat(refusal(GOOD.replace("abc", token))).isEqualTo("token.syntax");
        } else {
            assertThat(read(GOOD.replace("abc", token)).token()).isEqualTo(token);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "=",
                "a=b",
                "a b",
                "a,b",
                "a;b",
                "a\\u0000",
                "a\\r\\nHost: b",
                "ä",
                "\u017f",
                "a\\t",
                "a\\\"",
                "a\\\\"
            })
    void refusesOtherTokens(String token) {
        assertThat(refusal(GOOD.replace("abc", token))).isEqualTo("token.syntax");
    }

    @Test
    void countsTheTokensOctets() {
        assertThat(read(GOOD.replace("abc", "a".repeat(4096))).token()).hasSize(4096);
        assertThat(refusal(GOOD.replace("abc", "a".repeat(4097)))).isEqualTo("token.syntax");
    }

    @ParameterizedTest
    @MethodSource("trickyHosts")
    void refusesWhatIsNoHost(String host) {
        JsonNode grant = json(GOOD);
        ((ObjectNode) grant).put("host", host);

        assertThat(refusal(grant)).isEqualTo("host.syntax");
    }

    static Stream<String> trickyHosts() {
        return TrickyHosts.unreadable();
    }

    @Test
    void looksInTheSheetsOrder() {
        assertThat(refusal("{\"host\": \"..\", \"token\": \"=\", \"expires\": 0}"))
                .isEqualTo("json.field");
        assertThat(refusal("{\"host\": \"..\", \"token\": \"=\", \"expires\": 0, \"state\": \"\"}"))
                .isEqualTo("host.syntax");
        assertThat(refusal("{\"host\": \"b\", \"token\": \"=\", \"expires\": 0, \"state\": \"\"}"))
                .isEqualTo("token.syntax");
        assertThat(refusal("{\"host\": \"b\", \"token\": \"a\", \"expires\": 0, \"state\": \"\"}"))
                .isEqualTo("expires.range");
    }

    @Test
    void readsMutantsOrRefusesThem() {
        Random random = new Random(20261122);
        for (int round = 0;
                round < 5 * Integer.getInteger("posthouse.fuzz.rounds", 2000);
                round++) {
            StringBuilder text = new StringBuilder(GOOD);
            text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(256));
            JsonNode body = jsonIfAny(text.toString());
            if (body != null) {
                try {
                    Grant grant = Grant.read(body, NOW);
                    assertThat(grant.expires()).isAfter(NOW);
                    assertThat(grant.token()).matches("[A-Za-z0-9._~+/=-]+");
                } catch (YmpException refusal) {
                    assertThat(refusal.code())
                            .isIn("json.field", "host.syntax", "token.syntax", "expires.range");
                }
            }
        }
    }

    @Test
    void saysNeitherTokenNorState() {
        Grant grant = read(GOOD.replace("abc", "SECRET").replace("\"s\"", "\"SECRET\""));

        assertThat(grant.toString()).doesNotContain("SECRET");
        assertThat(grant.state().toString()).doesNotContain("SECRET");
    }

    private static Grant read(String body) {
        return Grant.read(json(body), NOW);
    }

    private static String refusal(String body) {
        return refusal(json(body));
    }

    private static String refusal(JsonNode body) {
        return catchThrowableOfType(YmpException.class, () -> Grant.read(body, NOW)).code();
    }

    private static JsonNode json(String body) {
        JsonNode read = jsonIfAny(body);
        if (read == null) {
            throw new AssertionError(body);
        }
        return read;
    }

    private static JsonNode jsonIfAny(String body) {
        try {
            return new ObjectMapper().readTree(body);
        } catch (JsonProcessingException malformed) {
            return null;
        }
    }
}
