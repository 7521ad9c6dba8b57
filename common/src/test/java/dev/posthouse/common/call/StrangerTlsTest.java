package dev.posthouse.common.call;

import static dev.posthouse.common.call.Calling.NAME;
import static dev.posthouse.common.call.Calling.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.posthouse.common.call.CallFailed.Reason;
import dev.posthouse.testing.TestPki;
import io.vertx.core.http.HttpClientOptions;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** YMP, section 8: TLS 1.2 and 1.3, by the name, with the machine's anchors and further ones. */
final class StrangerTlsTest {

    private final Calling calling = new Calling();

    @AfterEach
    void end() {
        calling.close();
    }

    private GoodHost host(TestPki.Identity identity) {
        return new GoodHost(calling.vertx, identity);
    }

    private static GoodHost listen(GoodHost host) {
        return host.listen(request -> request.response().end());
    }

    private void refuses(TestPki.Identity identity) {
        GoodHost host = listen(host(identity));

        calling.fails(at(host.port()), Reason.CERTIFICATE);

        assertThat(host.requests).isEmpty();
    }

    @Test
    void refusesTheCertificateOfAnotherName() {
        refuses(calling.named("other.example"));
    }

    @Test
    void refusesACertificateOfTheAddressAlone() {
        refuses(calling.pki.leaf("stranger").ip("127.0.0.1").build());
    }

    @Test
    void refusesAnExpiredCertificate() {
        refuses(calling.pki.leaf("stranger").dns(NAME).expired().build());
    }

    @Test
    void refusesACertificateOfAnUnknownAnchor() {
        refuses(new TestPki().leaf("stranger").dns(NAME).build());
    }

    @Test
    void refusesAForgedCertificate() {
        refuses(calling.pki.leaf("stranger").dns(NAME).forgedBy(new TestPki()).build());
    }

    @Test
    void trustsTheMachinesAnchorsAndFurtherOnes() throws Exception {
        HttpClientOptions options = new HttpClientOptions();
        CallTls.trusting(List.of(calling.pki.certificate())).apply(options);

        TrustManagerFactory managers =
                options.getTrustOptions().getTrustManagerFactory(calling.vertx);

        assertThat(managers.getTrustManagers()).hasSize(1);
        assertThat(anchors(managers))
                .contains(calling.pki.certificate())
                .containsAll(machines())
                .hasSizeGreaterThan(10);
    }

    private static List<X509Certificate> machines() throws Exception {
        TrustManagerFactory managers =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init((java.security.KeyStore) null);
        return anchors(managers);
    }

    private static List<X509Certificate> anchors(TrustManagerFactory managers) {
        return Stream.of(((X509TrustManager) managers.getTrustManagers()[0]).getAcceptedIssuers())
                .toList();
    }

    @Test
    void namesAHostOfOneLabel() {
        GoodHost host = listen(host(calling.named("intranet")));

        assertThat(calling.get(at("intranet", host.port(), "127.0.0.1")).status()).isEqualTo(200);

        assertThat(host.requests.getFirst().connection().indicatedServerName())
                .isEqualTo("intranet");
    }

    @Test
    void verifiesAListedAddressByItselfAndNamesNobody() {
        GoodHost host = listen(host(calling.pki.leaf("stranger").ip("127.0.0.1").build()));

        assertThat(calling.get(at("127.0.0.1", host.port(), "127.0.0.1")).status()).isEqualTo(200);

        assertThat(host.requests.getFirst().connection().indicatedServerName()).isNull();
        assertThat(host.requests.getFirst().authority().toString())
                .isEqualTo("127.0.0.1:" + host.port());
    }

    @Test
    void verifiesAListedIpv6AddressByItself() {
        GoodHost host =
                host(calling.pki.leaf("stranger").ip("::1").build())
                        .listen("::1", 0, request -> request.response().end());

        assertThat(calling.get(at("[::1]", host.port(), "::1")).status()).isEqualTo(200);

        assertThat(host.requests.getFirst().authority().toString())
                .isEqualTo("[::1]:" + host.port());
    }

    @Test
    void refusesTheCertificateOfAnotherAddress() {
        GoodHost host = listen(host(calling.pki.leaf("stranger").ip("127.0.0.2").build()));

        calling.fails(at("127.0.0.1", host.port(), "127.0.0.1"), Reason.CERTIFICATE);
    }

    @Test
    void speaksTls12UnlessOnlyTheNewestIsWanted() {
        GoodHost host = listen(host(calling.named(NAME)).speaking("TLSv1.2"));

        assertThat(calling.get(at(host.port())).status()).isEqualTo(200);
        calling.use(calling.trust().newestOnly());
        calling.fails(at(host.port()), Reason.TLS);
    }

    @Test
    void speaksTls13() {
        GoodHost host = listen(host(calling.named(NAME)).speaking("TLSv1.3"));
        calling.use(calling.trust().newestOnly());

        assertThat(calling.get(at(host.port())).status()).isEqualTo(200);
        assertThat(host.requests.getFirst().sslSession().getProtocol()).isEqualTo("TLSv1.3");
    }

    @Test
    void speaksNothingOlder() {
        HttpClientOptions options = new HttpClientOptions();

        CallTls.trusting(List.of()).apply(options);

        assertThat(options.getEnabledSecureTransportProtocols())
                .containsExactlyInAnyOrder("TLSv1.3", "TLSv1.2");
    }

    @Test
    void showsItsCertificateToAHostThatWantsOne() throws Exception {
        GoodHost host = listen(host(calling.named(NAME)).wantingIdentity());
        TestPki.Identity own = calling.named("our.example");
        calling.use(calling.trust().showing(own.key(), List.of(own.certificate())));

        assertThat(calling.get(at(host.port())).status()).isEqualTo(200);

        assertThat(host.requests.getFirst().sslSession().getPeerCertificates())
                .startsWith(own.certificate());
    }

    @Test
    void hasNothingToShowUnlessToldTo() {
        GoodHost host = listen(host(calling.named(NAME)).wantingIdentity());

        assertThat(catchThrowable(() -> calling.get(at(host.port()))))
                .isInstanceOf(CallFailed.class);
        assertThat(host.requests).isEmpty();
    }

    @Test
    void refusesAnIdentityWhoseCertificateIsMissing() {
        TestPki.Identity own = calling.named("our.example");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallTls.trusting(List.of()).showing(own.key(), List.of()));
    }

    @Test
    void doesNotFallBackToPlainHttp() {
        try (RawHost host = RawHost.plain(this::answersAtOnce)) {
            calling.fails(at(host.port()), Reason.TLS);
        }
    }

    private void answersAtOnce(Socket connection) throws IOException {
        RawHost.say(connection, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        RawHost.hang(connection);
    }

    @Test
    void neverSaysWhatThePeerSaid() {
        GoodHost host = listen(host(calling.named("secret.example")));

        assertThat(catchThrowable(() -> calling.get(at(host.port()))))
                .isInstanceOf(CallFailed.class)
                .hasNoCause()
                .message()
                .doesNotContain("example", "127.0.0.1");
        assertThat(Call.get("/", Map.of("Authorization", "Bearer x")).toString())
                .isEqualTo("GET of 0 octets");
    }
}
