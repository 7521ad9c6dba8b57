package dev.posthouse.ca;

import java.time.Duration;
import java.util.function.Supplier;

/** A setting with which the service cannot work: start-up ends, naming it. */
public final class BadSetting extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The setting of that name says something that cannot be. */
    public BadSetting(String name, String why) {
        this(name, why, null);
    }

    /** The same, seen by that. */
    public BadSetting(String name, String why, Throwable cause) {
        super(name + ": " + why, cause);
    }

    /** Refuses a value that is too small. */
    public static void unlessAtLeast(String name, long least, long value) {
        if (value < least) {
            throw new BadSetting(name, "must be at least " + least + ", not " + value);
        }
    }

    /** Refuses a time that does not pass. */
    public static void unlessPositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new BadSetting(name, "must be longer than nothing, not " + value);
        }
    }

    /** What the setting of that name says. */
    public static <T> T read(String name, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (IllegalArgumentException | IllegalStateException unusable) {
            throw new BadSetting(name, unusable.getMessage(), unusable);
        }
    }
}
