package dev.posthouse.relay.collection;

import io.vertx.core.Vertx;
import jakarta.inject.Singleton;

/** What every connection needs. */
@Singleton
final class Backstage {

    private final Vertx vertx;
    private final HandOut handOut;
    private final Turns turns;
    private final Connections connections;

    Backstage(Vertx vertx, HandOut handOut, Turns turns, Connections connections) {
        this.vertx = vertx;
        this.handOut = handOut;
        this.turns = turns;
        this.connections = connections;
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

    /** All that there are. */
    Connections connections() {
        return connections;
    }
}
