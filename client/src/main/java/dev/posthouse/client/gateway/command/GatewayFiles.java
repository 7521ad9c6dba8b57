package dev.posthouse.client.gateway.command;

import dev.posthouse.client.node.NodeFiles;
import dev.posthouse.client.node.NodeIdentity;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the private gateway's key and certificate are. */
public final class GatewayFiles {

    @Option(
            names = "--gateway-key",
            paramLabel = "FILE",
            required = true,
            description = "The private gateway's key (PEM).")
    private Path key;

    @Option(
            names = "--gateway-cert",
            paramLabel = "FILE",
            required = true,
            description = "Its certificate (PEM), as gateway register writes it.")
    private Path certificate;

    /** The private gateway. */
    public NodeIdentity read() {
        return NodeFiles.read(key, certificate);
    }
}
