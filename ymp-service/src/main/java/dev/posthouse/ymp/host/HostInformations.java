package dev.posthouse.ymp.host;

import dev.posthouse.common.guard.HostName;
import jakarta.inject.Singleton;

/**
 * What other hosts say of themselves (YMP, section 2). Whoever wants to know of a host while it is
 * being asked waits for that answer; but we do not wait for what a stranger wants to know. Not to
 * be called within a transaction.
 */
@Singleton
public final class HostInformations {

    private final KnownHosts known;
    private final Pauses pauses;
    private final PeerCalls toNamed;
    private final LookUpOnce ours;
    private final LookUpOnce named;

    HostInformations(KnownHosts known, LookUpHost lookUp, Pauses pauses, PeerCalls calls) {
        this.known = known;
        this.pauses = pauses;
        this.toNamed = calls.toNamed();
        this.ours = new LookUpOnce(known, lookUp);
        this.named = new LookUpOnce(known, lookUp);
    }

    /**
     * Of a host that we want to send to; the sender waits after failures.
     *
     * @param calls by which way it is asked, if it is not known
     * @throws NoInformation when it says nothing of use
     */
    public HostInformation of(HostName host, PeerCalls calls) {
        return known.find(host).orElseGet(() -> ended(host, ours.lookUp(host, calls)));
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
            return ended(host, named.lookUp(host, toNamed));
        } catch (NoInformation none) {
            if (!none.isOurEnd()) {
                pauses.failed(host);
            }
            throw none;
        }
    }

    private HostInformation ended(HostName host, HostInformation information) {
        pauses.end(host);
        return information;
    }
}
