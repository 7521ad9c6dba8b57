package dev.posthouse.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.posthouse.common.x509.Pem;
import dev.posthouse.testing.CsrMaker;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Client → Proxy → CA → Repository → Client, on what is shipped (certificates, section 15). */
final class CertificateFlowIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir Path directory;

    private final Running suite = Running.suite();

    static Stream<CsrMaker> keys() {
        return Stream.of(CsrMaker.p256(), CsrMaker.p384(), CsrMaker.rsa2048(), CsrMaker.ed25519());
    }

    @ParameterizedTest
    @MethodSource("keys")
    void endsInACertificateThatOpensslAndCurlAccept(CsrMaker maker) throws Exception {
        Device.Session session = Device.session(maker);

        Device.Answer answer = suite.device().obtain(session, PATIENCE).orElseThrow();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("session_name")).isEqualTo(session.name());
        List<X509Certificate> chain = Pem.certificates(answer.text("cert"));
        assertThat(chain.getFirst().getPublicKey().getEncoded())
                .isEqualTo(maker.keyPair().getPublic().getEncoded());
        assertThat(openssl(chain)).isEqualTo(0);
        assertThat(curl(maker, chain)).contains("hello from a device");
    }

    @Test
    void answersInBase64WhenTheCsrCameSo() throws Exception {
        Device.Session armoured = Device.session(CsrMaker.p256());
        Device.Session session = new Device.Session(armoured.name(), base64(armoured.csr()));

        Device.Answer answer = suite.device().obtain(session, PATIENCE).orElseThrow();

        String armour =
                new String(
                        Base64.getMimeDecoder().decode(answer.text("cert")),
                        StandardCharsets.US_ASCII);
        assertThat(armour).startsWith("-----BEGIN CERTIFICATE-----\n").endsWith("-----\n");
        assertThat(openssl(Pem.certificates(armour))).isEqualTo(0);
    }

    @Test
    void collectsAgainAndSubmitsAgainWithTheSameResult() throws Exception {
        Device device = suite.device();
        Device.Session session = Device.session(CsrMaker.p256());
        String accessUrl = device.submit(session).text("access_url");
        Device.Answer first = device.obtain(session, PATIENCE).orElseThrow();

        Device.Answer again = device.collect(accessUrl, session);
        Device.Answer submitted = device.submit(session);

        assertThat(again).isEqualTo(first);
        assertThat(submitted.status()).isEqualTo(200);
        assertThat(submitted.text("access_url")).isEqualTo(accessUrl);
    }

    /** Section 15: wrong session 403 before and after readiness, forged and tampered URLs 404. */
    @Test
    void givesACertificateToNobodyElse() throws Exception {
        Device device = suite.device();
        Device.Session session = Device.session(CsrMaker.p256());
        Device.Session other = Device.session(CsrMaker.p256());
        String accessUrl = device.submit(session).text("access_url");

        Device.Answer before = device.collect(accessUrl, other);
        assertThat(device.obtain(session, PATIENCE)).isPresent();
        Device.Answer after = device.collect(accessUrl, other);
        Device.Answer tampered = device.collect(flipLast(accessUrl), session);

        assertThat(before.status()).isEqualTo(403);
        assertThat(after.status()).isEqualTo(403);
        assertThat(tampered.status()).isEqualTo(404);
        assertThat(tampered.retryAfter()).isFalse();
    }

    private static String flipLast(String url) {
        char last = url.charAt(url.length() - 1);
        return url.substring(0, url.length() - 1) + (last == 'A' ? 'B' : 'A');
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private int openssl(List<X509Certificate> chain) throws Exception {
        Files.writeString(directory.resolve("leaf.crt"), Pem.encode(chain.subList(0, 1)));
        Files.writeString(
                directory.resolve("chain.crt"), Pem.encode(chain.subList(1, chain.size())));
        Command.Result verified =
                Command.run(
                        directory,
                        List.of(
                                "openssl",
                                "verify",
                                "-x509_strict",
                                "-purpose",
                                "sslserver",
                                "-verify_ip",
                                "127.0.0.1",
                                "-CAfile",
                                suite.pki().deviceRoot().toString(),
                                "-untrusted",
                                "chain.crt",
                                "leaf.crt"));
        System.out.println(verified.output());
        return verified.exit();
    }

    /** Serves a page with the new certificate and fetches it. */
    private String curl(CsrMaker maker, List<X509Certificate> chain) throws Exception {
        char[] none = {};
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("device", jdkKey(maker), none, jdkChain(chain));
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, none);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        HttpsServer page =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        page.setHttpsConfigurator(new HttpsConfigurator(context));
        page.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        byte[] hello = "hello from a device\n".getBytes(StandardCharsets.US_ASCII);
                        exchange.sendResponseHeaders(200, hello.length);
                        exchange.getResponseBody().write(hello);
                    }
                });
        page.start();
        try {
            return Command.run(
                            directory,
                            List.of(
                                    "curl",
                                    "--silent",
                                    "--show-error",
                                    "--cacert",
                                    suite.pki().deviceRoot().toString(),
                                    "https://127.0.0.1:" + page.getAddress().getPort() + "/"))
                    .output();
        } finally {
            page.stop(0);
        }
    }

    /** The JDK's TLS knows Ed25519 by the names of the JDK's own keys alone. */
    private static PrivateKey jdkKey(CsrMaker maker) throws Exception {
        PrivateKey key = maker.keyPair().getPrivate();
        return KeyFactory.getInstance(key.getAlgorithm())
                .generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
    }

    private static Certificate[] jdkChain(List<X509Certificate> chain) throws Exception {
        byte[] armour = Pem.encode(chain).getBytes(StandardCharsets.US_ASCII);
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(armour))
                .toArray(new Certificate[0]);
    }
}
