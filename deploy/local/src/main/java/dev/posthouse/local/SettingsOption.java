package dev.posthouse.local;

import dev.posthouse.client.cli.Usage;
import dev.posthouse.local.suite.Settings;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** {@code --set}. */
final class SettingsOption {

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--set",
            paramLabel = "SERVICE.KEY=VALUE",
            description = {
                "Any setting of any service, repeatable: proxy.mode=wan,",
                "ca.quarkus.log.level=DEBUG, repository.port=9443, postgres.port=25432."
            })
    private List<String> words = List.of();

    Settings settings() {
        return Usage.require(command, () -> Settings.parse(words));
    }
}
