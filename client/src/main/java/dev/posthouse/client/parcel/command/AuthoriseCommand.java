package dev.posthouse.client.parcel.command;

import dev.posthouse.client.cli.DurationConverter;
import dev.posthouse.client.cli.ReportOptions;
import dev.posthouse.client.cli.Time;
import dev.posthouse.client.cli.Usage;
import dev.posthouse.client.file.InputFile;
import dev.posthouse.client.file.StagedFile;
import dev.posthouse.client.node.NodeFiles;
import dev.posthouse.client.node.NodeIdentity;
import dev.posthouse.client.node.Validity;
import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.node.NodeRole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "authorise",
        description = {
            "Allow somebody to send parcels to our endpoint: make a delivery authorisation.",
            "Works offline. Without one, gateways take nothing for our endpoint."
        })
final class AuthoriseCommand implements Runnable {

    private final Time time;

    @Spec private CommandSpec command;
    @Mixin private ReportOptions report;

    @Option(
            names = "--endpoint-key",
            paramLabel = "FILE",
            required = true,
            description = "Our endpoint's key (PEM).")
    private Path key;

    @Option(
            names = "--endpoint-cert",
            paramLabel = "FILE",
            required = true,
            description = "Its certificate (PEM), as gateway endpoint writes it.")
    private Path certificate;

    @Option(
            names = "--sender",
            paramLabel = "FILE",
            required = true,
            description = "The sender's public key, or a certificate with it (PEM).")
    private Path sender;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "Where the authorisation goes, with its chain (PEM): send it to them.")
    private Path out;

    @Option(names = "--force", description = "Replace the file.")
    private boolean force;

    @Option(
            names = "--lifetime",
            paramLabel = "TIME",
            defaultValue = "180d",
            converter = DurationConverter.class,
            description = "How long it is valid, 180d at most (default: ${DEFAULT-VALUE}).")
    private Duration lifetime;

    AuthoriseCommand(Time time) {
        this.time = time;
    }

    @Override
    public void run() {
        Validity validity =
                Usage.require(command, () -> Validity.from(time.clock().instant(), lifetime));
        if (!force) {
            InputFile.requireAbsent(out);
        }
        NodeIdentity endpoint = NodeFiles.read(key, certificate);
        List<NodeCertificate> authorisation =
                endpoint.issue(NodeFiles.publicKey(sender), NodeRole.SENDER, validity);
        try (StagedFile file = NodeFiles.stage(out, authorisation)) {
            file.commit();
        }
        NodeCertificate made = authorisation.getFirst();
        report.print(json(made, endpoint), lines(made, endpoint));
    }

    private static Map<String, String> json(NodeCertificate made, NodeIdentity endpoint) {
        Map<String, String> json = new LinkedHashMap<>();
        json.put("sender", made.id().text());
        json.put("recipient", endpoint.id().text());
        json.put("not_after", made.notAfter().toString());
        return json;
    }

    private List<String> lines(NodeCertificate made, NodeIdentity endpoint) {
        return List.of(
                "wrote " + out.toAbsolutePath(),
                "sender     " + made.id(),
                "may send   " + endpoint.id(),
                "until      " + made.notAfter());
    }
}
