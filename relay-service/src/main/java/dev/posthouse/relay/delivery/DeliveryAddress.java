package dev.posthouse.relay.delivery;

import dev.posthouse.common.call.CallUrl;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where parcels for an Internet address go (PoHTTP, section 9), as addresses were written from 2019
 * on:
 *
 * <pre>
 *   rne+http://H, rng+http://H     https://H: the hint names the binding, not its security
 *   rne+https://H, rng+https://H   https://H
 *   https://H                      https://H
 *   D, a domain                    https://D/
 *   rne://H, rng://H               nowhere: no binding is named, and none can be looked up
 * </pre>
 */
final class DeliveryAddress {

    private static final Pattern HINTED =
            Pattern.compile("(?i)rn[eg]\\+https?(://.*)", Pattern.DOTALL);
    private static final Pattern WHOLE = Pattern.compile("(?i)https(://.*)", Pattern.DOTALL);
    private static final Pattern DOMAIN = Pattern.compile("[^:/?#@\\[\\]]+");

    private DeliveryAddress() {}

    /** The URL; empty where there is none. */
    static Optional<CallUrl> read(String address) {
        Matcher hinted = HINTED.matcher(address);
        Matcher whole = WHOLE.matcher(address);
        if (hinted.matches()) {
            return url(hinted.group(1));
        }
        if (whole.matches()) {
            return url(whole.group(1));
        }
        return DOMAIN.matcher(address).matches() ? url("://" + address + "/") : Optional.empty();
    }

    private static Optional<CallUrl> url(String afterScheme) {
        try {
            return Optional.of(CallUrl.parse("https" + afterScheme));
        } catch (IllegalArgumentException noUrl) {
            return Optional.empty();
        }
    }
}
