package dev.posthouse.client.pki.command;

import dev.posthouse.client.cli.AddressConverter;
import dev.posthouse.client.cli.DurationConverter;
import dev.posthouse.client.cli.Usage;
import dev.posthouse.client.pki.Authority;
import dev.posthouse.client.pki.Identity;
import dev.posthouse.common.net.IpAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "identity",
        description =
                "Make a service's, an operator's or an application's identity: NAME.crt, NAME.key.")
final class IdentityCommand implements Runnable {

    private final Clock clock;

    @Mixin private OutputOptions output;
    @Mixin private PassphraseOption passphrase;

    @Spec private CommandSpec command;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            required = true,
            description = "The internal service CA's services-ca.p12.")
    private Path ca;

    @ArgGroup(multiplicity = "1")
    private Holder holder;

    /** Whose identity it is. */
    static final class Holder {

        @Option(
                names = "--service",
                paramLabel = "MODULE",
                description =
                        "A service: proxy-service, ca-service, repository-service, ymp-service.")
        private String service;

        @Option(names = "--operator", paramLabel = "NAME", description = "An operator.")
        private String operator;

        @Option(
                names = "--ymp-application",
                paramLabel = "NAME",
                description = "An application that uses a YMP host.")
        private String ympApplication;
    }

    @Option(
            names = "--trust-domain",
            paramLabel = "DOMAIN",
            defaultValue = Identity.TRUST_DOMAIN,
            description = "Of the SPIFFE URI (default: ${DEFAULT-VALUE}).")
    private String trustDomain;

    @Option(
            names = "--dns",
            paramLabel = "NAME",
            split = ",",
            description = "A name the service is reached by, repeatable.")
    private List<String> dnsNames = List.of();

    @Option(
            names = "--ip",
            paramLabel = "ADDRESS",
            split = ",",
            converter = AddressConverter.class,
            description = "An address the service is reached by, repeatable.")
    private List<IpAddress> addresses = List.of();

    @Option(
            names = "--lifetime",
            paramLabel = "TIME",
            defaultValue = "397d",
            converter = DurationConverter.class,
            description = "How long it is valid (default: ${DEFAULT-VALUE}).")
    private Duration lifetime;

    IdentityCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void run() {
        Identity identity = Usage.require(command, this::identity);
        Authority authority = Authority.read(ca, passphrase.read());
        output.report(
                output.directory()
                        .write(identity.name(), identity.create(authority, lifetime, clock)));
    }

    private Identity identity() {
        if (holder.service != null) {
            return Identity.service(trustDomain, holder.service, dnsNames, addresses);
        }
        return holder.operator != null
                ? Identity.operator(trustDomain, holder.operator)
                : Identity.ympApplication(trustDomain, holder.ympApplication);
    }
}
