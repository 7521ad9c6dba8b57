package dev.posthouse.client.pki.command;

import dev.posthouse.client.cli.Usage;
import dev.posthouse.client.file.InputFile;
import dev.posthouse.client.pki.Authority;
import dev.posthouse.client.pki.Constraints;
import dev.posthouse.client.pki.IssuingCa;
import dev.posthouse.client.pki.KeyType;
import dev.posthouse.common.net.Cidr;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "issuing",
        description = {
            "Make an issuing CA under the root: issuing.p12, issuing.crt.",
            "Run it again into another directory for a second CA that takes over."
        })
final class IssuingCommand implements Runnable {

    private final Clock clock;

    @Mixin private OutputOptions output;
    @Mixin private PassphraseOption passphrase;

    @Spec private CommandSpec command;

    @Option(
            names = "--root",
            paramLabel = "FILE",
            required = true,
            description = "The root's root.p12.")
    private Path root;

    @Option(
            names = "--root-passphrase-file",
            paramLabel = "FILE",
            description = "Passphrase of the root (default: that of --passphrase-file).")
    private Path rootPassphrase;

    @Option(
            names = "--access-domain",
            paramLabel = "DOMAIN",
            description = "Domain of AccessNames; without it no DNS name is constrained.")
    private String accessDomain;

    @Option(
            names = "--key-type",
            paramLabel = "TYPE",
            defaultValue = "p256",
            description = "p256, p384 or rsa3072 (default: ${DEFAULT-VALUE}).")
    private KeyType keyType;

    @Option(
            names = "--name",
            defaultValue = IssuingCa.NAME,
            description = "First words of the common name (default: ${DEFAULT-VALUE}).")
    private String name;

    @Option(
            names = "--permit",
            paramLabel = "CIDR",
            split = ",",
            converter = PermitConverter.class,
            description = {
                "Permitted addresses, repeatable; 'private' stands for RFC 1918, 100.64.0.0/10",
                "and fc00::/7, and is the default. Add the site's WAN addresses."
            })
    private List<Permit> permitted = List.of();

    @Option(
            names = "--permit-all",
            description = "Permit every address: for learned WAN addresses and wan mode.")
    private boolean permitAll;

    IssuingCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void run() {
        IssuingCa issuing = Usage.require(command, this::issuingCa);
        char[] secret = passphrase.read();
        char[] rootSecret =
                rootPassphrase == null ? secret : InputFile.readPassphrase(rootPassphrase);
        Authority authority = issuing.create(Authority.read(root, rootSecret), clock);
        output.report(output.directory().write("issuing", authority, secret));
    }

    private IssuingCa issuingCa() {
        return new IssuingCa(name, keyType, new Constraints(accessDomain, ranges()));
    }

    private List<Cidr> ranges() {
        if (permitAll && !permitted.isEmpty()) {
            throw new IllegalArgumentException("--permit and --permit-all exclude each other");
        }
        if (permitAll) {
            return Constraints.EVERYWHERE;
        }
        return permitted.isEmpty()
                ? Constraints.PRIVATE
                : permitted.stream()
                        .flatMap(permit -> permit.ranges().stream())
                        .distinct()
                        .toList();
    }

    /** A range, or the word that stands for several. */
    record Permit(List<Cidr> ranges) {}

    static final class PermitConverter implements ITypeConverter<Permit> {

        @Override
        public Permit convert(String text) {
            try {
                return new Permit(
                        text.equals("private") ? Constraints.PRIVATE : List.of(Cidr.parse(text)));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(
                        "'" + text + "' is neither a range like 203.0.113.0/24 nor 'private'");
            }
        }
    }
}
