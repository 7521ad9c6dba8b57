package dev.posthouse.common.door;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One door of a service: what is checked before anything is read.
 *
 * @param method the only HTTP method it answers ({@code HEAD} goes with {@code GET})
 * @param path matches its whole path
 * @param mostOctets the longest body; 0 for a door that takes none
 * @param roles who may enter; empty for everybody
 * @param limits how often the same caller may
 */
public record Door(
        String method, Pattern path, int mostOctets, Set<String> roles, List<Limit> limits) {

    public Door {
        roles = Set.copyOf(roles);
        limits = List.copyOf(limits);
    }

    /**
     * A rate limit of this door.
     *
     * @param key what is counted: an address, a network, an identity
     * @param rate how often
     */
    public record Limit(Function<Caller, Object> key, RateLimit rate) {}

    /** A door that takes a JSON body. */
    public static Door post(String path, int mostOctets, Set<String> roles, List<Limit> limits) {
        return new Door("POST", Pattern.compile(path), mostOctets, roles, limits);
    }

    /** A door that takes nothing. */
    public static Door get(String path, Set<String> roles, List<Limit> limits) {
        return new Door("GET", Pattern.compile(path), 0, roles, limits);
    }

    boolean answers(String requestMethod) {
        return method.equals(requestMethod)
                || (method.equals("GET") && requestMethod.equals("HEAD"));
    }

    boolean takesBody() {
        return mostOctets > 0;
    }
}
