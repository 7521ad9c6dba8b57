package dev.posthouse.client.pki.command;

import dev.posthouse.client.pki.RootCa;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "root",
        description = "Make the offline root of device certificates: root.p12, root.crt.")
final class RootCommand implements Runnable {

    private final Clock clock;

    @Mixin private OutputOptions output;
    @Mixin private PassphraseOption passphrase;

    @Option(
            names = "--name",
            defaultValue = RootCa.NAME,
            description = "First words of the common name (default: ${DEFAULT-VALUE}).")
    private String name;

    RootCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void run() {
        char[] secret = passphrase.read();
        output.report(output.directory().write("root", RootCa.create(name, clock), secret));
    }
}
