package dev.posthouse.relay.parcel;

import dev.posthouse.common.node.NodeId;
import dev.posthouse.relay.parcel.Intake.Outcome;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.util.Locale;

/** Counts what becomes of parcels, and wakes those who hand them out on this replica. */
@Singleton
final class Arrivals {

    private final Event<ParcelArrived> arrived;
    private final MeterRegistry metrics;

    Arrivals(Event<ParcelArrived> arrived, MeterRegistry metrics) {
        this.arrived = arrived;
        this.metrics = metrics;
    }

    /** It has been committed. */
    void tell(NodeId gateway, Outcome outcome) {
        metrics.counter(
                        "posthouse.relay.parcels.in",
                        "code",
                        outcome.name().toLowerCase(Locale.ROOT))
                .increment();
        if (outcome != Outcome.REPEATED) {
            arrived.fire(new ParcelArrived(gateway));
        }
    }
}
