package dev.posthouse.ymp.granting;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.posthouse.common.guard.HostName;
import dev.posthouse.testing.TrickyHosts;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenRequestTest {

    private static final long SEED = 20_261_122;
    private static final int ROUNDS = Integer.getInteger("posthouse.fuzz.rounds", 20_000);
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final String GOOD = "{\"host\": \"Host-A.example:443\", \"state\": \"s\"}";

    @Test
    void readsAHostAndAState() {
        assertThat(parse(GOOD)).contains(new TokenRequest(HostName.parse("host-a.example"), "s"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"host\": \"a.example\", \"state\": \"s\", \"x\": [1, {\"y\": null}]}",
                "\n {\"state\": \"s\", \"host\": \"a.example\"} \n",
                "{\"h\\u006fst\": \"a.example\", \"state\": \"\\u0073\"}",
            })
    void ignoresOrderBlanksAndWhatItDoesNotKnow(String body) {
        assertThat(parse(body)).contains(new TokenRequest(HostName.parse("a.example"), "s"));
    }

    /** Of equal hashes: a table of names that all requests share would not bear them. */
    @Test
    void readsOnAfterNamesThatMeet() {
        for (int round = 0; round < 3; round++) {
            assertThat(parse("{\"host\":\"a.example\",\"state\":\"s\"," + meeting() + "}"))
                    .isPresent();
            assertThat(parse(GOOD)).isPresent();
        }
    }

    private static String meeting() {
        return IntStream.range(0, 512)
                .mapToObj(i ->
                        IntStream.range(0, 9)
                                .mapToObj(bit -> (i >> bit & 1) == 0 ? "bA" : "ab")
                                .collect(Collectors.joining("", "\"", "\":1")))
                .collect(Collectors.joining(","));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"a.example\"",
                "{}",
                "{\"host\": \"a.example\"}",
                "{\"state\": \"s\"}",
                "{\"host\": \"a.example\", \"state\": \"\"}",
                "{\"host\": \"a.example\", \"state\": 1}",
                "{\"host\": \"a.example\", \"state\": null}",
                "{\"host\": \"a.example\", \"state\": [\"s\"]}",
                "{\"host\": 1, \"state\": \"s\"}",
                "{\"host\": \"\", \"state\": \"s\"}",
                "{\"host\": \"a.example\", \"state\": \"s\"} x",
                "{\"host\": \"a.example\", \"state\": \"s\"}{}",
                "{\"host\": \"a.example\", \"state\": \"s\", }",
                "{\"host\": \"a.example\", \"state\": \"s\", \"host\": \"b.example\"}",
                "{\"host\": \"a.example\", \"state\": \"s\", \"h\\u006fst\": \"b.example\"}",
                "{\"host\": \"a.example\", 'state': 's'}",
                "{\"host\": \"a.example\", \"state\": \"s\", \"x\": [[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]}",
                "{\"host\": \"a.example\", \"state\": \"a\nb\"}",
            })
    void dropsWhatIsNoRequest(String body) {
        assertThat(parse(body)).isEmpty();
    }

    @Test
    void dropsWhatIsNotUtf8() {
        assertThat(TokenRequest.parse(GOOD.replace("\"s\"", "\"\u00e9\"").getBytes(ISO_8859_1)))
                .isEmpty();
        assertThat(TokenRequest.parse(GOOD.getBytes(UTF_16))).isEmpty();
    }

    @Test
    void takesAnyStateThatFitsTheBody() throws JsonProcessingException {
        for (String state : new String[] {"x".repeat(16_000), "\ud83d\ude00\u0000\n\"", "\ud800"}) {
            assertThat(parse(body("a.example", state)).map(TokenRequest::state)).contains(state);
        }
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void dropsWhatIsNoHost(String host) throws JsonProcessingException {
        assertThat(parse(body(host, "s"))).isEmpty();
    }

    static Stream<String> unreadable() {
        return TrickyHosts.unreadable();
    }

    @Test
    void withstandsDamagedRequests() throws JsonProcessingException {
        Random random = new Random(SEED);
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] octets = body("host-a.example:8443", "state \u00e9").getBytes(UTF_8);
            for (int i = random.nextInt(4); i > 0; i--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt();
            }
            Optional<TokenRequest> request = TokenRequest.parse(octets);
            request.ifPresent(
                    it -> assertThat(HostName.parse(it.host().text())).isEqualTo(it.host()));
            read += request.isPresent() ? 1 : 0;
        }
        assertThat(read).isBetween(ROUNDS / 5, ROUNDS - 1);
    }

    @Test
    void showsNoState() {
        assertThat(new TokenRequest(HostName.parse("a.example"), "secret").toString())
                .doesNotContain("secret");
    }

    private static String body(String host, String state) throws JsonProcessingException {
        return JSON.writeValueAsString(Map.of("host", host, "state", state));
    }

    private static Optional<TokenRequest> parse(String body) {
        return TokenRequest.parse(body.getBytes(UTF_8));
    }
}
