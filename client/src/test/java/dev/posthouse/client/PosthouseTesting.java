package dev.posthouse.client;

import dev.posthouse.client.cli.Time;
import picocli.CommandLine;

/** The whole command line in another time. */
public final class PosthouseTesting {

    private PosthouseTesting() {}

    public static CommandLine commandLine(Time time) {
        return Posthouse.commandLine(time);
    }
}
