package dev.posthouse.e2e;

import dev.posthouse.testing.CsrMaker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Sessions per second, from accepted to collected, everything on one machine and this driver beside
 * it. It asserts that all succeed; the figures are printed for {@code docs/performance.md}.
 */
@Tag("soak")
final class ThroughputIT {

    private static final int SESSIONS = Integer.getInteger("posthouse.sessions", 4_000);
    private static final int CLIENTS = 64;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Running suite = Running.suite();

    @Test
    void sessionsPerSecond() throws Exception {
        List<Device.Session> sessions = new ArrayList<>();
        CsrMaker maker = CsrMaker.p256();
        for (int i = 0; i < 2 * SESSIONS; i++) {
            sessions.add(Device.session(maker));
        }
        run(sessions.subList(0, SESSIONS));
        long begin = System.nanoTime();
        double[] seconds = run(sessions.subList(SESSIONS, 2 * SESSIONS));
        double all = (System.nanoTime() - begin) / 1e9;

        Arrays.sort(seconds);
        System.out.printf(
                "throughput: %d sessions, %d clients: %.0f sessions/s; accepted to collected p50 %.3f s, p99 %.3f s%n",
                SESSIONS,
                CLIENTS,
                SESSIONS / all,
                seconds[SESSIONS / 2],
                seconds[SESSIONS * 99 / 100]);
    }

    private double[] run(List<Device.Session> sessions) throws Exception {
        List<Future<Double>> running = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(CLIENTS, Thread.ofVirtual().factory())) {
            Device device = suite.device();
            for (Device.Session session : sessions) {
                running.add(threads.submit(() -> once(device, session)));
            }
        }
        double[] seconds = new double[sessions.size()];
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] = running.get(i).get();
        }
        return seconds;
    }

    private static double once(Device device, Device.Session session) {
        long begin = System.nanoTime();
        if (device.obtain(session, PATIENCE).orElseThrow().status() != 200) {
            throw new AssertionError("a session failed");
        }
        return (System.nanoTime() - begin) / 1e9;
    }
}
