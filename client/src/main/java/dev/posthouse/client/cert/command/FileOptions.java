package dev.posthouse.client.cert.command;

import dev.posthouse.client.cert.Outputs;
import dev.posthouse.client.cli.Usage;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The device's files. */
final class FileOptions {

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = {"--out-key", "--key"},
            paramLabel = "FILE",
            description = "The private key: PKCS#8 in PEM, mode 0600.")
    private Path key;

    @Option(
            names = {"--out-cert", "--cert"},
            paramLabel = "FILE",
            description = "The certificate and its chain in PEM.")
    private Path certificate;

    @Option(
            names = "--p12",
            paramLabel = "FILE",
            description = "Key and chain as PKCS#12, instead of the PEM files or beside them.")
    private Path keyStore;

    @Option(
            names = "--p12-passphrase-file",
            paramLabel = "FILE",
            description = "File whose first line is the passphrase of the PKCS#12 file.")
    private Path passphraseFile;

    Outputs outputs() {
        return Usage.require(
                command, () -> new Outputs(key, certificate, keyStore, passphraseFile));
    }
}
