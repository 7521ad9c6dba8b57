package dev.posthouse.ymp.host;

import java.util.regex.Pattern;

/** Versions of protocols (YMP, section 2): Semantic Versioning 2.0.0. */
final class SemanticVersion {

    /** Beyond that nobody means it, and the pattern would go deep. */
    private static final int LONGEST = 128;

    private static final String NUMBER = "(?:0|[1-9][0-9]*)";
    private static final String WORD = "(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)";
    private static final Pattern VERSION =
            Pattern.compile(
                    NUMBER
                            + "(?:\\."
                            + NUMBER
                            + "){2}"
                            + ("(?:-" + WORD + "(?:\\." + WORD + ")*)?")
                            + "(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?");

    private SemanticVersion() {}

    static boolean is(String text) {
        return text.length() <= LONGEST && VERSION.matcher(text).matches();
    }

    /** Whether two versions are one: what follows the plus is not looked at. */
    static boolean isSame(String one, String other) {
        return one.split("\\+", 2)[0].equals(other.split("\\+", 2)[0]);
    }
}
