package dev.posthouse.client.ymp.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.posthouse.client.cli.ReportOptions;
import dev.posthouse.client.cli.Time;
import dev.posthouse.client.ymp.OperatorClient;
import dev.posthouse.client.ymp.YmpCalls;
import dev.posthouse.common.guard.HostName;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "dead-letters",
        description = {"List the messages that could not be delivered. For operators."})
final class DeadLettersCommand implements Runnable {

    private final Time time;

    @Mixin private HostOptions ours;
    @Mixin private ReportOptions report;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            converter = HostNameConverter.class,
            description = "Those for this host alone.")
    private HostName host;

    @Option(names = "--redrive", description = "Send them again instead.")
    private boolean redrive;

    DeadLettersCommand(Time time) {
        this.time = time;
    }

    @Override
    public void run() {
        try (YmpCalls calls = ours.calls(time.clock(), report.pause(time))) {
            OperatorClient client = new OperatorClient(calls);
            Optional<HostName> whose = Optional.ofNullable(host);
            if (redrive) {
                JsonNode done = client.redrive(whose);
                report.print(done, List.of(done.path("redriven").asLong() + " are sent again"));
            } else {
                JsonNode dead = client.deadLetters(whose);
                report.print(dead, Rows.of(dead.path("messages"), "no dead letters"));
            }
        }
    }
}
