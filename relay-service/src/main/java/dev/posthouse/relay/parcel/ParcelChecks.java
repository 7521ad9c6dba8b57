package dev.posthouse.relay.parcel;

import dev.posthouse.relay.RelayConfig;
import dev.posthouse.relay.identity.OwnIdentity;
import dev.posthouse.relay.ramf.OurSide;
import dev.posthouse.relay.ramf.ParcelCheck;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Set;

/** Wires what judges parcels: one for all doors, since it remembers what it has verified. */
final class ParcelChecks {

    @Produces
    @Singleton
    ParcelCheck check(OwnIdentity us, RelayConfig settings) {
        Set<String> names = new HashSet<>(settings.internetAddressAliases().orElse(Set.of()));
        names.add(settings.internetAddress());
        return new ParcelCheck(new OurSide(names, us::trusted, settings.legacyFormats()));
    }
}
