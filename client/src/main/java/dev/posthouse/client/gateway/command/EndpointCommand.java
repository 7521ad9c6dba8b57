package dev.posthouse.client.gateway.command;

import dev.posthouse.client.cli.DurationConverter;
import dev.posthouse.client.cli.ReportOptions;
import dev.posthouse.client.cli.Time;
import dev.posthouse.client.cli.Usage;
import dev.posthouse.client.node.NodeIdentity;
import dev.posthouse.client.node.Validity;
import dev.posthouse.common.node.NodeRole;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "endpoint",
        description = {
            "Make an endpoint: a key, and a certificate from its private gateway.",
            "Works offline. With --force it gets a new certificate and stays who it is."
        })
final class EndpointCommand implements Runnable {

    private final Time time;

    @Spec private CommandSpec command;
    @Mixin private NodeOutputs files;
    @Mixin private ReportOptions report;

    @ArgGroup(multiplicity = "1")
    private Issuer issuer;

    /** Who vouches for it. */
    static final class Issuer {

        @ArgGroup(exclusive = false, multiplicity = "1")
        private GatewayFiles gateway;

        @Option(
                names = "--self-issued",
                description = "An endpoint on the Internet, which has no private gateway.")
        private boolean selfIssued;
    }

    @Option(
            names = "--lifetime",
            paramLabel = "TIME",
            defaultValue = "180d",
            converter = DurationConverter.class,
            description = "How long it is valid, 180d at most (default: ${DEFAULT-VALUE}).")
    private Duration lifetime;

    EndpointCommand(Time time) {
        this.time = time;
    }

    @Override
    public void run() {
        Validity validity =
                Usage.require(command, () -> Validity.from(time.clock().instant(), lifetime));
        files.requireFree();
        NodeIdentity endpoint = issued(validity);
        files.write(endpoint);
        report.print(
                Map.of(
                        "id", endpoint.id().text(),
                        "not_after", endpoint.certificate().notAfter().toString()),
                List.of(
                        "wrote " + files.certificate().toAbsolutePath(),
                        "endpoint " + endpoint.id(),
                        "valid until " + endpoint.certificate().notAfter()));
    }

    private NodeIdentity issued(Validity validity) {
        if (issuer.selfIssued) {
            return NodeIdentity.selfIssued(files.keyPair(), NodeRole.ENDPOINT, validity);
        }
        NodeIdentity gateway = issuer.gateway.read();
        KeyPair pair = files.keyPair();
        return gateway.issue(pair, NodeRole.ENDPOINT, validity);
    }
}
