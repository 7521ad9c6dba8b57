package dev.posthouse.ymp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.posthouse.common.guard.HostName;
import dev.posthouse.common.setting.BadSetting;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A setting that cannot work ends the start, and is named. */
class BadSettingsTest {

    private static final OurHost US = new OurHost(HostName.parse(YmpUnderTest.HOST));

    private final YmpBeans beans = new YmpBeans();

    private static void assertNames(String name, ThrowingCallable start) {
        assertThatThrownBy(start)
                .isInstanceOf(BadSetting.class)
                .hasMessageStartingWith(name + ": ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ymp.example.", "a b", "127.1", "ymp.example:0", "https://ymp.example"})
    void namesOurHost(String host) {
        assertNames("ymp.host", () -> beans.ourHost(TestSettings.with(Map.of("ymp.host", host))));
    }

    @ParameterizedTest
    @CsvSource({
        "ymp.token-lifetime, 999ms",
        "ymp.token-lifetime, 721h",
        "ymp.grant-wait, 0s",
        "ymp.grant-wait, 61s",
        "ymp.backoff.first, 0s",
        "ymp.backoff.cap, 999ms",
        "ymp.host-info.lifetime, 0s",
        "ymp.host-info.lifetime, 25h",
        "ymp.host-info.failure-pause, 0s",
        "ymp.host-info.failure-pause, 61m",
        "ymp.limits.requests-per-address, -1",
        "ymp.limits.grants-per-address, -1",
        "ymp.limits.callbacks-per-host, -1",
        "ymp.limits.callbacks, 0",
        "ymp.limits.requests, 0",
        "ymp.limits.grant-failures, -1",
        "ymp.limits.grant-pause, 0s",
        "ymp.inbox.messages, 0",
        "ymp.inbox.octets, 0",
        "ymp.give-up, 0s",
        "ymp.body-timeout, 0s",
        "ymp.ports, 0",
        "ymp.ports, 65536",
        "ymp.allowed-hosts, a_b",
    })
    void namesWhatIsOutOfItsBounds(String name, String value) {
        YmpConfig settings = TestSettings.with(Map.of(name, value));

        assertNames(name, () -> Bounds.check(settings));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "request", "//request", "/a//b", "/a/../b", "/..", "/a..b", "/a?b", "/a#b", "/a\\b",
                "/a\u0000", "/a\nb", "/a b", "/ä", "/%4", "/.", "/a/./b", "/.ymp", "/messages",
                "/.well-known/ymp", "/inbox", "/inbox/acks", "/admin/peers", "/admin"
            })
    void namesAPathThatIsNone(String path) {
        for (String call : new String[] {"request", "grant", "packet"}) {
            String name = "ymp.paths." + call;
            YmpConfig settings = TestSettings.with(Map.of(name, path));

            assertNames(name, () -> Bounds.check(settings));
        }
    }

    @Test
    void namesPathsThatAreTooLongOrTheSame() {
        String longest = "/" + "x".repeat(255);

        assertThatCode(() -> Bounds.check(TestSettings.with(Map.of("ymp.paths.grant", longest))))
                .doesNotThrowAnyException();
        assertNames(
                "ymp.paths.grant",
                () -> Bounds.check(TestSettings.with(Map.of("ymp.paths.grant", longest + "x"))));
        assertNames(
                "ymp.paths",
                () -> Bounds.check(TestSettings.with(Map.of("ymp.paths.grant", "/packet"))));
    }

    @ParameterizedTest
    @CsvSource({
        "ymp.trusted-proxies, 10.0.0.0/33",
        "ymp.forwarded-header, via",
        "ymp.inbox.octets, many",
        "ymp.give-up, soon",
        "ymp.ports, https"
    })
    void namesAValueOfTheWrongKind(String name, String value) {
        assertThatThrownBy(() -> YmpDoors.observed(TestSettings.with(Map.of(name, value))))
                .hasMessageContaining(name);
    }

    @Test
    void namesLists() {
        assertNames(
                "ymp.accepted-authorities",
                () ->
                        Authorities.of(
                                TestSettings.with(Map.of("ymp.accepted-authorities", "a_b")), US));
        assertNames(
                "ymp.allow-private",
                () -> beans.guards(TestSettings.with(Map.of("ymp.allow-private", "a_b"))));
        assertNames(
                "ymp.trust-anchors",
                () ->
                        beans.client(
                                null,
                                TestSettings.with(Map.of("ymp.trust-anchors", "/none")),
                                null));
    }

    @Test
    void namesMutualTlsThatNobodyCouldSpeak() {
        YmpConfig settings = TestSettings.with(Map.of("ymp.mutual-tls", "true"));

        assertNames("ymp.mutual-tls", () -> CertifiedHosts.check(settings, "enabled"));
        assertNames("ymp.mutual-tls", () -> beans.client(null, settings, new NoIdentity()));
        assertThatCode(() -> CertifiedHosts.check(settings, "disabled")).doesNotThrowAnyException();
        assertThatCode(() -> CertifiedHosts.check(TestSettings.with(Map.of()), "enabled"))
                .doesNotThrowAnyException();
    }

    private static final class NoIdentity implements TlsConfigurationRegistry {

        @Override
        public Optional<TlsConfiguration> get(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<TlsConfiguration> getDefault() {
            return Optional.empty();
        }

        @Override
        public void register(String name, TlsConfiguration configuration) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void takesGoodOnes() {
        YmpConfig settings =
                TestSettings.with(
                        Map.of(
                                "ymp.paths.request",
                                "/",
                                "ymp.paths.grant",
                                "/ymp/packet",
                                "ymp.paths.packet",
                                "/a;b=c/%41/~$&'()*+,=@:!",
                                "ymp.ports",
                                "1,65535",
                                "ymp.token-lifetime",
                                "3s",
                                "ymp.limits.requests-per-address",
                                "0",
                                "ymp.limits.grant-failures",
                                "0"));

        assertThatCode(() -> Bounds.check(settings)).doesNotThrowAnyException();
    }

    @Test
    void goesByItsNameWithAndWithoutItsPort() {
        YmpConfig settings =
                TestSettings.with(Map.of("ymp.accepted-authorities", "Other.example,x.example:99"));

        assertThat(Authorities.of(settings, US))
                .containsExactlyInAnyOrder(
                        "ymp.example",
                        "ymp.example:443",
                        "other.example",
                        "other.example:443",
                        "x.example:99");
        assertThat(
                        Authorities.of(
                                TestSettings.with(Map.of()),
                                new OurHost(HostName.parse("Ymp.example:8447"))))
                .containsExactlyInAnyOrder("ymp.example", "ymp.example:8447");
    }
}
