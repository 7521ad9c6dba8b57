package dev.posthouse.bench.report;

import dev.posthouse.bench.driver.Latencies;
import dev.posthouse.bench.watch.Cost;
import dev.posthouse.bench.watch.ReadyTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the suite is meant to reach, as ratios in one run on shared processors. */
public final class Aims {

    private static final double MIB = 1024.0 * 1024;
    private static final long MOST_PSS = 256L * 1024 * 1024;
    private static final long MOST_PSS_OF_RELAY = 512L * 1024 * 1024;
    private static final Duration PLAIN = Duration.ofSeconds(4);
    private static final Duration CACHED = Duration.ofMillis(1500);
    private static final Duration TOKEN = Duration.ofMillis(100);
    private static final List<String> SERVICES = List.of("proxy", "ca", "repository", "ymp");

    private Aims() {}

    /** Each aim and whether these results meet it. */
    public static List<Aim> of(Results results) {
        List<Aim> aims = new ArrayList<>();
        Optional<Figure> cfssl = results.find("cfssl", "signed");
        aims.add(
                ratio(
                        "whole flow, sessions, to cfssl with SQLite",
                        1.0,
                        results.find("flow", "collected"),
                        cfssl));
        aims.add(
                ratio(
                        "CA alone, certificates issued, to cfssl with SQLite",
                        2.0,
                        results.find("ca", "issued"),
                        cfssl));
        aims.add(
                ratio(
                        "first collections, to the static TLS POST",
                        0.3,
                        results.find("repository", "collected"),
                        results.find("static-post", "answered")));
        aims.addAll(ofYmp(results));
        aims.addAll(ofRelay(results));
        for (ReadyTimes row : results.ready()) {
            aims.add(ready(row.service().shortName() + " ready", PLAIN, Optional.of(row.plain())));
            aims.add(
                    ready(
                            row.service().shortName() + " ready with the start-up cache",
                            CACHED,
                            row.cached()));
        }
        SERVICES.forEach(service -> aims.add(memory(service, MOST_PSS, results)));
        aims.add(memory("relay", MOST_PSS_OF_RELAY, results));
        return aims;
    }

    private static List<Aim> ofRelay(Results results) {
        Optional<Figure> warm = results.find("relay", "accepted, warm");
        Optional<Figure> collected = results.find("relay", "collected");
        return List.of(
                ratio(
                        "parcels accepted, to the same statements by JDBC alone",
                        0.5,
                        warm,
                        results.find("inserts", "parcels")),
                ratio(
                        "parcels accepted, to Fastify with the public Node library",
                        5.0,
                        warm,
                        results.find("fastify", "accepted")),
                ratio(
                        "parcels of senders never seen, to the same",
                        5.0,
                        results.find("relay", "accepted, cold"),
                        results.find("fastify", "accepted")),
                least(
                        "parcels read and verified alone, on one processor",
                        2000,
                        results.find("relay", "read and verified alone")),
                least("parcels collected by one gateway", 1000, collected),
                good(
                        "8 MB parcels, 16 at once: taken, unless told to come later",
                        results.find("relay", "8 MB parcels")),
                ratio(
                        "parcels accepted with very many stored, to few",
                        0.8,
                        results.find("relay", "accepted, many stored"),
                        warm),
                ratio(
                        "parcels collected with very many stored, to few",
                        0.8,
                        results.find("relay", "collected, many stored"),
                        collected));
    }

    private static Aim least(String what, int wanted, Optional<Figure> found) {
        return new Aim(
                what,
                "≥ %d/s".formatted(wanted),
                found.map(figure -> String.format(Locale.ROOT, "%.0f/s", figure.perSecond()))
                        .orElse(""),
                found.isPresent() && found.get().perSecond() >= wanted);
    }

    private static Aim good(String what, Optional<Figure> found) {
        return new Aim(
                what,
                "all",
                found.map(figure ->
                                "%d of %d, and %s"
                                        .formatted(
                                                figure.items() - figure.failed(),
                                                figure.items(),
                                                figure.load()))
                        .orElse(""),
                found.isPresent() && found.get().failed() == 0 && found.get().items() > 0);
    }

    private static List<Aim> ofYmp(Results results) {
        return List.of(
                ratio(
                        "YMP packets of one message, to the same statements by JDBC alone",
                        0.5,
                        results.find("ymp", "packets of 1"),
                        results.find("inserts", "YMP packets of 1")),
                ratio(
                        "YMP packets of 100 messages, to the same statements by JDBC alone",
                        0.5,
                        results.find("ymp", "packets of 100"),
                        results.find("inserts", "YMP packets of 100")),
                quick(
                        "YMP: from a message posted to a token held, p99",
                        results.find("ymp", "posted until a token is held")),
                even(
                        "YMP: probes of a host that is away, per step of its backoff",
                        results.find("ymp", "probes of the host away, one a step")));
    }

    private static Aim quick(String what, Optional<Figure> found) {
        Optional<Double> p99 = found.flatMap(Figure::latencies).map(Latencies::p99);
        return new Aim(
                what,
                "< %d ms".formatted(TOKEN.toMillis()),
                p99.map(time -> String.format(Locale.ROOT, "%.0f ms", time)).orElse(""),
                p99.isPresent() && p99.get() < TOKEN.toMillis());
    }

    private static Aim even(String what, Optional<Figure> found) {
        return new Aim(
                what,
                "1",
                found.map(probes ->
                                probes.failed() == 0
                                        ? "1 (%d, %s)".formatted(probes.items(), probes.load())
                                        : "not 1")
                        .orElse(""),
                found.isPresent() && found.get().failed() == 0);
    }

    private static Aim ratio(
            String what, double wanted, Optional<Figure> ours, Optional<Figure> neighbour) {
        String aim = String.format(Locale.ROOT, "≥ %.1f ×", wanted);
        if (ours.isEmpty() || neighbour.isEmpty()) {
            return new Aim(what, aim, "", false);
        }
        double found = ours.get().perSecond() / neighbour.get().perSecond();
        return new Aim(
                what,
                aim,
                String.format(
                        Locale.ROOT,
                        "%.2f × (%.0f/s to %.0f/s)",
                        found,
                        ours.get().perSecond(),
                        neighbour.get().perSecond()),
                found >= wanted);
    }

    private static Aim ready(String what, Duration wanted, Optional<Duration> found) {
        return new Aim(
                what,
                String.format(Locale.ROOT, "≤ %.1f s", seconds(wanted)),
                found.map(time -> String.format(Locale.ROOT, "%.2f s", seconds(time))).orElse(""),
                found.isPresent() && found.get().compareTo(wanted) <= 0);
    }

    /** The most of any page. */
    private static Aim memory(String service, long wanted, Results results) {
        long most =
                results.observed().values().stream()
                        .flatMap(seen -> seen.processes().stream())
                        .filter(cost -> cost.process().equals(service))
                        .mapToLong(Cost::pss)
                        .max()
                        .orElse(0);
        return new Aim(
                service + " memory under load (PSS)",
                String.format(Locale.ROOT, "≤ %.0f MiB", wanted / MIB),
                most == 0 ? "" : String.format(Locale.ROOT, "%.0f MiB", most / MIB),
                most > 0 && most <= wanted);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
