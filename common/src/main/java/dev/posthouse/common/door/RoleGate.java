package dev.posthouse.common.door;

import dev.posthouse.common.setting.BadSetting;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets in who has a role by certificate, or by a JWT that names it in {@code groups} (YMP, section
 * 9). Without a key to verify them with, no JWT is good.
 */
public final class RoleGate implements Gate {

    private static final Pattern BEARER = Pattern.compile("(?i)bearer +(\\S+)");

    private final String role;
    private final JWTParser tokens;

    /** Opens to that role. */
    public RoleGate(String role, JWTParser tokens) {
        this.role = role;
        this.tokens = tokens;
    }

    /**
     * The key that JWTs are verified with, if there is one: read at start rather than at the first.
     *
     * @throws BadSetting if it cannot be read
     */
    public static void checkKey(JWTAuthContextInfo keys) {
        try {
            keys.getPublicKeyLocation();
        } catch (RuntimeException unreadable) {
            throw new BadSetting("mp.jwt.verify.publickey.location", "cannot be read", unreadable);
        }
    }

    /** Who is let in. */
    public String role() {
        return role;
    }

    @Override
    public Optional<Refusal> refuse(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        Caller caller = Caller.of(routing);
        Optional<Refusal> refusal =
                refuse(caller, request.headers().getAll(HttpHeaders.AUTHORIZATION));
        if (refusal.isEmpty()) {
            PeerRoles.admit(routing, role);
        }
        if (caller.hasRole(Set.of(role))) {
            // It is decided: the framework need not look at another proof.
            request.headers().remove(HttpHeaders.AUTHORIZATION);
        }
        return refusal;
    }

    Optional<Refusal> refuse(Caller caller, List<String> authorization) {
        if (caller.hasRole(Set.of(role))) {
            return Optional.empty();
        }
        if (!authorization.isEmpty()) {
            return refuseToken(authorization);
        }
        return Optional.of(
                caller.certified()
                        ? Refusal.of(403, "caller.role", "Your certificate's role may not do this.")
                        : Refusal.challenge(
                                "caller.unauthenticated",
                                "A client certificate or a token is needed.",
                                "Bearer"));
    }

    private Optional<Refusal> refuseToken(List<String> shown) {
        Matcher bearer = BEARER.matcher(shown.getFirst());
        if (shown.size() > 1 || !bearer.matches()) {
            return invalid();
        }
        try {
            return tokens.parse(bearer.group(1)).getGroups().contains(role)
                    ? Optional.empty()
                    : Optional.of(
                            Refusal.of(403, "caller.role", "Your token's role may not do this."));
        } catch (ParseException noGood) {
            return invalid();
        }
    }

    private static Optional<Refusal> invalid() {
        return Optional.of(
                Refusal.challenge(
                        "caller.token",
                        "The token is not valid here.",
                        "Bearer error=\"invalid_token\""));
    }
}
