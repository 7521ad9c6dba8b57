package dev.posthouse.client.testing;

import dev.posthouse.client.file.Pkcs12;
import dev.posthouse.client.pki.Authority;
import dev.posthouse.client.pki.Constraints;
import dev.posthouse.client.pki.Identity;
import dev.posthouse.client.pki.IssuingCa;
import dev.posthouse.client.pki.KeyType;
import dev.posthouse.client.pki.RootCa;
import dev.posthouse.client.pki.ServicesCa;
import dev.posthouse.common.net.Cidr;
import dev.posthouse.common.net.IpAddress;
import dev.posthouse.common.x509.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** One site's keys, and a Proxy and a Repository that hold them. */
public final class TestSite implements AutoCloseable {

    public static final Clock CLOCK = Clock.systemUTC();
    public static final Authority SERVICES = ServicesCa.create(ServicesCa.NAME, CLOCK);
    public static final Authority ROOT = RootCa.create(RootCa.NAME, CLOCK);
    public static final Authority ISSUING = issuing(ROOT);

    public final FakeRepository repository;
    public final FakeProxy proxy;
    private final Path directory;

    public TestSite(Path directory) throws IOException {
        this.directory = directory;
        Files.writeString(trustAnchor(), Pem.encode(SERVICES.chain()));
        Files.writeString(deviceRoot(), Pem.encode(ROOT.chain()));
        SSLContext tls = tls(SERVICES, CLOCK, "127.0.0.1");
        repository = new FakeRepository(tls);
        proxy = new FakeProxy(tls, repository);
    }

    public Path trustAnchor() {
        return directory.resolve("anchor.pem");
    }

    public Path deviceRoot() {
        return directory.resolve("device-root.pem");
    }

    public static Authority issuing(Authority root) {
        Constraints loopback =
                new Constraints("devices.example", List.of(Cidr.parse("127.0.0.0/8")));
        return new IssuingCa(IssuingCa.NAME, KeyType.P256, loopback).create(root, CLOCK);
    }

    /** A server's TLS, with a certificate for one address, made at the clock's time for an hour. */
    public static SSLContext tls(Authority ca, Clock clock, String address) {
        return tls(ca, clock, address, null);
    }

    /** The same of a server that trusts the callers whom the services' CA knows. */
    public static SSLContext mutualTls() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("services", SERVICES.certificate());
            TrustManagerFactory callers = TrustManagerFactory.getInstance("PKIX");
            callers.init(trusted);
            return tls(SERVICES, CLOCK, "127.0.0.1", callers.getTrustManagers());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext tls(
            Authority ca, Clock clock, String address, TrustManager[] callers) {
        try {
            Pkcs12 identity =
                    Identity.service(
                                    "posthouse.local",
                                    "proxy-service",
                                    List.of(),
                                    List.of(IpAddress.parse(address)))
                            .create(ca, Duration.ofHours(1), clock);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "door",
                    identity.key(),
                    new char[0],
                    identity.chain().toArray(Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), callers, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        proxy.close();
        repository.close();
    }
}
