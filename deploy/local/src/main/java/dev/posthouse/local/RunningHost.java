package dev.posthouse.local;

import dev.posthouse.local.Status.Caller;
import dev.posthouse.local.Status.ServiceStatus;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Lets commands find the YMP host and the relay that {@code up} has started, unless they are told.
 */
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
        return switch (option.longestName()) {
            case "--ymp" -> url("ymp", status);
            case "--relay" -> url("relay", status);
            case "--trust-anchor" -> status.trustAnchor();
            default -> ofCaller(option, status);
        };
    }

    private static String url(String service, Status status) {
        ServiceStatus running = status.services().get(service);
        return running == null ? null : running.url();
    }

    /** The YMP host asks who calls; keys of other commands are their own. */
    private static String ofCaller(OptionSpec option, Status status) {
        if (!option.command().parent().name().equals("ymp")) {
            return null;
        }
        Caller caller =
                OF_OPERATORS.contains(option.command().name())
                        ? status.operator()
                        : status.application();
        return switch (option.longestName()) {
            case "--cert" -> caller.cert();
            case "--key" -> caller.key();
            default -> null;
        };
    }
}
