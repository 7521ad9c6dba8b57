package dev.posthouse.bench.relay;

import dev.posthouse.bench.report.Figure;
import dev.posthouse.bench.stage.Stage;
import dev.posthouse.relay.ramf.OurSide;
import dev.posthouse.relay.ramf.ParcelCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The relay's own check of a parcel and nothing else, on one thread of this JVM: reading it, and
 * the one signature that is left when its certificates are known.
 *
 * @param stage where
 */
record CheckAlone(Stage stage) {

    private static final int SENDERS = 16;
    private static final int PARCELS = 256;

    void measure() {
        Correspondents correspondents = Correspondents.apart(SENDERS, stage.clock());
        List<byte[]> parcels =
                IntStream.range(0, PARCELS).mapToObj(correspondents::parcel).toList();
        ParcelCheck check =
                new ParcelCheck(
                        new OurSide(
                                Set.of("relay.example"),
                                now -> List.of(correspondents.root()),
                                true));
        Duration most = stage.scale().still().dividedBy(2);
        count(check, parcels, most);
        long start = System.nanoTime();
        long items = count(check, parcels, most);
        stage.results()
                .add(
                        Figure.counted(
                                "relay",
                                "read and verified alone",
                                "one thread",
                                items,
                                (System.nanoTime() - start) / 1e9,
                                Map.of()));
    }

    private long count(ParcelCheck check, List<byte[]> parcels, Duration most) {
        Instant now = stage.clock().instant();
        long end = System.nanoTime() + most.toNanos();
        long items = 0;
        while (System.nanoTime() < end) {
            var _ = check.inbound(parcels.get((int) (items % PARCELS)), now);
            items++;
        }
        return items;
    }
}
