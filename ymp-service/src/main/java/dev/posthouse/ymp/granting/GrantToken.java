package dev.posthouse.ymp.granting;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.ymp.granting.Sent.Outcome;
import dev.posthouse.ymp.host.HostInformations;
import dev.posthouse.ymp.host.NoInformation;
import dev.posthouse.ymp.peer.PeerPolicy;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/**
 * Grants a token to a host that was named in a request (YMP, section 5). That it takes the grant is
 * the only proof that it asked.
 *
 * <ol>
 *   <li>The host is one we deal with, and has not been called too often.
 *   <li>The host itself says where grants go.
 *   <li>Send the grant; where that may help, again, with another token and the same state.
 * </ol>
 *
 * Nothing of it survives a crash but tokens on trial: the host asks again.
 */
@Singleton
final class GrantToken {

    private final PeerPolicy policy;
    private final HostInformations informations;
    private final SendGrant sendGrant;
    private final CallbackLimits limits;
    private final Retries retries;
    private final MeterRegistry metrics;

    GrantToken(
            PeerPolicy policy,
            HostInformations informations,
            SendGrant sendGrant,
            CallbackLimits limits,
            Retries retries,
            MeterRegistry metrics) {
        this.policy = policy;
        this.informations = informations;
        this.sendGrant = sendGrant;
        this.limits = limits;
        this.retries = retries;
        this.metrics = metrics;
    }

    Fate grant(HostName host, String state) {
        if (!policy.admits(host)) {
            return Fate.FORBIDDEN;
        }
        if (limits.isPaused(host)) {
            return Fate.PAUSED;
        }
        if (!limits.take(host)) {
            return Fate.THROTTLED;
        }
        try {
            return send(host, informations.ofNamed(host).grantPath(), state);
        } catch (NoInformation unknown) {
            return Fate.UNKNOWN;
        }
    }

    private Fate send(HostName host, String path, String state) {
        Retries.Row row = retries.begin();
        Sent sent = once(host, path, state);
        while (row.next(sent) && limits.take(host)) {
            sent = once(host, path, state);
        }
        if (sent.outcome() == Outcome.GRANTED) {
            limits.granted(host);
            return Fate.GRANTED;
        }
        if (sent.outcome() == Outcome.NOWHERE) {
            informations.forget(host);
        }
        limits.failed(host);
        return Fate.FAILED;
    }

    private Sent once(HostName host, String path, String state) {
        Sent sent = sendGrant.send(host, path, state);
        metrics.counter("posthouse.ymp.callbacks", "result", sent.outcome().code()).increment();
        return sent;
    }
}
