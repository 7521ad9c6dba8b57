package dev.posthouse.ca;

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

    /** What the setting of that name says. */
    public static <T> T read(String name, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (IllegalArgumentException | IllegalStateException unusable) {
            throw new BadSetting(name, unusable.getMessage(), unusable);
        }
    }
}
