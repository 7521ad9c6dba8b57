package dev.posthouse.common.door;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The doors of one path.
 *
 * @param doors a method each
 */
record Entrance(List<Door> doors) {

    Entrance {
        doors = List.copyOf(doors);
    }

    static Entrance at(String path, List<Door> all) {
        return new Entrance(
                all.stream().filter(door -> door.path().matcher(path).matches()).toList());
    }

    /** The door for that method, else the first, which says no to it. */
    Optional<Door> door(HttpServerRequest request) {
        return doors.stream()
                .filter(door -> door.answers(request.method().name()))
                .findFirst()
                .or(() -> doors.stream().findFirst());
    }

    /** Whether it is asked what it answers, and tells. */
    boolean isAsked(HttpServerRequest request) {
        return tells() && HttpMethod.OPTIONS.equals(request.method());
    }

    /** Which methods it answers. */
    String allowed() {
        Stream<String> methods = doors.stream().map(Door::method);
        return tells()
                ? Stream.concat(methods.flatMap(Entrance::withHead), Stream.of("OPTIONS"))
                        .collect(Collectors.joining(", "))
                : methods.collect(Collectors.joining(", "));
    }

    void tell(HttpServerResponse response) {
        response.setStatusCode(204).putHeader(HttpHeaders.ALLOW, allowed()).end();
    }

    private boolean tells() {
        return doors.stream().anyMatch(door -> door.manner() == Door.Manner.MESSAGE);
    }

    private static Stream<String> withHead(String method) {
        return method.equals("GET") ? Stream.of(method, "HEAD") : Stream.of(method);
    }
}
