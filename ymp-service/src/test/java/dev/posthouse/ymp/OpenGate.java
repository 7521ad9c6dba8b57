package dev.posthouse.ymp;

import dev.posthouse.common.door.Gate;
import dev.posthouse.common.door.Refusal;
import io.quarkus.arc.DefaultBean;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The gate of the packet door where there is none: only its own token is good. */
@DefaultBean
@Singleton
final class OpenGate implements Gate {

    static final String TOKEN = "b64token-of-the-tests";

    @Override
    public Optional<Refusal> refuse(RoutingContext request) {
        return ("Bearer " + TOKEN).equals(request.request().getHeader("Authorization"))
                ? Optional.empty()
                : Optional.of(Refusal.challenge("token.invalid", "No good.", "Bearer"));
    }
}
