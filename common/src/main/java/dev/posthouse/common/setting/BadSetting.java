package dev.posthouse.common.setting;

import java.net.URI;
import java.util.function.Supplier;

/** A setting with which the service cannot work: start-up ends, naming it. */
public final class BadSetting extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param name such as {@code proxy.ca-url}
     * @param why in a few words; never what a secret file holds
     */
    public BadSetting(String name, String why) {
        super(name + ": " + why);
    }

    /** What the setting of that name says. */
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
