package dev.posthouse.client.pki.command;

import dev.posthouse.client.file.InputFile;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The passphrase of PKCS#12 files; read from a file, since others can see a command line. */
final class PassphraseOption {

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            required = true,
            description = "File whose first line is the passphrase of the .p12 files.")
    private Path file;

    char[] read() {
        return InputFile.readPassphrase(file);
    }
}
