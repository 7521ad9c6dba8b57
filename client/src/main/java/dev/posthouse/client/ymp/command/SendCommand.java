package dev.posthouse.client.ymp.command;

import dev.posthouse.client.cli.ReportOptions;
import dev.posthouse.client.cli.Time;
import dev.posthouse.client.cli.Usage;
import dev.posthouse.client.failure.ClientException.Unavailable;
import dev.posthouse.client.file.InputFile;
import dev.posthouse.client.ymp.MessageClient;
import dev.posthouse.client.ymp.NewMessage;
import dev.posthouse.client.ymp.NewMessage.Sender;
import dev.posthouse.client.ymp.YmpCalls;
import dev.posthouse.common.guard.HostName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "send",
        description = {
            "Hand a message for another host to ours, which delivers it when the other is there.",
            "The same id once more is no second message."
        })
final class SendCommand implements Runnable {

    private final Time time;

    @Spec private CommandSpec command;
    @Mixin private HostOptions ours;
    @Mixin private ReportOptions report;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            required = true,
            converter = HostNameConverter.class,
            description = "Whom it is for, such as example.org or example.org:8447.")
    private HostName host;

    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            required = true,
            description = "The service protocol.")
    private String protocol;

    @Option(
            names = "--service",
            paramLabel = "NAME",
            required = true,
            description = "The service it is for.")
    private String service;

    @Option(
            names = "--action",
            paramLabel = "WORDS",
            required = true,
            description = "What the service shall do.")
    private String action;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "What tells it from every other message (default: a new UUID).")
    private String id;

    @Option(
            names = "--reply-to",
            paramLabel = "ID",
            description = "The id of the message that it answers.")
    private String replyTo;

    @Option(
            names = "--sender-protocol",
            paramLabel = "NAME",
            description = "The sender's service protocol (default: that of --protocol).")
    private String senderProtocol;

    @Option(
            names = "--sender-service",
            paramLabel = "NAME",
            description = "The service that sends it (default: that of --service).")
    private String senderService;

    @Option(
            names = "--payload",
            paramLabel = "JSON|@FILE",
            required = true,
            description = "A JSON object, or @ and the name of a file with one.")
    private String payload;

    SendCommand(Time time) {
        this.time = time;
    }

    @Override
    public void run() {
        NewMessage message = Usage.require(command, this::message);
        try (YmpCalls calls = ours.calls(time.clock(), report.pause(time))) {
            String accepted = new MessageClient(calls).send(message);
            report.print(Map.of("id", accepted), List.of("accepted as " + accepted));
        } catch (Unavailable e) {
            throw new Unavailable(
                    e.getMessage()
                            + "; it may have been accepted: repeat it with --id "
                            + message.id(),
                    e);
        }
    }

    private NewMessage message() {
        return new NewMessage(
                host.text(),
                protocol,
                service,
                action,
                new Sender(
                        senderProtocol == null ? protocol : senderProtocol,
                        senderService == null ? service : senderService),
                id == null ? UUID.randomUUID().toString() : id,
                replyTo,
                payload.startsWith("@")
                        ? InputFile.readText(Path.of(payload.substring(1)))
                        : payload);
    }
}
