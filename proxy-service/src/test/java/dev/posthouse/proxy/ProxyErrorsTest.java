package dev.posthouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.common.door.RequestId;
import dev.posthouse.common.problem.Problem;
import dev.posthouse.proxy.ProxyException.AddressMismatch;
import dev.posthouse.proxy.ProxyException.AddressNotClaimable;
import dev.posthouse.proxy.ProxyException.KeyInUse;
import dev.posthouse.proxy.ProxyException.Overloaded;
import dev.posthouse.proxy.ProxyException.SessionConflict;
import dev.posthouse.proxy.ProxyException.TooManyOpenSessions;
import dev.posthouse.proxy.ProxyException.WanNotGlobal;
import dev.posthouse.proxy.ProxyException.WanUnknown;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Certificates, sections 3, 6, 9 and 11: what each of the proxy's own refusals looks like outside.
 */
final class ProxyErrorsTest {

    static final List<Arguments> REFUSALS =
            List.of(
                    Arguments.of(new AddressMismatch(), 403, "address.mismatch", false),
                    Arguments.of(new AddressNotClaimable(), 403, "address.outside-ranges", false),
                    Arguments.of(new WanNotGlobal(), 403, "address.wan", false),
                    Arguments.of(new WanUnknown(), 503, "proxy.wan-unknown", true),
                    Arguments.of(new SessionConflict(), 409, "session.conflict", false),
                    Arguments.of(new KeyInUse(), 400, "csr.key.in-use", false),
                    Arguments.of(new TooManyOpenSessions(), 429, "session.too-many", true),
                    Arguments.of(new Overloaded(), 503, "overload", true));

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    private static RoutingContext call() {
        return (RoutingContext)
                Proxy.newProxyInstance(
                        ProxyErrorsTest.class.getClassLoader(),
                        new Class<?>[] {RoutingContext.class},
                        (proxy, method, arguments) ->
                                method.getName().equals("get") ? get(arguments) : null);
    }

    private static Object get(Object... keyAndDefault) {
        return keyAndDefault[0].equals(RequestId.HEADER)
                ? "r-1"
                : keyAndDefault[keyAndDefault.length - 1];
    }

    @ParameterizedTest
    @FieldSource("REFUSALS")
    void areProblems(ProxyException refusal, int status, String code, boolean again)
            throws IOException {
        Response response = new ProxyErrors(metrics).refuse(refusal, call());

        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(response.getMediaType().toString()).isEqualTo("application/problem+json");
        assertThat(response.getHeaderString("Retry-After") != null).isEqualTo(again);
        Problem problem =
                new ObjectMapper().readValue((byte[]) response.getEntity(), Problem.class);
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.instance()).hasToString("urn:posthouse:request:r-1");
        assertThat(metrics.counter("posthouse.refusals", "code", code).count()).isEqualTo(1);
    }

    @Test
    void areAllOfThem() {
        assertThat(REFUSALS)
                .extracting(arguments -> arguments.get()[0].getClass().getName())
                .containsExactlyInAnyOrder(
                        Stream.of(ProxyException.class.getPermittedSubclasses())
                                .map(Class::getName)
                                .toArray(String[]::new));
    }
}
