package dev.posthouse.client.gateway.command;

import dev.posthouse.client.failure.ClientException.FileProblem;
import dev.posthouse.client.file.InputFile;
import dev.posthouse.client.file.StagedFile;
import dev.posthouse.client.node.NodeFiles;
import dev.posthouse.client.node.NodeIdentity;
import dev.posthouse.client.node.NodeKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import picocli.CommandLine.Option;

/**
 * Where a node's key and certificate are kept. A node is its key: one that is there is never
 * replaced.
 */
final class NodeOutputs {

    @Option(
            names = "--key",
            paramLabel = "FILE",
            required = true,
            description = {
                "Its key: PKCS#8 in PEM, 0600.",
                "Made when the file is missing; else it is kept, because a node is its key."
            })
    private Path key;

    @Option(
            names = "--cert",
            paramLabel = "FILE",
            required = true,
            description = "Where its certificate goes, with those above it (PEM).")
    private Path certificate;

    @Option(names = "--force", description = "Replace the certificate.")
    private boolean force;

    boolean isForced() {
        return force;
    }

    /** Whether there is a certificate. */
    boolean hasCertificate() {
        return Files.exists(certificate);
    }

    /** Refuses when there is a certificate that is not to be replaced. */
    void requireFree() {
        if (!force) {
            InputFile.requireAbsent(certificate);
        }
    }

    /** What is there. */
    NodeIdentity read() {
        return NodeFiles.read(key, certificate);
    }

    /** The key; a new one is on the disk before anybody hears of it. */
    KeyPair keyPair() {
        if (Files.exists(key)) {
            return NodeFiles.key(key);
        }
        if (hasCertificate() && !force) {
            throw new FileProblem(
                    key + " is missing, but its certificate is there; use --force for a new node");
        }
        KeyPair pair = NodeKeys.create();
        try (StagedFile file = NodeFiles.stage(key, pair.getPrivate())) {
            file.commit();
        }
        return pair;
    }

    void write(NodeIdentity node) {
        try (StagedFile file = NodeFiles.stage(certificate, node.chain())) {
            file.commit();
        }
    }

    Path certificate() {
        return certificate;
    }
}
