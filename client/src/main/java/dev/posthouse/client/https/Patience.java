package dev.posthouse.client.https;

import dev.posthouse.client.failure.ClientException.Unavailable;
import dev.posthouse.client.https.Answer.Final;
import dev.posthouse.client.https.Answer.Good;
import dev.posthouse.client.https.Answer.Later;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Repeats a call until it is settled or its time is over (certificates, section 8). */
public final class Patience {

    private final RetryPolicy policy;
    private final Clock clock;
    private final Pause pause;

    /** How to wait, by which clock. */
    public Patience(RetryPolicy policy, Clock clock, Pause pause) {
        this.policy = policy;
        this.clock = clock;
        this.pause = pause;
    }

    /** The body of the first good answer. */
    public byte[] untilSettled(Instant deadline, Supplier<Answer> call) {
        for (int attempt = 0; ; attempt++) {
            switch (call.get()) {
                case Good good -> {
                    return good.body();
                }
                case Final refused -> throw refused.refusal();
                case Later later -> waitFor(later, attempt, deadline);
            }
        }
    }

    /** Waits until a moment, or until the deadline if there is still time but not enough. */
    public void until(Instant moment, Instant deadline, String why) {
        Instant now = clock.instant();
        Instant end = now.isBefore(deadline) && deadline.isBefore(moment) ? deadline : moment;
        Duration length = Duration.between(now, end);
        if (length.isPositive()) {
            pauseWithin(deadline, length, why, null);
        }
    }

    private void waitFor(Later later, int attempt, Instant deadline) {
        Duration length = policy.pause(attempt, later.after());
        pauseWithin(deadline, length, later.reason(), later.cause());
    }

    private void pauseWithin(Instant deadline, Duration length, String why, Throwable cause) {
        if (clock.instant().plus(length).isAfter(deadline)) {
            throw new Unavailable(
                    why + "; the time allowed is over, run the command again to go on", cause);
        }
        try {
            pause.during(length, why);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted while waiting: " + why, e);
        }
    }
}
