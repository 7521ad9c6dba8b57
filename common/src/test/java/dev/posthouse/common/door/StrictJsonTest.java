package dev.posthouse.common.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.posthouse.common.wire.CsrRequest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates, section 2: strict JSON. */
final class StrictJsonTest {

    private static final ObjectMapper JSON = mapper();

    private static ObjectMapper mapper() {
        ObjectMapper mapper = new ObjectMapper();
        StrictJson.configure(mapper);
        return mapper;
    }

    private static String refusal(byte[] body) {
        return StrictJson.refuse(body).map(Refusal::code).orElse("good");
    }

    private static String refusal(String body) {
        return refusal(body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " {\"a\": [1, -2.5e3, true, null, \"é\\u00e9\\n\"]}\r\n\t ",
                "{\"a\":{\"a\":{\"a\":1}},\"A\":2}",
            })
    void letsStrictObjectsPass(String body) {
        assertThat(refusal(body)).isEqualTo("good");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "true",
                "7",
                "\"{}\"",
                "[]",
                "[{}]",
                "{",
                "}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":1 \"b\":2}",
                "{,}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":'b'}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":1.}",
                "{\"a\":0x1}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12\"}",
                "{/* */}",
                "{}//",
                "{}#",
                "{}{}",
                "{} x",
                "{}]",
                "{},",
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"\\u0061\":1}",
                "{\"b\":{\"a\":1,\"a\":2}}",
                "\uFEFF{}",
            })
    void refusesEverythingElse(String body) {
        assertThat(refusal(body)).isEqualTo("json.syntax");
    }

    @Test
    void goesSixteenDeepAndNoDeeper() {
        assertThat(refusal("{\"a\":".repeat(15) + "{}" + "}".repeat(15))).isEqualTo("good");
        assertThat(refusal("{\"a\":".repeat(16) + "{}" + "}".repeat(16))).isEqualTo("json.syntax");
        assertThat(refusal("{\"a\":" + "[".repeat(15) + "]".repeat(15) + "}")).isEqualTo("good");
        assertThat(refusal("{\"a\":" + "[".repeat(16) + "]".repeat(16) + "}"))
                .isEqualTo("json.syntax");
        assertThat(refusal("{\"a\":" + "[".repeat(30_000))).isEqualTo("json.syntax");
    }

    /** Names of equal hashes, whatever they begin with: the parser's own table has none of them. */
    @Test
    void isNotBrokenForOthersByNamesThatMeet() {
        String meeting = object(512, StrictJsonTest::meeting);

        for (int round = 0; round < 3; round++) {
            assertThat(refusal(meeting)).isEqualTo("good");
            assertThat(refusal(object(2_000, Integer::toHexString))).isEqualTo("good");
        }
    }

    private static String object(int members, IntFunction<String> name) {
        return IntStream.range(0, members)
                .mapToObj(i -> "\"" + name.apply(i) + "\":1")
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String meeting(int number) {
        return IntStream.range(0, 9)
                .mapToObj(bit -> (number >> bit & 1) == 0 ? "bA" : "ab")
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32", "UTF-32BE", "UTF-32LE"})
    void refusesOtherEncodings(String charset) {
        assertThat(refusal("{\"a\":\"b\"}".getBytes(Charset.forName(charset))))
                .isEqualTo("json.encoding");
    }

    @Test
    void refusesWhatIsNotUtf8() {
        assertThat(refusal(new byte[] {'{', '"', (byte) 0xE9, '"', ':', '1', '}'}))
                .isEqualTo("json.encoding");
        assertThat(refusal(new byte[] {'{', '"', (byte) 0xC0, (byte) 0x80, '"', ':', '1', '}'}))
                .isEqualTo("json.encoding");
        assertThat(refusal("{}\0")).isEqualTo("json.encoding");
    }

    /** What passes the door is what the mapper reads: two parsers must not disagree. */
    @Test
    void letsNothingPassThatTheMapperCannotRead() {
        int rounds = Integer.getInteger("posthouse.fuzz.rounds", 2_000);
        Random random = new Random(20_261_122);
        String[] seeds = {
            "{\"csr\":\"-----BEGIN\",\"session_name\":\"abcdefghijklmnop\"}",
            "{\"a\":[1,2.5e3,{\"b\":null}],\"csr\":\"\\ud83d\\ude00\",\"c\":true}"
        };
        for (int round = 0; round < rounds; round++) {
            byte[] body =
                    seeds[random.nextInt(seeds.length)].getBytes(StandardCharsets.UTF_8).clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            if (StrictJson.refuse(body).isEmpty()) {
                assertThatCode(() -> JSON.readTree(body))
                        .as(new String(body, StandardCharsets.ISO_8859_1))
                        .doesNotThrowAnyException();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1.5", "true", "{}", "[]", "[\"a\"]"})
    void readsOnlyAStringWhereAStringBelongs(String value) {
        String body = "{\"csr\":" + value + ",\"session_name\":\"s\"}";

        assertThatThrownBy(() -> JSON.readValue(body, CsrRequest.class))
                .isInstanceOf(MismatchedInputException.class);
    }

    @Test
    void ignoresFieldsItDoesNotKnow() throws Exception {
        CsrRequest read =
                JSON.readValue(
                        "{\"csr\":\"a\",\"session_name\":\"b\",\"client_addr\":\"10.0.0.1\"}",
                        CsrRequest.class);

        assertThat(read).isEqualTo(new CsrRequest("a", "b"));
    }
}
