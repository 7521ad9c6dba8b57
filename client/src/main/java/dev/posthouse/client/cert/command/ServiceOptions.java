package dev.posthouse.client.cert.command;

import dev.posthouse.client.cert.CertClient;
import dev.posthouse.client.cert.KeyWish;
import dev.posthouse.client.cert.Order;
import dev.posthouse.client.cert.ProxyUrl;
import dev.posthouse.client.cli.AddressConverter;
import dev.posthouse.client.cli.DurationConverter;
import dev.posthouse.client.failure.ClientException.Unavailable;
import dev.posthouse.client.https.OwnAddress;
import dev.posthouse.client.https.Patience;
import dev.posthouse.client.https.Pause;
import dev.posthouse.client.https.RetryPolicy;
import dev.posthouse.client.https.Trust;
import dev.posthouse.common.net.IpAddress;
import dev.posthouse.common.x509.InvalidSessionName;
import dev.posthouse.common.x509.PemForm;
import dev.posthouse.common.x509.SessionName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Whom to ask, whom to trust, for which address. */
final class ServiceOptions {

    @Option(
            names = "--proxy",
            paramLabel = "URL",
            required = true,
            converter = ProxyUrlConverter.class,
            description = "The Proxy, such as https://proxy.example:8441.")
    private ProxyUrl proxy;

    @Option(
            names = "--trust-anchor",
            paramLabel = "FILE",
            required = true,
            description = "CA certificates (PEM) to trust the Proxy and the Repository by.")
    private Path trustAnchor;

    @Option(
            names = "--device-root",
            paramLabel = "FILE",
            description =
                    "Roots (PEM) that the device certificate must lead to (default: the anchors).")
    private Path deviceRoot;

    @Option(
            names = "--address",
            paramLabel = "IP",
            converter = AddressConverter.class,
            description = "The device's address (default: the one it reaches the Proxy from).")
    private IpAddress address;

    @Option(
            names = "--session-name",
            paramLabel = "NAME",
            converter = SessionNameConverter.class,
            description = "Name of the issuance (default: 256 random bits).")
    private SessionName sessionName;

    @Option(
            names = "--pem-form",
            paramLabel = "FORM",
            defaultValue = "pem",
            description = "How PEM goes onto the wire, pem or b64 (default: ${DEFAULT-VALUE}).")
    private PemForm pemForm;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "24h",
            converter = DurationConverter.class,
            description = "How long to go on trying, such as 10m (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    Duration timeout() {
        return timeout;
    }

    CertClient client(Clock clock, Pause pause) {
        Trust servers = Trust.read(trustAnchor);
        Trust roots = deviceRoot == null ? servers : Trust.read(deviceRoot);
        RetryPolicy policy = new RetryPolicy(RandomGenerator.getDefault());
        return new CertClient(servers, roots, new Patience(policy, clock, pause), clock);
    }

    Order order(KeyWish key) {
        return new Order(
                proxy, address == null ? ownAddress() : address, key, pemForm, sessionName);
    }

    private IpAddress ownAddress() {
        try {
            return OwnAddress.towards(proxy.door());
        } catch (IOException e) {
            throw new Unavailable(
                    "no local address leads to " + proxy.door().getHost() + "; is the network up?",
                    e);
        }
    }

    static final class ProxyUrlConverter implements ITypeConverter<ProxyUrl> {

        @Override
        public ProxyUrl convert(String text) {
            try {
                return ProxyUrl.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    static final class SessionNameConverter implements ITypeConverter<SessionName> {

        @Override
        public SessionName convert(String text) {
            try {
                return new SessionName(text);
            } catch (InvalidSessionName e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
