package dev.posthouse.client.https;

import java.time.Duration;

/** Lets time pass, and may tell somebody why. */
@FunctionalInterface
public interface Pause {

    /** Waits. */
    void during(Duration length, String why) throws InterruptedException;
}
