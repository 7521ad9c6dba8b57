package dev.posthouse.relay.parcel;

import dev.posthouse.common.event.Event;
import dev.posthouse.common.event.ParcelAccepted;
import dev.posthouse.common.outbox.Outbox;
import dev.posthouse.relay.RelayException;
import dev.posthouse.relay.parcel.Intake.Outcome;
import dev.posthouse.relay.quota.Quotas;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Stores a parcel and announces it, in one transaction (PoHTTP, section 10). A repeat changes
 * nothing, and there is always room for it.
 */
@Singleton
final class StoreParcel {

    private static final Duration UNTIL_COLLECTED = Duration.ofMinutes(1);

    private final Intake intake;
    private final Parcels parcels;
    private final Quotas quotas;
    private final Outbox outbox;
    private final Clock clock;

    StoreParcel(Intake intake, Parcels parcels, Quotas quotas, Outbox outbox, Clock clock) {
        this.intake = intake;
        this.parcels = parcels;
        this.quotas = quotas;
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * Stores it durably.
     *
     * @throws RelayException if too much would wait
     */
    Outcome store(Arrival parcel) {
        Instant now = clock.instant();
        Arrival.Names names = parcel.names();
        quotas.fullFor(names.gateway(), names.recipient(), parcel.size())
                .ifPresent(full -> refuseUnlessThere(parcel, now, full));
        Outcome outcome = intake.add(parcel, outbox.row(accepted(parcel, now)), now);
        if (outcome != Outcome.REPEATED) {
            quotas.count(names.gateway(), names.recipient(), parcel.size());
        }
        return outcome;
    }

    private void refuseUnlessThere(Arrival parcel, Instant now, Quotas.Full full) {
        if (!QuarkusTransaction.requiringNew().call(() -> parcels.takesNoRoom(parcel, now))) {
            throw RelayException.full(full.code(), full.message(), UNTIL_COLLECTED);
        }
    }

    private static Event<ParcelAccepted> accepted(Arrival parcel, Instant now) {
        Arrival.Names names = parcel.names();
        return Event.of(
                new ParcelAccepted(names.hash(), names.gateway().text(), parcel.size()), now);
    }
}
