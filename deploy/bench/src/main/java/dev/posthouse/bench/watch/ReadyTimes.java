package dev.posthouse.bench.watch;

import dev.posthouse.bench.rig.Bed;
import dev.posthouse.bench.rig.Instance;
import dev.posthouse.local.suite.Service;
import java.time.Duration;
import java.util.Optional;

/**
 * How soon a service is ready, alone on the machine, its database migrated and its files read
 * before.
 *
 * @param service which
 * @param plain without a start-up cache
 * @param cached with one, if there is one
 */
public record ReadyTimes(Service service, Duration plain, Optional<Duration> cached) {

    /** Starts it with and without. */
    public static ReadyTimes of(Service service, Bed bed) {
        Duration plain;
        try (Instance instance = bed.startPlain(service)) {
            plain = instance.readyAfter();
        }
        Optional<Instance> cached = bed.startCached(service);
        cached.ifPresent(Instance::close);
        return new ReadyTimes(service, plain, cached.map(Instance::readyAfter));
    }
}
