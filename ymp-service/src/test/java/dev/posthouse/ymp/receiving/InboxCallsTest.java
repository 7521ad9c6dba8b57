package dev.posthouse.ymp.receiving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.ymp.YmpException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** YMP, section 9: what applications may say to the inbox. */
final class InboxCallsTest {

    private static void refuses(Runnable step, String code) {
        assertThatThrownBy(step::run)
                .isInstanceOfSatisfying(
                        YmpException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    @Test
    void readsAQuery() {
        InboxQuery query = InboxQuery.parse("1000", "30", "Presentation", "");

        assertThat(query.most()).isEqualTo(1000);
        assertThat(query.patience()).isEqualTo(Duration.ofSeconds(30));
        assertThat(query.protocol()).contains("presentation");
        assertThat(query.service()).isEmpty();
        assertThat(InboxQuery.parse("1", "0", null, null).protocol()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "-1", "", "1.0", "x", "+1", "99999999999"})
    void refusesAMaximumThatCannotBe(String max) {
        refuses(() -> InboxQuery.parse(max, "0", null, null), "inbox.max");
    }

    @ParameterizedTest
    @ValueSource(strings = {"31", "-1", "", "0.5", "1s"})
    void refusesAWaitThatCannotBe(String wait) {
        refuses(() -> InboxQuery.parse("1", wait, null, null), "inbox.wait");
    }

    @Test
    void refusesNamesThatCannotBe() {
        refuses(() -> InboxQuery.parse("1", "0", "a b", null), "inbox.protocol");
        refuses(() -> InboxQuery.parse("1", "0", null, "x".repeat(65)), "inbox.service");
    }

    private static Acknowledgement acknowledgement(String body) {
        return Acknowledgement.parse(body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"seq\":[]}|0",
                "{\"seq\":[1,2,2]}|2",
                "{\"seq\":[1.0,1e0,-5],\"x\":1}|2",
                "{\"seq\":[9223372036854775807]}|1",
                "{\"seq\":[9223372036854775808, 1e999999999, 7]}|1"
            })
    void readsNumbers(String body, int number) {
        assertThat(acknowledgement(body).seqs()).hasSize(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"seq\":1}",
                "{\"seq\":null}",
                "{\"seq\":[\"1\"]}",
                "{\"seq\":[null]}",
                "{\"seq\":[1.5]}",
                "{\"seq\":[[1]]}",
                "{\"seq\":[1e-999999999]}",
            })
    void refusesWhatAreNoNumbers(String body) {
        refuses(() -> acknowledgement(body), "inbox.seq");
    }

    @Test
    void readsTenThousandNumbersAndNoMore() {
        assertThat(acknowledgement(numbers(10_000)).seqs()).hasSize(10_000);
        refuses(() -> acknowledgement(numbers(10_001)), "inbox.seq");
    }

    private static String numbers(int number) {
        return LongStream.range(0, number)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(",", "{\"seq\":[", "]}"));
    }
}
