package dev.posthouse.common.door;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One door of a service: what is checked before a resource is asked.
 *
 * @param method the only HTTP method it answers ({@code HEAD} goes with {@code GET})
 * @param path matches its whole path
 * @param body what it takes
 * @param roles who may enter; empty for everybody
 * @param limits how often the same caller may
 * @param authorities whom the caller must mean, in small letters; empty for anybody
 * @param gate asked before the body is read, and instead of {@code roles}
 * @param inside the path of the resource behind it, where that is another
 * @param manner how it says no
 * @param refused is told what this door refuses, for metrics of its own
 */
public record Door(
        String method,
        Pattern path,
        Body body,
        Set<String> roles,
        List<Limit> limits,
        Set<String> authorities,
        Optional<Gate> gate,
        Optional<String> inside,
        Manner manner,
        Consumer<Refusal> refused) {

    public Door {
        roles = Set.copyOf(roles);
        limits = List.copyOf(limits);
        authorities = Set.copyOf(authorities);
    }

    /**
     * A rate limit of this door.
     *
     * @param key what is counted: an address, a network, an identity
     * @param rate how often
     */
    public record Limit(Function<Caller, Object> key, RateLimit rate) {}

    /** How a door says no. */
    public enum Manner {
        /** With a problem document. */
        PROBLEM,
        /**
         * With a message, as JSON for those who accept it, else as text; and it tells who asks with
         * {@code OPTIONS} what it answers (PoHTTP, section 8).
         */
        MESSAGE
    }

    /**
     * What a door takes.
     *
     * @param kind and how it is judged
     * @param mostOctets the longest; 0 for nothing at all
     * @param deepest how deep JSON may be
     * @param types which octets may have, in small letters; empty for any
     * @param room that bodies share while they are read and judged
     */
    public record Body(
            Kind kind,
            int mostOctets,
            int deepest,
            Set<String> types,
            Optional<OctetsInFlight> room) {

        public Body {
            types = Set.copyOf(types);
        }

        private Body(Kind kind, int mostOctets, int deepest) {
            this(kind, mostOctets, deepest, Set.of(), Optional.empty());
        }

        /** The kinds of bodies. */
        enum Kind {
            /** None; JSON is answered. */
            NONE,
            /** JSON, and JSON is answered: both sides agree on that before anything is read. */
            JSON,
            /**
             * JSON, and nothing is answered: any {@code Accept} will do, size counts before type.
             */
            JSON_ALONE,
            /** The same, but the resource reads it, and as strictly: it is not read twice. */
            JSON_UNREAD,
            /** Whatever it is; what is answered is the resource's affair. */
            OCTETS
        }

        /** No body. */
        public static Body none() {
            return new Body(Kind.NONE, 0, 0);
        }

        /** JSON, answered with JSON. */
        public static Body json(int mostOctets, int deepest) {
            return new Body(Kind.JSON, mostOctets, deepest);
        }

        /** JSON, answered with nothing. */
        public static Body jsonAlone(int mostOctets, int deepest) {
            return new Body(Kind.JSON_ALONE, mostOctets, deepest);
        }

        /** JSON that the resource judges, answered with nothing. */
        public static Body jsonUnread(int mostOctets) {
            return new Body(Kind.JSON_UNREAD, mostOctets, 0);
        }

        /** Anything; 0 octets for nothing, answered with anything. */
        public static Body octets(int mostOctets) {
            return new Body(Kind.OCTETS, mostOctets, 0);
        }

        /** The same of these media types alone, and never encoded. */
        public Body of(Set<String> mediaTypes) {
            return new Body(kind, mostOctets, deepest, mediaTypes, room);
        }

        /** The same while there is room. */
        public Body within(OctetsInFlight shared) {
            return new Body(kind, mostOctets, deepest, types, Optional.of(shared));
        }

        boolean isExpected() {
            return mostOctets > 0;
        }

        boolean isJson() {
            return isRead() || kind == Kind.JSON_UNREAD;
        }

        boolean isRead() {
            return kind == Kind.JSON || kind == Kind.JSON_ALONE;
        }

        boolean isAnswered() {
            return kind == Kind.NONE || kind == Kind.JSON;
        }
    }

    /** A door that takes a JSON body. */
    public static Door post(String path, int mostOctets, Set<String> roles, List<Limit> limits) {
        return post(path, Body.json(mostOctets, StrictJson.DEEPEST), roles, limits);
    }

    /** A door that takes such a body. */
    public static Door post(String path, Body body, Set<String> roles, List<Limit> limits) {
        return of("POST", path, body, roles, limits);
    }

    /** A door that takes nothing and answers JSON. */
    public static Door get(String path, Set<String> roles, List<Limit> limits) {
        return of("GET", path, Body.none(), roles, limits);
    }

    /** A door that takes nothing and answers anything. */
    public static Door getOctets(String path, Set<String> roles, List<Limit> limits) {
        return of("GET", path, Body.octets(0), roles, limits);
    }

    private static Door of(
            String method, String path, Body body, Set<String> roles, List<Limit> limits) {
        return new Door(
                method,
                Pattern.compile(path),
                body,
                roles,
                limits,
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Manner.PROBLEM,
                refusal -> {});
    }

    /** The same for those alone who mean one of these hosts. */
    public Door named(Set<String> hosts) {
        return new Door(method, path, body, roles, limits, hosts, gate, inside, manner, refused);
    }

    /** The same behind a gate. */
    public Door behind(Gate keeper) {
        return new Door(
                method,
                path,
                body,
                roles,
                limits,
                authorities,
                Optional.of(keeper),
                inside,
                manner,
                refused);
    }

    /** The same before the resource of another path, which is none from outside. */
    public Door leadingTo(String resource) {
        return new Door(
                method,
                path,
                body,
                roles,
                limits,
                authorities,
                gate,
                Optional.of(resource),
                manner,
                refused);
    }

    /** The same with other manners. */
    public Door with(Manner other) {
        return new Door(
                method, path, body, roles, limits, authorities, gate, inside, other, refused);
    }

    /** The same, whose refusals are counted apart too. */
    public Door counting(Consumer<Refusal> refusals) {
        return new Door(
                method, path, body, roles, limits, authorities, gate, inside, manner, refusals);
    }

    boolean answers(String requestMethod) {
        return method.equals(requestMethod)
                || (method.equals("GET") && requestMethod.equals("HEAD"));
    }

    /** Whether the request must have ended before the resource is asked. */
    boolean readsToTheEnd() {
        return body.isExpected() || gate.isPresent() || inside.isPresent();
    }
}
