package dev.posthouse.client.ymp.command;

import dev.posthouse.client.cli.DurationConverter;
import dev.posthouse.client.https.JsonApi;
import dev.posthouse.client.https.OwnIdentity;
import dev.posthouse.client.https.Patience;
import dev.posthouse.client.https.Pause;
import dev.posthouse.client.https.RetryPolicy;
import dev.posthouse.client.https.Trust;
import dev.posthouse.client.ymp.YmpCalls;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Where our own host is, and who we are to it. */
final class HostOptions {

    @Option(
            names = "--ymp",
            paramLabel = "URL",
            required = true,
            converter = UrlConverter.class,
            description = "Our own YMP host's door, such as https://ymp.example:8447.")
    private URI url;

    @Option(
            names = "--trust-anchor",
            paramLabel = "FILE",
            required = true,
            description = "CA certificates (PEM) to trust it by.")
    private Path trustAnchor;

    @Option(
            names = "--cert",
            paramLabel = "FILE",
            required = true,
            description = "Our certificate and its chain (PEM), as pki identity makes them.")
    private Path certificate;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            required = true,
            description = "The key of our certificate (PEM).")
    private Path key;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "1m",
            converter = DurationConverter.class,
            description = "How long to go on trying, such as 10m (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    YmpCalls calls(Clock clock, Pause pause) {
        OwnIdentity identity = OwnIdentity.read(certificate, key);
        RetryPolicy policy = new RetryPolicy(RandomGenerator.getDefault());
        return new YmpCalls(
                new JsonApi(url, Trust.read(trustAnchor), identity, clock),
                new Patience(policy, clock, pause),
                clock,
                timeout);
    }

    static final class UrlConverter implements ITypeConverter<URI> {

        @Override
        public URI convert(String text) {
            try {
                URI url = new URI(text);
                String origin = "https://" + url.getRawAuthority();
                if (url.getHost() != null
                        && url.getRawUserInfo() == null
                        && text.replaceFirst("/$", "").equalsIgnoreCase(origin)) {
                    return URI.create(origin);
                }
            } catch (URISyntaxException e) {
                // Said below.
            }
            throw new TypeConversionException(
                    "'" + text + "' is not a URL like https://ymp.example:8447");
        }
    }
}
