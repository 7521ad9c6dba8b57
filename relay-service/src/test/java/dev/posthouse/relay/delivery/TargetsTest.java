package dev.posthouse.relay.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.posthouse.common.guard.UncallableHost;
import dev.posthouse.common.guard.UncallableHost.Reason;
import dev.posthouse.common.setting.BadSetting;
import dev.posthouse.relay.TestSettings;
import dev.posthouse.testing.Await;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PoHTTP, section 9: static routes, and who may be called. */
final class TargetsTest {

    private static Targets with(String address, Map<String, String> settings) {
        return new Targets(
                TestSettings.with(settings), name -> List.of(InetAddress.ofLiteral(address)));
    }

    private static final Map<String, String> ROUTED =
            Map.of("relay.routes.\"peer.example\"", "https://localhost:8443/in");

    private static void call(Targets targets, String address) {
        call(targets, address, false);
    }

    private static void call(Targets targets, String address, boolean sound) {
        Target target = targets.at(address, sound).orElseThrow();
        assertThat(target.guard().resolve(target.url().host()).addresses()).isNotEmpty();
    }

    private static void refuses(Targets targets, String address, Reason reason) {
        assertThatExceptionOfType(UncallableHost.class)
                .isThrownBy(() -> call(targets, address))
                .extracting(UncallableHost::reason)
                .isEqualTo(reason);
    }

    @Test
    void goesByTheRouteWhateverTheCase() {
        Targets targets = with("127.0.0.1", ROUTED);

        assertThat(targets.at("Peer.EXAMPLE", false).orElseThrow().url().text())
                .isEqualTo("https://localhost:8443/in");
        assertThat(targets.at("other.example", true).orElseThrow().url().text())
                .isEqualTo("https://other.example/");
        assertThat(targets.at("rng://peer.example", false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://v.example/1, v.example/1",
        "https://V.example/A, v.example/A",
        "https://v.example?x, v.example/?x",
        "rng+http://v.example, v.example",
        "v.example, v.example",
        "https://v.example:443/, v.example",
        "https://v.example:8443/, v.example:8443",
        "peer.example, route: localhost:8443/in",
        "https://localhost:8443/in, localhost:8443/in",
        "rng://v.example, nowhere: rng://v.example",
        "localhost:8443, nowhere: localhost:8443"
    })
    void knowsAPeerByItsUrl(String address, String peer) {
        assertThat(with("127.0.0.1", ROUTED).of(address)).isEqualTo(peer);
    }

    @Test
    void countsARoutesTargetAsListed() {
        call(with("127.0.0.1", ROUTED), "peer.example");
        call(with("10.1.2.3", Map.of("relay.routes.\"p\"", "https://inner.example/")), "p");
        call(with("10.1.2.3", Map.of("relay.routes.\"p\"", "http://127.0.0.1:8080/")), "p");
    }

    /** Neither for parcels that name the same host, nor for redirects. */
    @Test
    void countsItAsThatAlone() {
        Targets targets = with("127.0.0.1", ROUTED);

        refuses(targets, "https://localhost:8443/in", Reason.UNLISTED);
        assertThatExceptionOfType(UncallableHost.class)
                .isThrownBy(() ->
                        targets.strangers()
                                .resolve(
                                        targets.at("peer.example", false)
                                                .orElseThrow()
                                                .url()
                                                .host()));
    }

    @ParameterizedTest
    @CsvSource({
        "v.example, v.example",
        "v.example:8443/1/2, v.example:8443",
        "route: localhost:8443/in, route: localhost:8443"
    })
    void knowsTheHostOfAPeer(String peer, String host) {
        assertThat(Targets.host(peer)).isEqualTo(host);
    }

    @Test
    void looksUpThoseThatAnswerThoughOthersNamesHoldUpTheRest() {
        Semaphore silence = new Semaphore(0);
        Targets targets =
                new Targets(
                        TestSettings.with(Map.of()),
                        name -> {
                            if (name.startsWith("silent")) {
                                silence.acquireUninterruptibly();
                            }
                            return List.of(InetAddress.ofLiteral("192.0.43.8"));
                        });
        try {
            for (int i = 0; i < 100; i++) {
                String silent = "silent" + i + ".example";
                Thread.ofVirtual().start(() -> refuses(targets, silent, Reason.LATE));
            }
            Await.await("they fill the threads", () -> silence.getQueueLength() >= 64);

            call(targets, "good.example", true);
            refuses(targets, "good.example", Reason.LATE);
        } finally {
            silence.release(1_000);
        }
    }

    @Test
    void callsAnyPortOfAnyGlobalAddress() {
        call(with("192.0.43.8", Map.of()), "https://peer.example:1/");
        call(with("192.0.43.8", Map.of()), "peer.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00::1"})
    void callsNoNameThatIsOurOwnNetwork(String address) {
        refuses(with(address, Map.of()), "peer.example", Reason.ADDRESS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "127.0.0.1",
                "https://[::1]/",
                "https://192.0.43.8/",
                "a.localhost"
            })
    void callsNoAddressAndNoLocalhost(String address) {
        refuses(with("192.0.43.8", Map.of()), address, Reason.UNLISTED);
    }

    @Test
    void callsWhatIsListedAtJustThatPort() {
        Targets targets =
                with("127.0.0.1", Map.of("relay.allow-private", "localhost:8443,peer.example"));

        call(targets, "https://localhost:8443/");
        call(targets, "peer.example");
        refuses(targets, "https://localhost:8444/", Reason.UNLISTED);
        refuses(targets, "https://peer.example:8443/", Reason.ADDRESS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"peer.example", "ftp://peer.example/", "https://", "rng+http://x.example"})
    void refusesARouteThatIsNone(String url) {
        assertThatExceptionOfType(BadSetting.class)
                .isThrownBy(() -> with("127.0.0.1", Map.of("relay.routes.\"d\"", url)))
                .withMessageContaining("relay.routes");
    }

    @ParameterizedTest
    @CsvSource({
        "http://peer.example/, 192.0.43.8",
        "http://10.1.2.3:8080/, 10.1.2.3",
        "http://[fd00::1]:8080/, fd00::1",
        "http://localhost:8080/, 10.1.2.3"
    })
    void refusesARouteInPlainHttpToAnotherMachine(String url, String address) {
        assertThatExceptionOfType(BadSetting.class)
                .isThrownBy(() -> with(address, Map.of("relay.routes.\"d\"", url)))
                .withMessage(
                        "relay.routes.\"d\": must be https:"
                                + " plain HTTP is spoken to this machine alone");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.9.9.9:8080/, 127.9.9.9",
        "http://[::1]/, ::1",
        "http://localhost:8080/, ::1",
        "http://here.example/, 127.0.0.1"
    })
    void takesARouteInPlainHttpToThisMachineWhateverItIsCalled(String url, String address) {
        call(with(address, Map.of("relay.routes.\"d\"", url)), "d");
    }

    @Test
    void takesARouteToANameThatIsNotKnownYet() {
        Map<String, String> route = Map.of("relay.routes.\"d\"", "http://later.example/");

        Targets targets =
                new Targets(
                        TestSettings.with(route),
                        name -> {
                            throw new UnknownHostException(name);
                        });

        assertThat(targets.leadSomewhere("d")).isTrue();
        assertThat(targets.leadSomewhere("http://later.example/")).isFalse();
    }

    @Test
    void refusesAListThatIsNone() {
        assertThatExceptionOfType(BadSetting.class)
                .isThrownBy(() -> with("127.0.0.1", Map.of("relay.allow-private", "10.0.0.0/8")))
                .withMessageContaining("relay.allow-private");
    }
}
