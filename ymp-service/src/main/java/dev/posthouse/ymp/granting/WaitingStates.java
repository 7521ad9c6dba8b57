package dev.posthouse.ymp.granting;

import dev.posthouse.common.guard.HostName;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The states that wait for their grants (YMP, section 5, amplification): for each host one is in
 * work and at most three wait, in order; a fourth drops the oldest of them. Only so many hosts are
 * in work at once, and nothing is remembered of the others.
 */
final class WaitingStates {

    private static final int MOST_WAITING = 3;

    private final int mostHosts;
    private final Consumer<TokenRequest> grant;
    private final Map<HostName, Deque<TokenRequest>> hosts = new HashMap<>();

    /**
     * @param mostHosts in work at once
     * @param grant deals with one request, and never throws
     */
    WaitingStates(int mostHosts, Consumer<TokenRequest> grant) {
        this.mostHosts = mostHosts;
        this.grant = grant;
    }

    /**
     * Begins with a request, or lets it wait.
     *
     * @return what it drops: itself or an older one
     */
    synchronized Optional<Fate> add(TokenRequest request) {
        Deque<TokenRequest> waiting = hosts.get(request.host());
        if (waiting != null) {
            return wait(waiting, request);
        }
        if (hosts.size() >= mostHosts) {
            return Optional.of(Fate.BUSY);
        }
        hosts.put(request.host(), new ArrayDeque<>());
        Thread.ofVirtual().name("grant").start(() -> work(request));
        return Optional.empty();
    }

    private static Optional<Fate> wait(Deque<TokenRequest> waiting, TokenRequest request) {
        waiting.addLast(request);
        if (waiting.size() <= MOST_WAITING) {
            return Optional.empty();
        }
        waiting.removeFirst();
        return Optional.of(Fate.SUPERSEDED);
    }

    private void work(TokenRequest first) {
        TokenRequest request = first;
        while (request != null) {
            grant.accept(request);
            request = next(first.host());
        }
    }

    private synchronized TokenRequest next(HostName host) {
        TokenRequest next = hosts.get(host).pollFirst();
        if (next == null) {
            hosts.remove(host);
            notifyAll();
        }
        return next;
    }

    /** Drops what waits, and gives what is in work a while. */
    synchronized void drain(Duration grace) {
        hosts.values().forEach(Deque::clear);
        long end = System.nanoTime() + grace.toNanos();
        try {
            for (long left = grace.toNanos();
                    left > 0 && !hosts.isEmpty();
                    left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
