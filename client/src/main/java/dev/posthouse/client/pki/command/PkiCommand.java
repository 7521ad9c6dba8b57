package dev.posthouse.client.pki.command;

import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command group {@code pki}. It works offline. */
@Command(
        name = "pki",
        description = "Make the public key infrastructure, offline.",
        synopsisSubcommandLabel = "COMMAND")
public final class PkiCommand {

    private PkiCommand() {}

    /** The group with its commands. */
    public static CommandLine commandLine(Clock clock) {
        return new CommandLine(new PkiCommand())
                .addSubcommand(new RootCommand(clock))
                .addSubcommand(new IssuingCommand(clock))
                .addSubcommand(new ServicesCommand(clock))
                .addSubcommand(new IdentityCommand(clock))
                .addSubcommand(new AccessKeyCommand());
    }
}
