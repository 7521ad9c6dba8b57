package dev.posthouse.ymp.asking;

import com.fasterxml.jackson.databind.JsonNode;
import dev.posthouse.common.event.TokenReceived;
import dev.posthouse.common.outbox.Outbox;
import dev.posthouse.ymp.YmpException;
import dev.posthouse.ymp.peer.Peers;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Instant;

/**
 * Keeps a token that a host grants (YMP, section 4). The checks are in {@link Grant#read}; the last
 * is the state's. Consuming it and storing the token are one transaction: whoever gets 204 has
 * consumed the state, and nobody else.
 */
@Singleton
final class TakeGrant {

    private final PendingStates states;
    private final HeldTokens tokens;
    private final Peers peers;
    private final Outbox outbox;
    private final Event<TokenArrived> arrived;

    TakeGrant(
            PendingStates states,
            HeldTokens tokens,
            Peers peers,
            Outbox outbox,
            Event<TokenArrived> arrived) {
        this.states = states;
        this.tokens = tokens;
        this.peers = peers;
        this.outbox = outbox;
        this.arrived = arrived;
    }

    /**
     * Takes a grant.
     *
     * @return when its state was made
     * @throws YmpException for a grant that was not asked for
     */
    Instant take(JsonNode body, Instant now) {
        Grant grant = Grant.read(body, now);
        Instant asked = QuarkusTransaction.requiringNew().call(() -> keep(grant, now));
        arrived.fire(new TokenArrived(grant.host()));
        return asked;
    }

    private Instant keep(Grant grant, Instant now) {
        Instant asked =
                states.consume(grant.state(), grant.host(), now).orElseThrow(TakeGrant::unasked);
        tokens.put(new HeldToken(grant.host(), grant.token(), now, grant.expires()));
        peers.tokenArrived(grant.host(), now);
        outbox.add(
                dev.posthouse.common.event.Event.of(
                        new TokenReceived(grant.host().text(), grant.expires()), now));
        return asked;
    }

    private static YmpException unasked() {
        return YmpException.malformed("state.invalid", "This grant was not asked for.");
    }
}
