package dev.posthouse.ymp.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.ymp.YmpException;
import dev.posthouse.ymp.packet.JsonValue.JsonNumber;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** YMP, section 6: equal as JSON values, or not. */
final class JsonValuesTest {

    private static final int ROUNDS = Integer.getInteger("posthouse.fuzz.rounds", 2000);

    private static String hash(String text) {
        return ContentHash.of(JsonValues.read(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "1|1.0",
                "1|1e0",
                "1|10E-1",
                "1|0.1e+1",
                "100|1e2",
                "0|-0",
                "0|0.00e99999",
                "-2.50|-25e-1",
                "\"a\"|\"\\u0061\"",
                "\"/\"|\"\\/\"",
                "\"\\ud83d\\ude00\"|\"😀\"",
                "{\"a\":1,\"b\":[2]}|{ \"b\" : [ 2.0 ], \"a\" : 1 }",
            })
    void hashesEqualValuesAlike(String one, String other) {
        assertThat(hash(one)).isEqualTo(hash(other)).hasSize(64);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "1|\"1\"",
                "1|-1",
                "1|10",
                "1e999999999|1e999999998",
                "0.1|0.10000000000000000000000000000000000001",
                "9007199254740993|9007199254740992",
                "null|\"null\"",
                "true|false",
                "[]|{}",
                "[]|[[]]",
                "[1,2]|[2,1]",
                "[1,2]|[12]",
                "[[1],2]|[[1,2]]",
                "[\"a\",\"b\"]|[\"ab\"]",
                "[\"as\",\"b\"]|[\"a\",\"sb\"]",
                "[1,\"e0\"]|[\"1e0\"]",
                "{\"a\":\"b\"}|[\"a\",\"b\"]",
                "{\"a\":\"b\"}|{\"b\":\"a\"}",
                "{\"a\":null}|{}",
                "\"e\\u0301\"|\"é\"",
            })
    void hashesDifferentValuesDifferently(String one, String other) {
        assertThat(hash(one)).isNotEqualTo(hash(other));
    }

    @Test
    void hashesWhatIsEqualAlikeHoweverItIsWritten() {
        RandomJson json = new RandomJson(20261122);
        Map<String, JsonValue> hashes = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            JsonValue value = json.value(4);
            String one = json.write(value);
            String other = json.write(value);

            assertThat(JsonValues.read(one)).as(one).isEqualTo(value);
            assertThat(hash(one)).as("%s and %s", one, other).isEqualTo(hash(other));
            assertThat(hashes.merge(hash(one), value, (known, same) -> known)).isEqualTo(value);
        }
        assertThat(hashes).hasSizeGreaterThan(ROUNDS / 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1e999999999", "1e-2147483649", "-0.0001e99999999999999999999"})
    void neverWorksANumberOut(String number) {
        Assertions.assertTimeout(Duration.ofSeconds(1), () -> hash("[" + number + "]"));
    }

    @ParameterizedTest
    @CsvSource({"5,5", "1e3,1000", "12.0,12", "-7,-7", "9223372036854775807,9223372036854775807"})
    void knowsWholeNumbers(String text, long number) {
        assertThat(((JsonNumber) JsonValues.read(text)).asLong()).hasValue(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.5", "9223372036854775808", "1e19", "1e25", "1e99999999999", "1e-1"})
    void knowsWhatIsNoneOf64Bits(String text) {
        assertThat(((JsonNumber) JsonValues.read(text)).asLong()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "nul",
                "01",
                "1.",
                ".5",
                "+1",
                "NaN",
                "1 2",
                "{} x",
                "[1,]",
                "[1",
                "{\"a\":1,}",
                "{\"a\":1",
                "{a:1}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"\\u0061\":1}",
                "\"a",
                "'a'",
                "\"\t\"",
                "\"\0\"",
                "\"\\x\"",
                "\"\\u12\"",
                "/**/1",
                "\ufeff1",
            })
    void refusesWhatIsNotStrict(String text) {
        refuses(text, "json.syntax");
    }

    private static void refuses(String text, String code) {
        assertThatThrownBy(() -> JsonValues.read(text))
                .isInstanceOfSatisfying(
                        YmpException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    @Test
    void refusesANumberThatIsTooLong() {
        assertThat(hash("1".repeat(1000))).isNotEmpty();
        refuses("1".repeat(1001), "json.syntax");
        refuses("1." + "1".repeat(1001), "json.syntax");
        refuses("1e" + "1".repeat(1001), "json.syntax");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"\\ud83d\"", "\"\\ude00\\ud83d\"", "\"x\\ud83dx\"", "{\"\\ud83d\":1}"})
    void refusesHalfCharacters(String text) {
        refuses(text, "json.text");
    }

    @Test
    void refusesWhatIsTooDeep() {
        assertThat(JsonValues.read("[".repeat(37) + "]".repeat(37)).depth()).isEqualTo(37);
        refuses("[".repeat(38) + "]".repeat(38), "json.syntax");
        refuses("{\"a\":".repeat(100_000), "json.syntax");
    }

    @Test
    void refusesOctetsThatAreNotUtf8() {
        for (byte[] octets :
                new byte[][] {
                    {(byte) 0xff},
                    {'"', (byte) 0xc0, (byte) 0x80, '"'},
                    {'"', (byte) 0xed, (byte) 0xa0, (byte) 0xbd, '"'},
                    {'"', (byte) 0xe2, (byte) 0x82},
                }) {
            assertThatThrownBy(() -> JsonValues.decode(octets))
                    .isInstanceOfSatisfying(
                            YmpException.class,
                            refusal -> assertThat(refusal.code()).isEqualTo("json.encoding"));
        }
        refuses(
                new String("{}".getBytes(StandardCharsets.UTF_16), StandardCharsets.ISO_8859_1),
                "json.syntax");
    }

    /** Strangers choose the keys: many that Java would put into one bucket, too. */
    @Test
    void readsManyKeysInTime() {
        Random random = new Random(20261122);
        String keys =
                IntStream.range(0, 60_000)
                        .mapToObj(i ->
                                '"'
                                        + IntStream.range(0, 16)
                                                .mapToObj(bit -> (i >> bit & 1) == 0 ? "Aa" : "BB")
                                                .collect(Collectors.joining())
                                        + "\":"
                                        + random.nextInt(10))
                        .collect(Collectors.joining(",", "{", "}"));

        Assertions.assertTimeout(Duration.ofSeconds(3), () -> hash(keys));
    }
}
