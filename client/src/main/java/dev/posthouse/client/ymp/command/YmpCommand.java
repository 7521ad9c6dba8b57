package dev.posthouse.client.ymp.command;

import dev.posthouse.client.cli.Time;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command group {@code ymp}. */
@Command(
        name = "ymp",
        description = "Exchange messages with other hosts, through our own.",
        synopsisSubcommandLabel = "COMMAND")
public final class YmpCommand {

    private YmpCommand() {}

    /** The group with its commands. */
    public static CommandLine commandLine(Time time) {
        return new CommandLine(new YmpCommand())
                .addSubcommand(new SendCommand(time))
                .addSubcommand(new InboxCommand(time))
                .addSubcommand(new PeersCommand(time))
                .addSubcommand(new DeadLettersCommand(time));
    }
}
