package dev.posthouse.bench.report;

import java.util.List;
import java.util.Locale;

/**
 * Bars beside their names, as SVG that needs no font or display where it is made.
 *
 * @param title above it
 * @param unit behind each number
 * @param bars from above to below
 */
record BarPlot(String title, String unit, List<Bar> bars) {

    private static final int NAMES = 300;
    private static final int LENGTH = 420;
    private static final int ROW = 22;
    private static final int TOP = 40;
    private static final int WIDTH = 840;

    /**
     * One bar.
     *
     * @param name beside it
     * @param value its length
     * @param ours whether it is one of our own services
     */
    record Bar(String name, double value, boolean ours) {}

    BarPlot {
        bars = List.copyOf(bars);
    }

    String svg() {
        int height = TOP + ROW * bars.size() + 10;
        double most = bars.stream().mapToDouble(Bar::value).max().orElse(1);
        StringBuilder svg = new StringBuilder(Svg.begin(WIDTH, height, title));
        for (int i = 0; i < bars.size(); i++) {
            svg.append(row(bars.get(i), TOP + i * ROW, most));
        }
        return svg.append("</svg>\n").toString();
    }

    private String row(Bar bar, int y, double most) {
        double length = Math.max(1, LENGTH * bar.value() / most);
        return String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n"
                        + "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n"
                        + "<text x=\"%.1f\" y=\"%d\">%,.0f%s</text>%n",
                NAMES - 8,
                y + 14,
                Svg.escaped(bar.name()),
                NAMES,
                y + 2,
                length,
                ROW - 6,
                bar.ours() ? Svg.OURS : Svg.OTHERS,
                NAMES + length + 6,
                y + 14,
                bar.value(),
                Svg.escaped(unit));
    }
}
