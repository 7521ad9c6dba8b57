package dev.posthouse.ymp.granting;

import dev.posthouse.common.door.Gate;
import dev.posthouse.common.door.Refusal;
import dev.posthouse.common.guard.HostName;
import dev.posthouse.ymp.peer.PeerPolicy;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The gate of the packet door (YMP, section 7): whoever sends shows a token that counts, in the one
 * place where it is looked for (RFC 6750, section 2.1).
 */
@Singleton
public final class PacketToken implements Gate {

    private static final String KEY = PacketToken.class.getName();
    private static final int LONGEST = 4096;

    /** Of ASCII's letters alone, however large. */
    private static final Pattern BEARER =
            Pattern.compile("bearer(?: +(.*))?", Pattern.CASE_INSENSITIVE);

    private static final Pattern B64TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]++=*+");

    private static final Refusal MISSING =
            Refusal.challenge("token.missing", "A bearer token is needed.", "Bearer");
    private static final Refusal INVALID =
            Refusal.challenge(
                    "token.invalid",
                    "The token is unknown, expired or revoked.",
                    "Bearer error=\"invalid_token\"");
    private static final Refusal FORBIDDEN =
            Refusal.of(403, "host.forbidden", "This host sends nothing to us.");

    private final TokenHolders tokens;
    private final PeerPolicy policy;
    private final Clock clock;

    PacketToken(TokenHolders tokens, PeerPolicy policy, Clock clock) {
        this.tokens = tokens;
        this.policy = policy;
        this.clock = clock;
    }

    /** The host that sends this packet: the one that its token was granted to. */
    public static HostName holder(RoutingContext request) {
        return request.get(KEY);
    }

    @Override
    public Optional<Refusal> refuse(RoutingContext request) {
        List<String> sent = request.request().headers().getAll(HttpHeaders.AUTHORIZATION);
        if (sent.size() != 1) {
            return Optional.of(sent.isEmpty() ? MISSING : INVALID);
        }
        Matcher bearer = BEARER.matcher(sent.getFirst());
        if (!bearer.matches()) {
            return Optional.of(MISSING);
        }
        String token = bearer.group(1);
        return isToken(token) ? judge(request, token) : Optional.of(INVALID);
    }

    private static boolean isToken(String text) {
        return text != null && text.length() <= LONGEST && B64TOKEN.matcher(text).matches();
    }

    private Optional<Refusal> judge(RoutingContext request, String token) {
        Optional<TokenHolders.Holder> holder = tokens.find(token, clock.instant());
        if (holder.isEmpty()) {
            return Optional.of(INVALID);
        }
        HostName host = holder.get().host();
        if (holder.get().blocked() || !policy.lists(host)) {
            return Optional.of(FORBIDDEN);
        }
        request.put(KEY, host);
        return Optional.empty();
    }
}
