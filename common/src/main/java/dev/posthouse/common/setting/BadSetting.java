package dev.posthouse.common.setting;

import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;

/** A setting with which the service cannot work: start-up ends, naming it. */
public final class BadSetting extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param name such as {@code proxy.ca-url}
     * @param why in a few words; never what a secret file holds
     */
    public BadSetting(String name, String why) {
        this(name, why, null);
    }

    /** The same, seen by that. */
    public BadSetting(String name, String why, Throwable cause) {
        super(name + ": " + why, cause);
    }

    /** Refuses a value that is too small. */
    public static <C extends Comparable<C>> void unlessAtLeast(String name, C least, C value) {
        if (value.compareTo(least) < 0) {
            throw new BadSetting(name, "must be at least " + least + ", not " + value);
        }
    }

    /** Refuses a value that is too small or too large. */
    public static <C extends Comparable<C>> void unlessWithin(
            String name, C least, C most, C value) {
        unlessAtLeast(name, least, value);
        if (value.compareTo(most) > 0) {
            throw new BadSetting(name, "must be at most " + most + ", not " + value);
        }
    }

    /** Refuses a time that does not pass. */
    public static void unlessPositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new BadSetting(name, "must be longer than nothing, not " + value);
        }
    }

    /** What the setting of that name says; what was found in its file is not told. */
    public static <T> T read(String name, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (IllegalArgumentException | IllegalStateException unusable) {
            throw new BadSetting(name, unusable.getMessage());
        }
    }

    /** The URL of a peer or a prefix: https, with a host, and nothing after its path. */
    public static URI https(String name, URI url) {
        boolean usable =
                "https".equalsIgnoreCase(url.getScheme())
                        && url.getHost() != null
                        && url.getRawUserInfo() == null
                        && url.getRawQuery() == null
                        && url.getRawFragment() == null;
        if (!usable) {
            throw new BadSetting(name, "must be an https URL without query or fragment");
        }
        return url;
    }
}
