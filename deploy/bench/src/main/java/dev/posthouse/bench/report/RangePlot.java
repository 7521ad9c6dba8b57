package dev.posthouse.bench.report;

import dev.posthouse.bench.driver.Latencies;
import java.util.List;
import java.util.Locale;

/**
 * Latencies on a scale of powers of ten: a line from p50 over p95 and p99 to the longest, for each
 * name.
 *
 * @param title above it
 * @param rows from above to below
 */
record RangePlot(String title, List<Row> rows) {

    private static final int NAMES = 300;
    private static final int LENGTH = 500;
    private static final int ROW = 24;
    private static final int TOP = 62;
    private static final int WIDTH = 840;
    private static final double LEAST = 0.1;

    /**
     * One line.
     *
     * @param name beside it
     * @param times what it shows
     */
    record Row(String name, Latencies times) {}

    RangePlot {
        rows = List.copyOf(rows);
    }

    String svg() {
        int height = TOP + ROW * rows.size() + 10;
        StringBuilder svg = new StringBuilder(Svg.begin(WIDTH, height, title));
        svg.append(
                "<text x=\"%d\" y=\"40\">ms; filled: p50, p95, p99; hollow: longest</text>%n"
                        .formatted(NAMES));
        int decades = decades();
        for (int decade = 0; decade <= decades; decade++) {
            svg.append(line(decade, decades, height));
        }
        for (int i = 0; i < rows.size(); i++) {
            svg.append(row(rows.get(i), TOP + i * ROW, decades));
        }
        return svg.append("</svg>\n").toString();
    }

    private int decades() {
        double most = rows.stream().mapToDouble(row -> row.times().max()).max().orElse(1);
        return Math.max(1, (int) Math.ceil(Math.log10(most / LEAST)));
    }

    private static String line(int decade, int decades, int height) {
        double x = NAMES + (double) LENGTH * decade / decades;
        return String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"56\" x2=\"%.1f\" y2=\"%d\" stroke=\"#ddd\"/>%n"
                        + "<text x=\"%.1f\" y=\"54\" text-anchor=\"middle\" font-size=\"10\">%s</text>%n",
                x,
                x,
                height - 8,
                x,
                decade == 0
                        ? "0.1"
                        : String.format(Locale.ROOT, "%.0f", LEAST * Math.pow(10, decade)));
    }

    private static String row(Row row, int y, int decades) {
        Latencies times = row.times();
        double from = x(times.p50(), decades);
        double to = x(times.max(), decades);
        StringBuilder svg =
                new StringBuilder(
                        String.format(
                                Locale.ROOT,
                                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n"
                                        + "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"%s\"/>%n",
                                NAMES - 8,
                                y + 14,
                                Svg.escaped(row.name()),
                                from,
                                y + 10,
                                to,
                                y + 10,
                                Svg.OURS));
        for (double dot : new double[] {times.p50(), times.p95(), times.p99()}) {
            svg.append(dot(x(dot, decades), y + 10, Svg.OURS));
        }
        return svg.append(dot(to, y + 10, "#fff")).toString();
    }

    private static String dot(double x, int y, String fill) {
        return String.format(
                Locale.ROOT,
                "<circle cx=\"%.1f\" cy=\"%d\" r=\"4\" fill=\"%s\" stroke=\"%s\"/>%n",
                x,
                y,
                fill,
                Svg.OURS);
    }

    private static double x(double millis, int decades) {
        return NAMES + LENGTH * Math.log10(Math.max(millis, LEAST) / LEAST) / decades;
    }
}
