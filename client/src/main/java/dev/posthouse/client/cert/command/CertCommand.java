package dev.posthouse.client.cert.command;

import dev.posthouse.client.cli.Time;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command group {@code cert}. */
@Command(
        name = "cert",
        description = "Get a certificate for this device, renew it, look at it.",
        synopsisSubcommandLabel = "COMMAND")
public final class CertCommand {

    private CertCommand() {}

    /** The group with its commands. */
    public static CommandLine commandLine(Time time) {
        return new CommandLine(new CertCommand())
                .addSubcommand(new RequestCommand(time))
                .addSubcommand(new RenewCommand(time))
                .addSubcommand(new InspectCommand(time));
    }
}
