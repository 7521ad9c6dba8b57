package dev.posthouse.common.guard;

import dev.posthouse.common.guard.UncallableHost.Reason;
import dev.posthouse.common.net.IpAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a resolver, but waits no longer than a limit. The JDK's cannot be stopped while it waits for
 * a name server, so it runs on threads of its own, a bounded number of them: names that nobody
 * answers for hold up neither the caller nor the carriers of virtual threads.
 */
final class Lookups {

    /** Lookups under way at once; one more waits, within its limit. */
    static final int MOST = 64;

    private static final int IDLE_SECONDS = 1;

    private final Resolver resolver;
    private final Duration limit;
    private final ExecutorService threads = threads();

    Lookups(Resolver resolver, Duration limit) {
        this.resolver = resolver;
        this.limit = limit;
    }

    private static ExecutorService threads() {
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(
                        MOST,
                        MOST,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform().daemon().name("resolve-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /**
     * Asks once.
     *
     * @return at least one address, in the resolver's order
     */
    List<IpAddress> addresses(String name) {
        Future<List<InetAddress>> lookup = threads.submit(() -> resolver.resolve(name));
        try {
            return known(lookup.get(limit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException failed) {
            throw refusal(failed.getCause());
        } catch (TimeoutException late) {
            throw new UncallableHost(Reason.LATE);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UncallableHost(Reason.LATE);
        } finally {
            lookup.cancel(true);
        }
    }

    private static List<IpAddress> known(List<InetAddress> addresses) {
        if (addresses.isEmpty()) {
            throw new UncallableHost(Reason.UNKNOWN);
        }
        return addresses.stream().map(IpAddress::of).toList();
    }

    private static RuntimeException refusal(Throwable failure) {
        return failure instanceof UnknownHostException
                ? new UncallableHost(Reason.UNKNOWN)
                : new IllegalStateException("The resolver failed.", failure);
    }
}
