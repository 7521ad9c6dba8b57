package dev.posthouse.common.node;

import java.util.function.Supplier;
import org.bouncycastle.util.Properties;

/**
 * Has Bouncy Castle read integers with a superfluous leading octet: one in 512 certificates of the
 * JavaScript reference library has such a serial number.
 */
public final class OddIntegers {

    private static final String ALLOWED = "org.bouncycastle.asn1.allow_unsafe_integer";

    private OddIntegers() {}

    /** Whatever this reads, on this thread, may hold such integers. */
    public static <T> T allowedIn(Supplier<T> reading) {
        if (Properties.isOverrideSet(ALLOWED)) {
            return reading.get();
        }
        Properties.setThreadOverride(ALLOWED, true);
        try {
            return reading.get();
        } finally {
            Properties.removeThreadOverride(ALLOWED);
        }
    }
}
