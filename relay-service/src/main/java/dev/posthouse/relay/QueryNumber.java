package dev.posthouse.relay;

/** Numbers in an operator's query; the framework would take one that is none for a wrong path. */
public final class QueryNumber {

    private static final int LONGEST_LIST = 1_000;

    private QueryNumber() {}

    /**
     * How much is listed at most.
     *
     * @throws RelayException unless it is a number from 1 to 1000
     */
    public static int max(String text) {
        long max = read(text);
        if (max < 1 || max > LONGEST_LIST) {
            throw RelayException.malformed("query.max", "max is from 1 to " + LONGEST_LIST + ".");
        }
        return (int) max;
    }

    /**
     * After what a list begins.
     *
     * @throws RelayException unless it is a number from 0
     */
    public static long after(String text) {
        long after = read(text);
        if (after < 0) {
            throw RelayException.malformed("query.after", "after is a number from 0.");
        }
        return after;
    }

    /** Less than any that may be, for what is none. */
    private static long read(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException none) {
            return -1;
        }
    }
}
