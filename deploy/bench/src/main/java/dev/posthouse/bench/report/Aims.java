package dev.posthouse.bench.report;

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
    private static final Duration PLAIN = Duration.ofSeconds(4);
    private static final Duration CACHED = Duration.ofMillis(1500);
    private static final List<String> SERVICES = List.of("proxy", "ca", "repository");

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
        for (ReadyTimes row : results.ready()) {
            aims.add(ready(row.service().shortName() + " ready", PLAIN, Optional.of(row.plain())));
            aims.add(
                    ready(
                            row.service().shortName() + " ready with the start-up cache",
                            CACHED,
                            row.cached()));
        }
        SERVICES.forEach(service -> aims.add(memory(service, results)));
        return aims;
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
    private static Aim memory(String service, Results results) {
        long most =
                results.observed().values().stream()
                        .flatMap(seen -> seen.processes().stream())
                        .filter(cost -> cost.process().equals(service))
                        .mapToLong(Cost::pss)
                        .max()
                        .orElse(0);
        return new Aim(
                service + " memory under load (PSS)",
                String.format(Locale.ROOT, "≤ %.0f MiB", MOST_PSS / MIB),
                most == 0 ? "" : String.format(Locale.ROOT, "%.0f MiB", most / MIB),
                most > 0 && most <= MOST_PSS);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
