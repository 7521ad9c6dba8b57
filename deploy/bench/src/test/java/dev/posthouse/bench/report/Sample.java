package dev.posthouse.bench.report;

import dev.posthouse.bench.driver.Latencies;
import dev.posthouse.bench.watch.Cost;
import dev.posthouse.bench.watch.Observed;
import dev.posthouse.bench.watch.ReadyTimes;
import dev.posthouse.bench.watch.Window;
import dev.posthouse.bench.watch.Written;
import dev.posthouse.local.suite.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run's results, made up. */
final class Sample {

    private static final long MIB = 1024 * 1024;

    private static final Window WINDOW = new Window(Instant.EPOCH, Instant.EPOCH.plusSeconds(10));

    private Sample() {}

    static Results results() {
        Results results = new Results(line -> {});
        results.add(figure("flow", "collected", 500));
        results.add(figure("ca", "issued", 799));
        results.add(figure("repository", "collected", 3000));
        results.add(figure("static-post", "answered", 10_000));
        results.add(figure("cfssl", "signed", 400));
        results.add(figure("proxy", "accepted, half load", 250));
        results.add(figure("ymp", "packets of 1", 2000));
        results.add(figure("inserts", "YMP packets of 1", 4000));
        results.add(figure("ymp", "packets of 100", 49));
        results.add(figure("inserts", "YMP packets of 100", 100));
        results.add(figure("ymp", "posted until a token is held", 20));
        results.add(figure("ymp", "probes of the host away, one a step", 3));
        results.add(figure("relay", "accepted, warm", 2000));
        results.add(figure("inserts", "parcels", 4000));
        results.add(figure("fastify", "accepted", 500));
        results.add(figure("relay", "read and verified alone", 1999));
        results.add(figure("relay", "collected", 1000));
        results.add(figure("relay", "8 MB parcels", 16));
        results.add(figure("relay", "accepted, many stored", 1600));
        results.add(figure("relay", "collected, many stored", 799));
        results.add("relay, accepted, warm", observed(List.of(new Cost("relay", 0.9, 512 * MIB))));
        results.add(
                "ca",
                observed(List.of(new Cost("ca", 1.2, 257 * MIB), new Cost("driver", 0.5, 0))));
        results.add("flow", observed(List.of(new Cost("proxy", 0.4, 256 * MIB))));
        results.add(
                new ReadyTimes(
                        Service.PROXY,
                        Duration.ofMillis(4001),
                        Optional.of(Duration.ofMillis(1500))));
        return results;
    }

    private static Observed observed(List<Cost> costs) {
        return new Observed(
                WINDOW, 5000, costs, Map.of("posthouse_ca", new Written(20_000, 15_000, 500, 0)));
    }

    static Figure figure(String page, String what, double perSecond) {
        return new Figure(
                page,
                what,
                "64 clients",
                Math.round(perSecond * 10),
                10,
                perSecond,
                what.equals("issued") ? Map.of("503", 7L) : Map.of(),
                Optional.of(new Latencies(1.5, 2.5, 9.75, 120)));
    }
}
