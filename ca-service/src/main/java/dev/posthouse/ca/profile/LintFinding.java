package dev.posthouse.ca.profile;

/** A certificate that is not what certificates, section 10 says: it must not leave. */
public final class LintFinding extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LintFinding(String row) {
        super("lint: " + row);
    }

    static void unless(boolean holds, String row) {
        if (!holds) {
            throw new LintFinding(row);
        }
    }
}
