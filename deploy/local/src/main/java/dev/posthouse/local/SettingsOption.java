package dev.posthouse.local;

import dev.posthouse.client.cli.Usage;
import dev.posthouse.local.suite.ConfigFile;
import dev.posthouse.local.suite.Roster;
import dev.posthouse.local.suite.Setting;
import dev.posthouse.local.suite.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What shall run, and what differs from the playground: a file, and what the options add to it. */
final class SettingsOption {

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = {
                "A properties file with the same keys as --set, which wins over it;",
                "also replicas.<name>=<number> and instance.<name>=<service>."
            })
    private List<Path> files = List.of();

    @Option(
            names = "--set",
            paramLabel = "SERVICE.KEY=VALUE",
            description = {
                "Any setting of any service, repeatable: proxy.mode=wan,",
                "ca.quarkus.log.level=DEBUG, repository.port=9443, postgres.port=25432,",
                "postgres.url=jdbc:postgresql://db.example:5432/,",
                "kafka.bootstrap-servers=kafka.example:9092."
            })
    private List<String> words = List.of();

    @Option(
            names = "--replicas",
            paramLabel = "NAME=NUMBER",
            description = "How many processes of a service run on its database, repeatable: ca=2.")
    private List<String> replicas = List.of();

    @Option(
            names = "--instance",
            paramLabel = "NAME=SERVICE",
            description = {
                "A further party of a service's role, with its own name, database and settings",
                "(--set NAME.KEY=VALUE), repeatable: west=repository, north=relay."
            })
    private List<String> instances = List.of();

    Settings settings() {
        return settings(List.of());
    }

    /** The same on top of some words of a command's own, which they win over. */
    Settings settings(List<String> own) {
        return Usage.require(command, () -> Settings.of(all(own)));
    }

    private List<Setting> all(List<String> own) {
        List<Setting> all = new ArrayList<>();
        own.forEach(word -> all.add(Setting.parse("--set", word)));
        files.forEach(file -> all.addAll(new ConfigFile(file).read()));
        words.forEach(word -> all.add(Setting.parse("--set", word)));
        replicas.forEach(word -> all.add(Setting.parse("--replicas", Roster.REPLICAS, word)));
        instances.forEach(word -> all.add(Setting.parse("--instance", Roster.INSTANCE, word)));
        return all;
    }
}
