package dev.posthouse.client.testing;

import dev.posthouse.client.https.Pause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A clock that moves only when somebody waits, and remembers the waits. */
public final class FakeTime extends Clock implements Pause {

    private Instant now;
    private final List<Duration> pauses = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private Runnable meanwhile = () -> {};
    private int interruptedAt = -1;

    public FakeTime(Instant now) {
        this.now = now;
    }

    public List<Duration> pauses() {
        return pauses;
    }

    public List<String> reasons() {
        return reasons;
    }

    /** What happens during the next pause. */
    public void meanwhile(Runnable event) {
        meanwhile = event;
    }

    /** The pause with this number, from 0, is cut short as by a signal. */
    public void interruptAt(int pause) {
        interruptedAt = pause;
    }

    public void advance(Duration length) {
        now = now.plus(length);
    }

    @Override
    public void during(Duration length, String why) throws InterruptedException {
        if (pauses.size() == interruptedAt) {
            interruptedAt = -1;
            throw new InterruptedException();
        }
        pauses.add(length);
        reasons.add(why);
        now = now.plus(length);
        Runnable event = meanwhile;
        meanwhile = () -> {};
        event.run();
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
