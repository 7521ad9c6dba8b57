package dev.posthouse.client.pki.command;

import dev.posthouse.client.pki.Authority;
import dev.posthouse.client.pki.ServicesCa;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "services",
        description = "Make the internal service CA: services-ca.p12, services-ca.crt.")
final class ServicesCommand implements Runnable {

    private final Clock clock;

    @Mixin private OutputOptions output;
    @Mixin private PassphraseOption passphrase;

    @Option(
            names = "--name",
            defaultValue = ServicesCa.NAME,
            description = "First words of the common name (default: ${DEFAULT-VALUE}).")
    private String name;

    ServicesCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void run() {
        char[] secret = passphrase.read();
        Authority authority = ServicesCa.create(name, clock);
        output.report(output.directory().write("services-ca", authority, secret));
    }
}
