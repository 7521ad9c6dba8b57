package dev.posthouse.local;

import dev.posthouse.local.Status.Caller;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Lets {@code ymp}'s commands find the host that {@code up} has started, unless they are told. */
final class RunningHost implements IDefaultValueProvider {

    private static final Set<String> OF_OPERATORS = Set.of("peers", "dead-letters");

    @Override
    public String defaultValue(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? status().map(status -> value(option, status)).orElse(null)
                : null;
    }

    private static Optional<Status> status() {
        return Run.read(new StateOption().state()).map(Run::status);
    }

    private static String value(OptionSpec option, Status status) {
        Caller caller =
                OF_OPERATORS.contains(option.command().name())
                        ? status.operator()
                        : status.application();
        return switch (option.longestName()) {
            case "--ymp" -> status.services().get("ymp").url();
            case "--trust-anchor" -> status.trustAnchor();
            case "--cert" -> caller.cert();
            case "--key" -> caller.key();
            default -> null;
        };
    }
}
