package dev.posthouse.client.cli;

import dev.posthouse.client.https.Pause;
import java.io.PrintWriter;
import java.time.Duration;

/** Says once why it waits, for logs. */
record SpokenPause(PrintWriter err) implements Pause {

    @Override
    public void during(Duration length, String why) throws InterruptedException {
        err.printf("posthouse: %s; waiting %.1f s%n", why, length.toMillis() / 1000.0);
        err.flush();
        Thread.sleep(length);
    }
}
