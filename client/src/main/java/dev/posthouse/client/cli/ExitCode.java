package dev.posthouse.client.cli;

/** The exit codes; scripts and systemd units depend on them, so they do not change. */
public final class ExitCode {

    /** Done, or nothing to do. */
    public static final int OK = 0;

    /** The service refused for good. */
    public static final int REFUSED = 1;

    /** The command line is wrong. */
    public static final int USAGE = 2;

    /** Temporarily unavailable; try again later. */
    public static final int UNAVAILABLE = 3;

    /** A server could not be trusted. */
    public static final int UNTRUSTED = 4;

    /** What came is not what was asked for. */
    public static final int WRONG_ANSWER = 5;

    /** A file is missing, in the way or cannot be used. */
    public static final int FILE = 6;

    /** A fault of this program. */
    public static final int INTERNAL = 70;

    private ExitCode() {}
}
