package dev.posthouse.client.parcel.command;

import dev.posthouse.client.cli.Time;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command group {@code parcel}. */
@Command(
        name = "parcel",
        description = "Authorise senders, and send, collect and read parcels.",
        synopsisSubcommandLabel = "COMMAND")
public final class ParcelCommand {

    private ParcelCommand() {}

    /** The group with its commands. */
    public static CommandLine commandLine(Time time) {
        return new CommandLine(new ParcelCommand())
                .addSubcommand(new AuthoriseCommand(time))
                .addSubcommand(new SendCommand(time))
                .addSubcommand(new PostCommand(time))
                .addSubcommand(new CollectCommand(time))
                .addSubcommand(new InspectCommand());
    }
}
