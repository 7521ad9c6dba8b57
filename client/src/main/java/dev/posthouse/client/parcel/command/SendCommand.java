package dev.posthouse.client.parcel.command;

import dev.posthouse.client.cli.ReportOptions;
import dev.posthouse.client.cli.Time;
import dev.posthouse.client.gateway.PoWebClient;
import dev.posthouse.client.gateway.command.GatewayFiles;
import dev.posthouse.client.gateway.command.RelayOptions;
import dev.posthouse.client.node.NodeIdentity;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "send",
        description = {
            "Hand a parcel to our Internet gateway, which brings it to the recipient's.",
            "The same id once more is no second parcel."
        })
final class SendCommand implements Runnable {

    private final Time time;

    @Mixin private RelayOptions relay;
    @Mixin private GatewayFiles files;
    @Mixin private ParcelOptions options;
    @Mixin private ReportOptions report;

    SendCommand(Time time) {
        this.time = time;
    }

    @Override
    public void run() {
        NodeIdentity gateway = files.read();
        byte[] parcel = options.parcel(time.clock());
        ParcelReport said = options.report(parcel);
        try (PoWebClient client = relay.client(time, report)) {
            Repeatable.call(said, () -> client.deliver(parcel, gateway));
        }
        report.print(said, List.of("accepted  " + said.line()));
    }
}
