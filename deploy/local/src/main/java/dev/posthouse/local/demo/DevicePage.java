package dev.posthouse.local.demo;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.posthouse.local.process.LocalFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A device's web page behind its new certificate, and a visitor. */
final class DevicePage implements AutoCloseable {

    private static final String BODY = "Hello from a device with a certificate of its own.";

    private final HttpsServer server;

    private DevicePage(HttpsServer server) {
        this.server = server;
    }

    static DevicePage serve(Path keyStore, char[] passphrase) {
        try {
            HttpsServer server =
                    HttpsServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(identity(keyStore, passphrase)));
            server.createContext(
                    "/",
                    exchange -> {
                        byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
                        exchange.sendResponseHeaders(200, body.length);
                        exchange.getResponseBody().write(body);
                        exchange.close();
                    });
            server.start();
            return new DevicePage(server);
        } catch (IOException | GeneralSecurityException e) {
            throw new LocalFailure("the new certificate is of no use to a web server", e);
        }
    }

    private static SSLContext identity(Path file, char[] passphrase)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(file.toFile(), passphrase);
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, passphrase);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    /** By address: no name service knows the device. */
    URI url() {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** Fetches the page as somebody who trusts this root and nothing else. */
    String fetch(Path root) {
        try (HttpClient visitor = HttpClient.newBuilder().sslContext(trusting(root)).build()) {
            HttpRequest request =
                    HttpRequest.newBuilder(url()).timeout(Duration.ofSeconds(10)).build();
            HttpResponse<String> answer = visitor.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new LocalFailure("the device answered " + answer.statusCode());
            }
            return answer.body();
        } catch (IOException | GeneralSecurityException e) {
            throw new LocalFailure("a visitor does not trust the device: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalFailure("interrupted", e);
        }
    }

    private static SSLContext trusting(Path root) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream input = Files.newInputStream(root)) {
            store.setCertificateEntry(
                    "root", CertificateFactory.getInstance("X.509").generateCertificate(input));
        }
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
