package dev.posthouse.relay.collection;

import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Clock;

/** What every connection needs. */
@Singleton
final class Backstage {

    private final Vertx vertx;
    private final HandOut handOut;
    private final Turns turns;
    private final Connections connections;
    private final Clock clock;

    Backstage(Vertx vertx, HandOut handOut, Turns turns, Connections connections, Clock clock) {
        this.vertx = vertx;
        this.handOut = handOut;
        this.turns = turns;
        this.connections = connections;
        this.clock = clock;
    }

    /** Whose event loops they are on. */
    Vertx vertx() {
        return vertx;
    }

    /** What is done for them. */
    HandOut handOut() {
        return handOut;
    }

    /** When it is done. */
    Turns turns() {
        return turns;
    }

    /** By which certificates end. */
    Clock clock() {
        return clock;
    }

    /** All that there are. */
    Connections connections() {
        return connections;
    }
}
