package dev.posthouse.client.ymp.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.posthouse.client.cli.ReportOptions;
import dev.posthouse.client.cli.Time;
import dev.posthouse.client.ymp.OperatorClient;
import dev.posthouse.client.ymp.OperatorClient.Measure;
import dev.posthouse.client.ymp.YmpCalls;
import dev.posthouse.common.guard.HostName;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "peers",
        description = {
            "List the hosts that ours exchanges messages with, or do something about one.",
            "For operators."
        })
final class PeersCommand implements Runnable {

    private final Time time;

    @Mixin private HostOptions ours;
    @Mixin private ReportOptions report;

    @ArgGroup(exclusive = false)
    private Order order;

    /** What to do, about whom. */
    static final class Order {

        @Parameters(
                index = "0",
                paramLabel = "MEASURE",
                description = {
                    "block: no call to it and no packet from it; unblock;",
                    "revoke: end the tokens that it holds; drop-token: forget the one we hold."
                })
        private Measure measure;

        @Parameters(
                index = "1",
                paramLabel = "HOST",
                converter = HostNameConverter.class,
                description = "The host it is about.")
        private HostName host;
    }

    PeersCommand(Time time) {
        this.time = time;
    }

    @Override
    public void run() {
        try (YmpCalls calls = ours.calls(time.clock(), report.pause(time))) {
            OperatorClient client = new OperatorClient(calls);
            if (order == null) {
                List<JsonNode> peers = client.peers();
                report.print(Map.of("peers", peers), Rows.of(peers, "no peers"));
            } else {
                client.take(order.measure, order.host);
                report.print(
                        Map.of("host", order.host.text(), "done", order.measure.toString()),
                        List.of(order.host.text() + ": " + order.measure));
            }
        }
    }
}
