package dev.posthouse.ymp.host;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.ymp.host.LookUpHost.Found;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * One look-up of a host at a time: whoever comes meanwhile waits for it, and shares its fate;
 * unless it was prevented, which concerns only who asked.
 */
final class LookUpOnce {

    private final KnownHosts known;
    private final LookUpHost lookUp;
    private final ConcurrentMap<HostName, CompletableFuture<HostInformation>> underWay =
            new ConcurrentHashMap<>();

    LookUpOnce(KnownHosts known, LookUpHost lookUp) {
        this.known = known;
        this.lookUp = lookUp;
    }

    /**
     * Asks the host, or waits for whoever is asking.
     *
     * @param calls by which way
     * @throws NoInformation when it says nothing of use
     * @throws CallPrevented when what this caller does before its calls says so
     */
    HostInformation lookUp(HostName host, PeerCalls calls) {
        CompletableFuture<HostInformation> mine = new CompletableFuture<>();
        CompletableFuture<HostInformation> others = underWay.putIfAbsent(host, mine);
        if (others != null) {
            return shared(others, host, calls);
        }
        try {
            // It may have come in since this caller looked.
            mine.complete(known.remembered(host).orElseGet(() -> ask(host, calls)));
        } catch (RuntimeException | Error failed) {
            mine.completeExceptionally(failed);
        } finally {
            underWay.remove(host, mine);
        }
        return result(mine);
    }

    private HostInformation shared(
            CompletableFuture<HostInformation> others, HostName host, PeerCalls calls) {
        try {
            return result(others);
        } catch (CallPrevented theirs) {
            underWay.remove(host, others);
            return lookUp(host, calls);
        }
    }

    private static HostInformation result(CompletableFuture<HostInformation> lookUp) {
        try {
            return lookUp.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    private HostInformation ask(HostName host, PeerCalls calls) {
        Found found = lookUp.lookUp(host, calls);
        known.keep(host, found);
        return found.information();
    }
}
