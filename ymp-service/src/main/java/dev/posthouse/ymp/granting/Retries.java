package dev.posthouse.ymp.granting;

import dev.posthouse.common.queue.Backoff;
import dev.posthouse.ymp.YmpConfig;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** When a grant is sent again: at most three times, within 30 s (YMP, section 5). */
@Singleton
final class Retries {

    private static final int MOST = 3;
    private static final Duration WINDOW = Duration.ofSeconds(30);

    private final Backoff backoff;
    private final Clock clock;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final CountDownLatch stopping = new CountDownLatch(1);

    Retries(YmpConfig settings, Clock clock) {
        this.backoff = new Backoff(settings.backoff().first(), settings.backoff().cap());
        this.clock = clock;
    }

    /** Those of the grants for one state. */
    Row begin() {
        return new Row(clock.instant().plus(WINDOW));
    }

    /** No more: the service goes down. */
    void stop() {
        stopping.countDown();
    }

    /** Counts. */
    final class Row {

        private final Instant end;
        private int made;
        private boolean timedOut;

        private Row(Instant end) {
            this.end = end;
        }

        /** Waits for the next try, if there is one. */
        boolean next(Sent last) {
            if (!mayFollow(last) || made == MOST) {
                return false;
            }
            made++;
            timedOut |= last.outcome() == Sent.Outcome.TIMEOUT;
            Duration pause = last.retryAfter().orElseGet(() -> backoff.after(made, random));
            return clock.instant().plus(pause).isBefore(end) && waits(pause);
        }

        private boolean mayFollow(Sent last) {
            return switch (last.outcome()) {
                case BUSY, UNREACHABLE -> true;
                case TIMEOUT -> !timedOut;
                case GRANTED, REFUSED, NOWHERE, BROKEN, UNCALLABLE -> false;
            };
        }
    }

    private boolean waits(Duration pause) {
        try {
            return !stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
