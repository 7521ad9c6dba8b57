package dev.posthouse.ymp.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.posthouse.common.call.CallFailed;
import dev.posthouse.common.call.CallLimits;
import dev.posthouse.common.call.CallTls;
import dev.posthouse.common.call.StrangerClient;
import dev.posthouse.common.guard.HostName;
import dev.posthouse.common.guard.Resolver;
import dev.posthouse.common.guard.StrangerGuard;
import dev.posthouse.common.guard.UncallableHost;
import dev.posthouse.testing.FakeClock;
import dev.posthouse.testing.TrickyHosts;
import dev.posthouse.ymp.Guards;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No call to whom we do not call, and a count of each (YMP, sections 5 and 9). */
class PeerCallsTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final FakeClock CLOCK = new FakeClock(Instant.parse("2026-11-22T19:00:00Z"));

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @AfterAll
    static void end() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void neverResolvesWhatIsNoName(String name) {
        PeerCalls calls =
                calls(host -> {
                    throw new AssertionError("asked for " + host);
                });

        assertThatThrownBy(() -> calls.name(name)).isInstanceOf(UncallableHost.class);
        assertThat(refused("host.syntax")).isOne();
    }

    static Stream<String> unreadable() {
        return TrickyHosts.unreadable();
    }

    @ParameterizedTest
    @MethodSource("unlisted")
    void neverResolvesAnAddressOrLocalhost(String name) {
        PeerCalls calls =
                calls(host -> {
                    throw new AssertionError("asked for " + host);
                });
        HostName host = HostName.parse(name);

        assertThatThrownBy(() -> calls.get(host, "/")).isInstanceOf(UncallableHost.class);
        assertThat(refused("host.unlisted")).isOne();
    }

    static Stream<String> unlisted() {
        return TrickyHosts.unlisted();
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void neverCallsAForbiddenAddress(String address) {
        PeerCalls calls = calls(host -> List.of(InetAddress.ofLiteral(address)));

        assertThatThrownBy(() -> calls.get(HostName.parse("a.example"), "/"))
                .isInstanceOf(UncallableHost.class);
        assertThat(refused("host.address")).isOne();
    }

    static Stream<String> addresses() {
        return TrickyHosts.addresses();
    }

    @Test
    void saysThatItIsOurEndWhenWeShutDown() {
        PeerCalls calls = calls(host -> List.of(InetAddress.ofLiteral("8.8.8.8")));
        HostName host = HostName.parse("a.example");

        assertThat(catchThrowableOfType(CallFailed.class, () -> calls.get(host, "/")).reason())
                .isEqualTo(CallFailed.Reason.CLOSED);
    }

    private double refused(String code) {
        return metrics.counter("posthouse.ymp.hosts.refused", "code", code).count();
    }

    /** Its client is closed: whatever gets that far is CLOSED. */
    private PeerCalls calls(Resolver resolver) {
        StrangerClient client =
                new StrangerClient(VERTX, CallTls.trusting(List.of()), CallLimits.YMP);
        client.close();
        StrangerGuard guard =
                new StrangerGuard(Set.of(), port -> false, resolver, Duration.ofSeconds(3));
        return new PeerCalls(
                new Guards(guard, guard), client, new ClockSkew(CLOCK, metrics), metrics);
    }
}
