package dev.posthouse.client.ymp.command;

import dev.posthouse.client.cli.ReportOptions;
import dev.posthouse.client.cli.Time;
import dev.posthouse.client.cli.Usage;
import dev.posthouse.client.ymp.MessageClient;
import dev.posthouse.client.ymp.Received;
import dev.posthouse.client.ymp.Wanted;
import dev.posthouse.client.ymp.YmpCalls;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "inbox",
        description = {
            "Print the oldest messages that nobody has acknowledged.",
            "They stay until they are acknowledged."
        })
final class InboxCommand implements Runnable {

    private final Time time;

    @Spec private CommandSpec command;
    @Mixin private HostOptions ours;
    @Mixin private ReportOptions report;

    @Option(
            names = "--max",
            paramLabel = "NUMBER",
            defaultValue = "100",
            description = "At most so many, up to 1000 (default: ${DEFAULT-VALUE}).")
    private int max;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "How long to wait for the first, up to 30 (default: ${DEFAULT-VALUE}).")
    private int wait;

    @Option(names = "--protocol", paramLabel = "NAME", description = "Of this protocol alone.")
    private String protocol;

    @Option(names = "--service", paramLabel = "NAME", description = "For this service alone.")
    private String service;

    @Option(names = "--ack", description = "Acknowledge what was printed.")
    private boolean ack;

    InboxCommand(Time time) {
        this.time = time;
    }

    @Override
    public void run() {
        Wanted wanted =
                Usage.require(
                        command,
                        () -> new Wanted(max, Duration.ofSeconds(wait), protocol, service));
        try (YmpCalls calls = ours.calls(time.clock(), report.pause(time))) {
            MessageClient client = new MessageClient(calls);
            List<Received> messages = client.inbox(wanted);
            report.print(Map.of("messages", messages), lines(messages));
            if (ack) {
                client.acknowledge(messages);
            }
        }
    }

    private static List<String> lines(List<Received> messages) {
        return messages.isEmpty()
                ? List.of("no messages")
                : messages.stream().flatMap(one -> Stream.of(head(one), payload(one))).toList();
    }

    private static String head(Received one) {
        var message = one.message();
        var sender = message.path("sender");
        return PlainText.of(
                "%d  %s  %s %s/%s  %s/%s  %s  id %s%s"
                        .formatted(
                                one.seq(),
                                one.received(),
                                sender.path("host").asText(),
                                sender.path("protocol").asText(),
                                sender.path("service").asText(),
                                message.path("protocol").asText(),
                                message.path("service").asText(),
                                message.path("action").asText(),
                                message.path("id").asText(),
                                message.has("reply-to")
                                        ? "  reply to " + message.path("reply-to").asText()
                                        : ""));
    }

    private static String payload(Received one) {
        return "    " + PlainText.of(one.message().path("payload").toString());
    }
}
