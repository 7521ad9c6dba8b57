package dev.posthouse.bench.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where a service's time goes, from a Flight Recorder file: which code has the processor (what runs
 * itself, and which of our methods it runs for), what is allocated, and what threads wait for.
 */
public final class Profile {

    private static final int ROWS = 25;
    private static final String OURS = "dev.posthouse.";

    private final Map<String, Double> self = new TreeMap<>();
    private final Map<String, Double> area = new TreeMap<>();
    private final Map<String, Double> ours = new TreeMap<>();
    private final Map<String, Double> allocated = new TreeMap<>();
    private final Map<String, Double> waits = new TreeMap<>();

    private long samples;

    private Profile() {}

    /** Reads what a recording has of these times. */
    public static Profile read(Path recording, List<Window> windows) {
        Profile profile = new Profile();
        try (RecordingFile events = new RecordingFile(recording)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                if (Window.anyHas(windows, event.getStartTime())) {
                    profile.add(event);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return profile;
    }

    private void add(RecordedEvent event) {
        switch (event.getEventType().getName()) {
            case "jdk.CPUTimeSample" -> sample(event);
            case "jdk.ObjectAllocationSample" ->
                    count(
                            allocated,
                            named(event.getClass("objectClass")),
                            (double) event.getLong("weight"));
            case "jdk.SocketRead" -> wait("socket read, port " + event.getInt("port"), event);
            case "jdk.JavaMonitorEnter" ->
                    wait("monitor of " + named(event.getClass("monitorClass")), event);
            case "jdk.ThreadPark" -> wait("park on " + named(event.getClass("parkedClass")), event);
            default -> {
                // What else is recorded is for other tools.
            }
        }
    }

    private void sample(RecordedEvent event) {
        samples++;
        if (event.getStackTrace() == null || event.getStackTrace().getFrames().isEmpty()) {
            count(self, "(no Java frame)", 1);
            count(area, "(no Java frame)", 1);
            return;
        }
        List<RecordedFrame> frames = event.getStackTrace().getFrames();
        count(self, method(frames.getFirst()), 1);
        count(area, areaOf(frames), 1);
        count(ours, innermostOfOurs(frames).orElse("(none of ours)"), 1);
    }

    /** The first frame that says what the work is about. */
    private static String areaOf(List<RecordedFrame> frames) {
        for (RecordedFrame frame : frames) {
            String method = method(frame);
            for (Area known : Area.values()) {
                if (known.has(method)) {
                    return known.toString();
                }
            }
        }
        return "other";
    }

    private void wait(String what, RecordedEvent event) {
        if (event.getStackTrace() == null) {
            return;
        }
        // Threads of others' pools wait for work most of the time, which says nothing.
        innermostOfOurs(event.getStackTrace().getFrames())
                .ifPresent(method ->
                        count(
                                waits,
                                what + ", for " + method,
                                event.getDuration().toNanos() / 1e9));
    }

    private static Optional<String> innermostOfOurs(List<RecordedFrame> frames) {
        return frames.stream()
                .map(Profile::method)
                .filter(method -> method.startsWith(OURS))
                .findFirst();
    }

    private static String method(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    private static String named(RecordedClass type) {
        return type == null ? "?" : type.getName();
    }

    private static void count(Map<String, Double> counts, String key, double weight) {
        counts.merge(key, weight, Double::sum);
    }

    /** In Markdown, under a heading. */
    public String markdown(String name) {
        return "### Profile: %s%n%n%d samples of processor time, taken while the closed loops ran.%n%n"
                        .formatted(name, samples)
                + shares("what the work is about", area)
                + shares("our method, the innermost on the stack", ours)
                + shares("the method that runs", self)
                + shares("allocated class", allocated)
                + seconds(waits);
    }

    private static String shares(String title, Map<String, Double> counts) {
        double all = counts.values().stream().mapToDouble(Double::doubleValue).sum();
        StringBuilder table = new StringBuilder("| %s | share |%n|---|---:|%n".formatted(title));
        top(counts)
                .forEach(row ->
                        table.append(
                                String.format(
                                        Locale.ROOT,
                                        "| `%s` | %.1f %% |%n",
                                        row.getKey(),
                                        100 * row.getValue() / all)));
        return table.append(System.lineSeparator()).toString();
    }

    private static String seconds(Map<String, Double> counts) {
        StringBuilder table =
                new StringBuilder(
                        "| waited 1 ms or longer | thread seconds |%n|---|---:|%n".formatted());
        top(counts)
                .forEach(row ->
                        table.append(
                                String.format(
                                        Locale.ROOT,
                                        "| `%s` | %.1f |%n",
                                        row.getKey(),
                                        row.getValue())));
        return table.append(System.lineSeparator()).toString();
    }

    private static List<Map.Entry<String, Double>> top(Map<String, Double> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
                .limit(ROWS)
                .toList();
    }
}
