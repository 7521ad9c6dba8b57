package dev.posthouse.ymp.host;

import dev.posthouse.common.guard.HostName;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What other hosts say of themselves (YMP, section 2). Whoever wants to know of a host while it is
 * being asked waits for that answer. Not to be called within a transaction.
 */
@Singleton
public final class HostInformations {

    private final KnownHosts known;
    private final LookUpHost lookUp;
    private final Pauses pauses;
    private final ConcurrentMap<HostName, CompletableFuture<HostInformation>> underWay =
            new ConcurrentHashMap<>();

    HostInformations(KnownHosts known, LookUpHost lookUp, Pauses pauses) {
        this.known = known;
        this.lookUp = lookUp;
        this.pauses = pauses;
    }

    /**
     * Of a host that we want to send to; the sender waits after failures.
     *
     * @throws NoInformation when it says nothing of use
     */
    public HostInformation of(HostName host) {
        return known.find(host).orElseGet(() -> lookUpOnce(host));
    }

    /**
     * Of a host that somebody has named: after a failure it is left alone for a while.
     *
     * @throws NoInformation when it says nothing of use, or has not a short while ago
     */
    public HostInformation ofNamed(HostName host) {
        return known.find(host).orElseGet(() -> lookUpUnlessPaused(host));
    }

    /** It is not as the host has said: it is asked anew the next time. */
    public void forget(HostName host) {
        known.forget(host);
    }

    private HostInformation lookUpUnlessPaused(HostName host) {
        if (pauses.isPaused(host)) {
            throw new NoInformation(NoInformation.PAUSED);
        }
        try {
            return lookUpOnce(host);
        } catch (NoInformation none) {
            if (!none.isOurEnd()) {
                pauses.failed(host);
            }
            throw none;
        }
    }

    private HostInformation lookUpOnce(HostName host) {
        CompletableFuture<HostInformation> mine = new CompletableFuture<>();
        CompletableFuture<HostInformation> others = underWay.putIfAbsent(host, mine);
        if (others != null) {
            return result(others);
        }
        try {
            // It may have come in since this caller looked.
            mine.complete(known.remembered(host).orElseGet(() -> lookUp(host)));
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

    private HostInformation lookUp(HostName host) {
        LookUpHost.Found found = lookUp.lookUp(host);
        known.keep(host, found);
        pauses.end(host);
        return found.information();
    }
}
