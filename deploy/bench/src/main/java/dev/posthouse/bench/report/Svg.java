package dev.posthouse.bench.report;

/** What all plots share. */
final class Svg {

    static final String OURS = "#1f6f8b";
    static final String OTHERS = "#b0b7bd";

    private Svg() {}

    static String begin(int width, int height, String title) {
        return """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12" fill="#222">
        <rect width="100%%" height="100%%" fill="#fff"/>
        <text x="10" y="22" font-size="15" font-weight="bold">%s</text>
        """
                .formatted(width, height, width, height, escaped(title));
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
