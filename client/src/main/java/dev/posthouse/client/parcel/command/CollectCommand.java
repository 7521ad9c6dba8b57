package dev.posthouse.client.parcel.command;

import dev.posthouse.client.cli.ReportOptions;
import dev.posthouse.client.cli.Time;
import dev.posthouse.client.cli.Usage;
import dev.posthouse.client.gateway.Collection.Mode;
import dev.posthouse.client.gateway.PoWebClient;
import dev.posthouse.client.gateway.command.GatewayFiles;
import dev.posthouse.client.gateway.command.RelayOptions;
import dev.posthouse.client.node.NodeIdentity;
import dev.posthouse.client.parcel.ParcelDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "collect",
        description = {
            "Collect the parcels that wait for our private gateway's endpoints.",
            "Each is acknowledged, and deleted there, when its file is safe on the disk."
        })
final class CollectCommand implements Runnable {

    private final Time time;

    @Spec private CommandSpec command;
    @Mixin private RelayOptions relay;
    @Mixin private GatewayFiles files;
    @Mixin private ReportOptions report;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = ".",
            description = {
                "Directory for the parcels, a file for each (default: ${DEFAULT-VALUE}).",
                "The name is the SHA-256 of the octets: one that comes again is the same file."
            })
    private Path directory;

    @Option(names = "--max", paramLabel = "NUMBER", description = "At most so many (default: all).")
    private int max = Integer.MAX_VALUE;

    @Option(
            names = "--follow",
            description = "Go on and collect what comes, as it comes; with --json a line for each.")
    private boolean follow;

    CollectCommand(Time time) {
        this.time = time;
    }

    @Override
    public void run() {
        Usage.require(command, this::positive);
        NodeIdentity gateway = files.read();
        ParcelDirectory parcels = ParcelDirectory.open(directory);
        List<Collected> collected = new ArrayList<>();
        try (PoWebClient client = relay.client(time, report)) {
            Mode mode = follow ? Mode.FOLLOW : Mode.UNTIL_EMPTY;
            client.collection(gateway)
                    .collect(mode, max, parcel -> take(parcel, parcels, collected));
        }
        if (!follow) {
            report.print(Map.of("parcels", collected), List.of(summary(collected.size())));
        }
    }

    private void take(byte[] octets, ParcelDirectory parcels, List<Collected> collected) {
        Collected parcel = Collected.of(parcels.keep(octets), octets);
        if (follow) {
            report.print(parcel, List.of(parcel.line()));
        } else {
            report.say(parcel.line());
            collected.add(parcel);
        }
    }

    private Integer positive() {
        if (max < 1) {
            throw new IllegalArgumentException("at most one or more");
        }
        return max;
    }

    private static String summary(int number) {
        return number == 0 ? "no parcels" : number + (number == 1 ? " parcel" : " parcels");
    }
}
