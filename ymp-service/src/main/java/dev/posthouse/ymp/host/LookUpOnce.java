package dev.posthouse.ymp.host;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.ymp.host.LookUpHost.Found;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** One look-up of a host at a time: whoever comes meanwhile waits for it, and shares its fate. */
final class LookUpOnce {

    private final KnownHosts known;
    private final Function<HostName, Found> way;
    private final ConcurrentMap<HostName, CompletableFuture<HostInformation>> underWay =
            new ConcurrentHashMap<>();

    /**
     * @param known keeps what is found
     * @param way asks the host
     */
    LookUpOnce(KnownHosts known, Function<HostName, Found> way) {
        this.known = known;
        this.way = way;
    }

    HostInformation lookUp(HostName host) {
        CompletableFuture<HostInformation> mine = new CompletableFuture<>();
        CompletableFuture<HostInformation> others = underWay.putIfAbsent(host, mine);
        if (others != null) {
            return result(others);
        }
        try {
            // It may have come in since this caller looked.
            mine.complete(known.remembered(host).orElseGet(() -> ask(host)));
        } catch (RuntimeException | Error failed) {
            mine.completeExceptionally(failed);
        } finally {
            underWay.remove(host, mine);
        }
        return result(mine);
    }

    private static HostInformation result(CompletableFuture<HostInformation> lookUp) {
        try {
            return lookUp.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof NoInformation none) {
                throw none;
            }
            throw failed;
        }
    }

    private HostInformation ask(HostName host) {
        Found found = way.apply(host);
        known.keep(host, found);
        return found.information();
    }
}
