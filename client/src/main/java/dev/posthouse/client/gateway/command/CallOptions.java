package dev.posthouse.client.gateway.command;

import dev.posthouse.client.cli.DurationConverter;
import dev.posthouse.client.cli.ReportOptions;
import dev.posthouse.client.cli.Time;
import dev.posthouse.client.https.OctetsApi;
import dev.posthouse.client.https.Patience;
import dev.posthouse.client.https.RetryPolicy;
import dev.posthouse.client.https.Trust;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Option;

/** How servers are called that anybody may call. */
public final class CallOptions {

    @Option(
            names = "--trust-anchor",
            paramLabel = "FILE",
            description = "CA certificates (PEM) to trust it by (default: this machine's list).")
    private Path trustAnchor;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "1m",
            converter = DurationConverter.class,
            description = "How long to go on trying, such as 10m (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    /** How long to go on trying. */
    public Duration timeout() {
        return timeout;
    }

    /** The server. */
    public OctetsApi api(URI server, Time time) {
        Trust trust = trustAnchor == null ? Trust.ofThisMachine() : Trust.read(trustAnchor);
        return new OctetsApi(server, trust, time.clock());
    }

    /** How to wait for it. */
    public Patience patience(Time time, ReportOptions report) {
        return new Patience(
                new RetryPolicy(RandomGenerator.getDefault()), time.clock(), report.pause(time));
    }
}
