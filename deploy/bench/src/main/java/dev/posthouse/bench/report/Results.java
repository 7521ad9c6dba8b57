package dev.posthouse.bench.report;

import dev.posthouse.bench.watch.Observed;
import dev.posthouse.bench.watch.ReadyTimes;
import dev.posthouse.bench.watch.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What a run has found so far; each row is told as it comes. */
public final class Results {

    private final List<Figure> figures = new ArrayList<>();
    private final Map<String, Observed> observed = new LinkedHashMap<>();
    private final List<ReadyTimes> ready = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private final List<String> profiles = new ArrayList<>();
    private final Consumer<String> progress;

    /**
     * @param progress told of every row
     */
    public Results(Consumer<String> progress) {
        this.progress = progress;
    }

    /** Adds a row. */
    public void add(Figure figure) {
        figures.add(figure);
        progress.accept(
                "%-12s %-34s %-16s %8.0f/s %s"
                        .formatted(
                                figure.page(),
                                figure.what(),
                                figure.load(),
                                figure.perSecond(),
                                figure.errors().isEmpty() ? "" : "errors " + figure.errors()));
    }

    /** What the processes of a page cost while it was measured. */
    public void add(String page, Observed seen) {
        observed.put(page, seen);
    }

    /** How soon a service was ready. */
    public void add(ReadyTimes row) {
        ready.add(row);
        progress.accept("ready        " + row);
    }

    /** Something that could not be measured, and why. */
    public void leaveOut(String why) {
        leftOut.add(why);
        progress.accept("left out: " + why);
    }

    /** A profile, in Markdown. */
    public void addProfile(String markdown) {
        profiles.add(markdown);
    }

    /** All rows. */
    public List<Figure> figures() {
        return List.copyOf(figures);
    }

    /** The first row of that page and kind. */
    public Optional<Figure> find(String page, String what) {
        return figures.stream()
                .filter(figure -> figure.page().equals(page) && figure.what().equals(what))
                .findFirst();
    }

    /** By page. */
    public Map<String, Observed> observed() {
        return Collections.unmodifiableMap(observed);
    }

    /** When closed loops ran. */
    public List<Window> windows() {
        return observed.values().stream().map(Observed::window).toList();
    }

    /** By service. */
    public List<ReadyTimes> ready() {
        return List.copyOf(ready);
    }

    /** What is missing. */
    public List<String> leftOut() {
        return List.copyOf(leftOut);
    }

    /** In Markdown. */
    public List<String> profiles() {
        return List.copyOf(profiles);
    }
}
