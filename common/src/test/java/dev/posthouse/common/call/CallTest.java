package dev.posthouse.common.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CallTest {

    @ParameterizedTest
    @ValueSource(strings = {"/", "/.well-known/ymp", "/a%20b?c=d&e", "/~a/'b'"})
    void takesAPath(String path) {
        assertThat(Call.get(path, Map.of()).path()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "https://example.com/",
                "*",
                "/a b",
                "/a#b",
                "/a\r\nHost: b",
                "/a\n",
                "/\t",
                "/\u007f",
                "/\u00fc",
                " /"
            })
    void refusesAPathThatIsMore(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> Call.get(path, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nb: c", "a\n", "\0", "\u00fc", "a\tb"})
    void refusesAHeaderThatIsMore(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Call.get("/", Map.of("X-Value", value)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a b", "a:", ":path", "a\r\n", "Host", "content-length", "Connection"})
    void refusesAHeaderThatIsNotTheCallersToWrite(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Call.get("/", Map.of(name, "x")));
    }

    @Test
    void refusesLimitsThatAreNone() {
        Duration second = Duration.ofSeconds(1);
        Duration minute = Duration.ofMinutes(1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CallLimits(Duration.ZERO, minute, minute, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CallLimits(minute, second, minute, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CallLimits(second, minute, Duration.ZERO, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CallLimits(second, minute, minute, -1));
    }
}
