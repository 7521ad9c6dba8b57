package dev.posthouse.common.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates, section 12: what is done later belongs to the trace it began in. */
final class TracesTest {

    private static final String KEPT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void goesOnInATraceThatWasKept() {
        assertThat(Traces.resume(KEPT, Traces::current)).isEqualTo(KEPT);
        assertThat(Traces.current()).isNull();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "garbage", "00-0-0-01"})
    void doesWithoutOneThatIsNone(String kept) {
        assertThat(Traces.<String>resume(kept, Traces::current)).isNull();
    }
}
