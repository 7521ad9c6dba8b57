package dev.posthouse.ymp.outgoing;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.common.guard.UncallableHost;
import dev.posthouse.ymp.YmpException;
import dev.posthouse.ymp.host.PeerCalls;
import dev.posthouse.ymp.peer.PeerPolicy;
import jakarta.inject.Singleton;

/** Whom an application may send to (YMP, sections 1 and 9). */
@Singleton
final class Addressees {

    private final PeerCalls calls;
    private final PeerPolicy policy;

    Addressees(PeerCalls calls, PeerPolicy policy) {
        this.calls = calls;
        this.policy = policy;
    }

    /**
     * The host that an application names.
     *
     * @throws YmpException if it is none, or one that would never be called
     */
    HostName name(String text) {
        try {
            return calls.name(text);
        } catch (UncallableHost uncallable) {
            String code = uncallable.reason().code();
            throw uncallable.reason() == UncallableHost.Reason.SYNTAX
                    ? YmpException.malformed(code, uncallable.getMessage())
                    : YmpException.forbidden(code, uncallable.getMessage());
        }
    }

    /**
     * Refuses ourselves, a host that is not on the list, and a blocked one.
     *
     * @throws YmpException for those
     */
    void requireAdmitted(HostName host) {
        if (!policy.admits(host)) {
            throw YmpException.forbidden("host.forbidden", "The host is not sent to.");
        }
    }
}
