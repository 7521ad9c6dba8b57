package dev.posthouse.bench.report;

/**
 * What was wanted, and what was found.
 *
 * @param what in words
 * @param wanted in words
 * @param found in words; empty when it was not measured
 * @param met whether it was
 */
public record Aim(String what, String wanted, String found, boolean met) {

    /** What the table says. */
    public String verdict() {
        if (found.isEmpty()) {
            return "not measured";
        }
        return met ? "met" : "**missed**";
    }
}
