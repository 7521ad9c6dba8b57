package dev.posthouse.bench.driver;

import io.vertx.core.Future;

/** What is done for an item. */
@FunctionalInterface
public interface Work {

    /** Begins the item of that number; its last answer ends it. */
    Future<Answer> perform(int item);
}
