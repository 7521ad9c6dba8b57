package dev.posthouse.proxy;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.posthouse.common.door.Refusal;
import dev.posthouse.common.door.Refusals;
import dev.posthouse.common.net.ForbiddenAddress;
import dev.posthouse.common.x509.InvalidCsr;
import dev.posthouse.proxy.ProxyException.AddressMismatch;
import dev.posthouse.proxy.ProxyException.AddressNotClaimable;
import dev.posthouse.proxy.ProxyException.KeyInUse;
import dev.posthouse.proxy.ProxyException.Overloaded;
import dev.posthouse.proxy.ProxyException.SessionConflict;
import dev.posthouse.proxy.ProxyException.TooManyOpenSessions;
import dev.posthouse.proxy.ProxyException.WanNotGlobal;
import dev.posthouse.proxy.ProxyException.WanUnknown;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.validator.runtime.jaxrs.ResteasyReactiveViolationException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The error door: what each refusal of the proxy looks like outside. */
final class ProxyErrors {

    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration WAN_RETRY = Duration.ofSeconds(10);

    private final Refusals refusals;

    ProxyErrors(MeterRegistry metrics) {
        this.refusals = new Refusals(metrics);
    }

    @ServerExceptionMapper
    Response refuse(ProxyException refusal, RoutingContext request) {
        return refusals.answer(
                switch (refusal) {
                    case AddressMismatch e -> Refusal.of(403, "address.mismatch", e.getMessage());
                    case AddressNotClaimable e ->
                            Refusal.of(403, "address.outside-ranges", e.getMessage());
                    case WanNotGlobal e -> Refusal.of(403, "address.wan", e.getMessage());
                    case WanUnknown e ->
                            Refusal.retry(503, "proxy.wan-unknown", e.getMessage(), WAN_RETRY);
                    case SessionConflict e -> Refusal.of(409, "session.conflict", e.getMessage());
                    case KeyInUse e -> Refusal.of(400, "csr.key.in-use", e.getMessage());
                    case TooManyOpenSessions e ->
                            Refusal.retry(429, "session.too-many", e.getMessage(), RETRY);
                    case Overloaded e -> Refusal.retry(503, "overload", e.getMessage(), RETRY);
                },
                request);
    }

    @ServerExceptionMapper
    Response refuseCsr(InvalidCsr invalid, RoutingContext request) {
        return refusals.answer(Refusal.of(400, invalid.code(), invalid.getMessage()), request);
    }

    @ServerExceptionMapper
    Response refuseAddress(ForbiddenAddress forbidden, RoutingContext request) {
        return refusals.answer(Refusal.of(403, forbidden.code(), forbidden.getMessage()), request);
    }

    /** All else; what the framework maps by its exact type is named, so that it comes here. */
    @ServerExceptionMapper({
        ForbiddenException.class,
        MismatchedInputException.class,
        ResteasyReactiveViolationException.class,
        Throwable.class,
        UnauthorizedException.class,
        WebApplicationException.class
    })
    Response fail(Throwable failure, RoutingContext request) {
        return refusals.answer(failure, request);
    }
}
