package dev.posthouse.bench.relay;

import dev.posthouse.bench.rig.Instance;
import dev.posthouse.bench.rig.Sql;
import dev.posthouse.bench.stage.Stage;
import dev.posthouse.client.node.NodeIdentity;
import dev.posthouse.local.suite.Service;
import java.util.List;
import java.util.Map;

/**
 * One relay: parcels brought to it and collected from it with next to nothing stored; the same with
 * very many stored; then the longest ones.
 */
public final class RelayAlone {

    private static final int SENDERS_FOR_A_CLIENT = 2;
    private static final int CLIENTS_FOR_A_GATEWAY = 4;
    private static final int COLD_PART = 4;

    private final Stage stage;

    /**
     * @param stage where
     */
    public RelayAlone(Stage stage) {
        this.stage = stage;
    }

    /**
     * How much is measured.
     *
     * @param waiting parcels that one gateway collects
     * @param stored parcels of others, where very many are
     * @param rounds of sixteen of the longest
     */
    public record Amounts(int waiting, int stored, int rounds) {}

    /** All of it, in an order that leaves the database as empty as it was. */
    public void measure(Amounts amounts) {
        new CheckAlone(stage).measure();
        try (Instance relay = stage.bed().start(Service.RELAY, Map.of());
                Devices devices = Devices.at(relay, stage);
                Sql database = new Sql(stage.bed().jdbcUrl(Service.RELAY))) {
            Correspondents correspondents = correspondents(devices);
            NodeIdentity collector = devices.register(1).getFirst();
            StoredParcels stored = new StoredParcels(database, correspondents.parcel(0));
            Acceptance acceptance = new Acceptance(stage, relay);
            Collecting collecting = new Collecting(stage, relay, devices, collector, stored);

            acceptance.measure("accepted, cold", correspondents::fresh, COLD_PART);
            stored.clear();
            acceptance.measure("accepted, warm", correspondents::parcel, 1);
            stored.clear();
            collecting.measure("collected", amounts.waiting());
            stored.clear();
            stored.addForOthers(amounts.stored());
            acceptance.measure("accepted, many stored", correspondents::parcel, 1);
            collecting.measure("collected, many stored", amounts.waiting());
            stored.clear();
            new LongParcels(stage, relay).measure(correspondents, amounts.rounds());
            stored.clear();
        }
    }

    private Correspondents correspondents(Devices devices) {
        int clients = stage.scale().clients();
        List<NodeIdentity> gateways =
                devices.register(Math.max(1, clients / CLIENTS_FOR_A_GATEWAY));
        return Correspondents.behind(gateways, clients * SENDERS_FOR_A_CLIENT, stage.clock());
    }
}
