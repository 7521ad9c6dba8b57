package dev.posthouse.client.gateway.command;

import dev.posthouse.client.cli.ReportOptions;
import dev.posthouse.client.cli.Time;
import dev.posthouse.client.gateway.PoWebClient;
import java.net.URI;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where our Internet gateway is. */
public final class RelayOptions {

    @Option(
            names = "--relay",
            paramLabel = "URL",
            required = true,
            converter = ServerUrlConverter.class,
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
}
