package dev.posthouse.client.pki.command;

import dev.posthouse.client.pki.AccessKey;
import dev.posthouse.client.pki.AccessKey.Algorithm;
import dev.posthouse.client.pki.PkiDirectory;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "access-key",
        description = "Make a key for AccessURLs: access-key.jwk (private), access-keys.jwks.")
final class AccessKeyCommand implements Runnable {

    @Mixin private OutputOptions output;

    @Option(
            names = "--algorithm",
            paramLabel = "ALG",
            defaultValue = "ES256",
            description = "ES256 or EdDSA (default: ${DEFAULT-VALUE}).")
    private Algorithm algorithm;

    @Option(
            names = "--jwks",
            paramLabel = "FILE",
            description = "Add the public key to this set instead of writing access-keys.jwks.")
    private Path set;

    @Override
    public void run() {
        AccessKey key = AccessKey.create(algorithm);
        PkiDirectory directory = output.directory();
        output.report(set == null ? directory.write(key) : directory.write(key, set));
    }
}
