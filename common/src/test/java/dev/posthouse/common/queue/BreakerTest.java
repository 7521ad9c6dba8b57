package dev.posthouse.common.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a dispatcher may have under way, by the state of a circuit breaker. */
final class BreakerTest {

    private final One one = new One();
    private final Breaker breaker = new Breaker(one, "peer");

    @ParameterizedTest
    @CsvSource({"CLOSED, 64", "HALF_OPEN, 1", "OPEN, 0"})
    void admitsAllOrOneOrNone(CircuitBreakerState state, int admitted) {
        one.state = state;

        assertThat(breaker.admits(64)).isEqualTo(admitted);
    }

    @Test
    void tellsOfEveryChange() {
        AtomicInteger changes = new AtomicInteger();
        breaker.onChange(changes::incrementAndGet);

        one.heard.accept(CircuitBreakerState.HALF_OPEN);
        one.heard.accept(CircuitBreakerState.CLOSED);

        assertThat(changes).hasValue(2);
    }

    /** The only one there is, in whatever state the test says. */
    private static final class One implements CircuitBreakerMaintenance {
        private CircuitBreakerState state = CircuitBreakerState.CLOSED;
        private Consumer<CircuitBreakerState> heard;

        @Override
        public CircuitBreakerState currentState(String name) {
            assertThat(name).isEqualTo("peer");
            return state;
        }

        @Override
        public void onStateChange(String name, Consumer<CircuitBreakerState> callback) {
            assertThat(name).isEqualTo("peer");
            heard = callback;
        }

        @Override
        public void reset(String name) {
            resetAll();
        }

        @Override
        public void resetAll() {
            throw new UnsupportedOperationException();
        }
    }
}
