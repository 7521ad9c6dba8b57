package dev.posthouse.client.parcel.command;

import dev.posthouse.client.cli.ReportOptions;
import dev.posthouse.client.cli.Time;
import dev.posthouse.client.gateway.command.CallOptions;
import dev.posthouse.client.gateway.command.ServerUrlConverter;
import dev.posthouse.client.parcel.PohttpClient;
import java.net.URI;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "post",
        description = {
            "Post a parcel to the recipient's Internet gateway ourselves (PoHTTP).",
            "The same id once more is no second parcel."
        })
final class PostCommand implements Runnable {

    private final Time time;

    @Option(
            names = "--to",
            paramLabel = "URL",
            required = true,
            converter = ServerUrlConverter.class,
            description = {
                "Where to post it, such as https://relay.example/;",
                "plain http on this machine alone."
            })
    private URI url;

    @Mixin private CallOptions calls;
    @Mixin private ParcelOptions options;
    @Mixin private ReportOptions report;

    PostCommand(Time time) {
        this.time = time;
    }

    @Override
    public void run() {
        byte[] parcel = options.parcel(time.clock());
        ParcelReport said = options.report(parcel);
        try (PohttpClient client = client()) {
            Repeatable.call(said, () -> client.deliver(parcel));
        }
        report.print(said, List.of("accepted  " + said.line()));
    }

    private PohttpClient client() {
        return new PohttpClient(
                calls.api(url, time), calls.patience(time, report), time.clock(), calls.timeout());
    }
}
