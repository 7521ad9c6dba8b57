package dev.posthouse.ymp.granting;

import dev.posthouse.common.call.Answer;
import dev.posthouse.common.call.CallFailed;
import dev.posthouse.common.guard.HostName;
import dev.posthouse.common.guard.UncallableHost;
import dev.posthouse.ymp.OurHost;
import dev.posthouse.ymp.Unhurried;
import dev.posthouse.ymp.YmpConfig;
import dev.posthouse.ymp.granting.Sent.Outcome;
import dev.posthouse.ymp.host.PeerCalls;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * Sends a host one grant, with a token of its own (YMP, sections 3.2 and 5).
 *
 * <ol>
 *   <li>Store the token: from here on it counts.
 *   <li>Send it.
 *   <li>Keep it after a 204; revoke it after anything else, and after nothing.
 * </ol>
 *
 * A crash between 1 and 3 leaves a token whose trial ends by itself.
 */
@Singleton
final class SendGrant {

    private static final String SECONDS = "[0-9]{1,5}";

    private final GrantedTokens tokens;
    private final PeerCalls calls;
    private final OurHost us;
    private final Duration lifetime;
    private final Clock clock;

    SendGrant(GrantedTokens tokens, PeerCalls calls, OurHost us, YmpConfig settings, Clock clock) {
        this.tokens = tokens;
        this.calls = calls.toNamed();
        this.us = us;
        this.lifetime = settings.tokenLifetime();
        this.clock = clock;
    }

    Sent send(HostName host, String path, String state) {
        Token token = Token.fresh();
        Instant expires = wholeSecond(clock.instant().plus(lifetime));
        byte[] body = new Grant(us.name(), token, expires, state).json();
        // One that is lost with the database is a token of no use, and is asked for again.
        Unhurried.run(() -> tokens.add(host, token, expires));
        boolean taken = false;
        try {
            Sent sent = post(host, path, body);
            taken = sent.outcome() == Outcome.GRANTED;
            return sent;
        } finally {
            settle(host, token, expires, taken);
        }
    }

    /** The next: a token of one second would else be none. */
    private static Instant wholeSecond(Instant end) {
        return end.plusSeconds(1).minusNanos(1).truncatedTo(ChronoUnit.SECONDS);
    }

    private void settle(HostName host, Token token, Instant expires, boolean taken) {
        QuarkusTransaction.requiringNew()
                .run(() -> {
                    if (taken) {
                        tokens.keep(host, token, expires);
                    } else {
                        tokens.revoke(host, token);
                    }
                });
    }

    private Sent post(HostName host, String path, byte[] body) {
        try {
            return sent(calls.post(host, path, Map.of(), body));
        } catch (UncallableHost forbidden) {
            return Sent.of(Outcome.UNCALLABLE);
        } catch (CallFailed failed) {
            return Sent.of(
                    switch (failed.reason()) {
                        case CONNECT -> Outcome.UNREACHABLE;
                        case TIMEOUT -> Outcome.TIMEOUT;
                        case TLS, CERTIFICATE, REDIRECT, BROKEN, CLOSED -> Outcome.BROKEN;
                    });
        }
    }

    private static Sent sent(Answer answer) {
        return switch (answer.status()) {
            case 204 -> Sent.of(Outcome.GRANTED);
            case 429, 502, 503, 504 -> new Sent(Outcome.BUSY, retryAfter(answer));
            case 404, 405 -> Sent.of(Outcome.NOWHERE);
            default -> Sent.of(Outcome.REFUSED);
        };
    }

    private static Optional<Duration> retryAfter(Answer answer) {
        return answer.header("retry-after")
                .filter(value -> value.matches(SECONDS))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }
}
