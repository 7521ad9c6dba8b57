package dev.posthouse.client.cli;

import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Turns a value that cannot be made from the options into a usage error. */
public final class Usage {

    private Usage() {}

    /** Makes the value, or says why the options do not allow it. */
    public static <T> T require(CommandSpec command, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }
}
