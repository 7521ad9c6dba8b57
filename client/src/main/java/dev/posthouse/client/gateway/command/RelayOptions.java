package dev.posthouse.client.gateway.command;

import dev.posthouse.client.cli.ReportOptions;
import dev.posthouse.client.cli.Time;
import dev.posthouse.client.gateway.PoWebClient;
import java.net.URI;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Where our Internet gateway is. */
public final class RelayOptions {

    @Option(
            names = "--relay",
            paramLabel = "URL",
            required = true,
            converter = OriginConverter.class,
            description = {
                "The Internet gateway, such as https://relay.example;",
                "plain http on this machine alone."
            })
    private URI relay;

    @Mixin private CallOptions calls;

    /** A private gateway's way to it. */
    public PoWebClient client(Time time, ReportOptions report) {
        return new PoWebClient(
                calls.api(relay, time),
                calls.patience(time, report),
                time.clock(),
                calls.timeout());
    }

    /** PoWeb's paths are fixed. */
    static final class OriginConverter implements ITypeConverter<URI> {

        @Override
        public URI convert(String text) {
            URI url = new ServerUrlConverter().convert(text);
            if (url.getRawQuery() == null && url.getRawPath().matches("/?")) {
                return url;
            }
            throw new TypeConversionException("'" + text + "' has more than a host and a port");
        }
    }
}
