package dev.posthouse.client.gateway.command;

import dev.posthouse.client.cli.Time;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command group {@code gateway}. */
@Command(
        name = "gateway",
        description = "Be a private gateway: register with an Internet gateway, make endpoints.",
        synopsisSubcommandLabel = "COMMAND")
public final class GatewayCommand {

    private GatewayCommand() {}

    /** The group with its commands. */
    public static CommandLine commandLine(Time time) {
        return new CommandLine(new GatewayCommand())
                .addSubcommand(new RegisterCommand(time))
                .addSubcommand(new ParamsCommand(time))
                .addSubcommand(new EndpointCommand(time));
    }
}
