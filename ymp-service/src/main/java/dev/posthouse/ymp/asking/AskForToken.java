package dev.posthouse.ymp.asking;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.common.call.CallFailed;
import dev.posthouse.common.guard.HostName;
import dev.posthouse.common.guard.UncallableHost;
import dev.posthouse.ymp.OurHost;
import dev.posthouse.ymp.host.CallPrevented;
import dev.posthouse.ymp.host.HostInformations;
import dev.posthouse.ymp.host.NoInformation;
import dev.posthouse.ymp.host.PeerCalls;
import dev.posthouse.ymp.peer.Peers;
import jakarta.inject.Singleton;
import java.util.Map;

/**
 * Asks a host for a token (YMP, sections 3.1 and 4), once the peer's turn has been taken with
 * {@link Peers#mayAsk}. Not to be called within a transaction.
 *
 * <ol>
 *   <li>Find out where the host takes requests.
 *   <li>Make sure that the caller may still ask; if not, the turn is given back.
 *   <li>Store a new state, bound to the host. Before the request leaves, since the grant may be
 *       here before the request's answer.
 *   <li>Send the request to that host and no other: a redirect is a failure.
 *   <li>Note until when the grant is waited for, unless it is in already.
 * </ol>
 *
 * A crash after 3 leaves a state that nobody brings back, or whose grant any instance takes.
 */
@Singleton
public final class AskForToken {

    private final OurHost ours;
    private final HostInformations informations;
    private final PeerCalls calls;
    private final AwaitedGrants awaited;
    private final ObjectMapper json;

    AskForToken(
            OurHost ours,
            HostInformations informations,
            PeerCalls calls,
            AwaitedGrants awaited,
            ObjectMapper json) {
        this.ours = ours;
        this.informations = informations;
        this.calls = calls;
        this.awaited = awaited;
        this.json = json;
    }

    /**
     * Asks; any failure is an outcome, except of the database and of that step.
     *
     * @param step to be done before each call
     * @throws CallPrevented when the step says so
     */
    public Asked ask(HostName host, Runnable step) {
        Asked asked;
        try {
            asked = outcome(host, step);
        } catch (CallPrevented prevented) {
            awaited.giveBack(host);
            throw prevented;
        }
        awaited.settle(host, asked);
        return asked;
    }

    private Asked outcome(HostName host, Runnable step) {
        PeerCalls by = calls.after(step);
        try {
            String path = informations.of(host, by).requestPath();
            step.run();
            return request(host, path, by);
        } catch (NoInformation none) {
            return new Asked.Failed(none.code());
        } catch (UncallableHost uncallable) {
            return new Asked.Failed(uncallable.reason().code());
        } catch (CallFailed failed) {
            return new Asked.Failed(failed.reason().code());
        }
    }

    private Asked request(HostName host, String path, PeerCalls by) {
        State state = awaited.begin(host);
        int status = by.post(host, path, Map.of(), body(state)).status();
        if (status == 404 || status == 405) {
            informations.forget(host);
        }
        return status == 204 ? awaited.awaiting() : new Asked.Failed("request.status");
    }

    private byte[] body(State state) {
        try {
            return json.writeValueAsBytes(new TokenRequest(ours.text(), state.text()));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A token request cannot be written.");
        }
    }
}
