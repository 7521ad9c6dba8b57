package dev.posthouse.testing;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps an embedded server's chatter out of the output of the JVM that hosts it. */
final class Quiet {

    /** Held, because a logger nobody holds forgets its level. */
    private static final Set<Logger> HELD = ConcurrentHashMap.newKeySet();

    private Quiet() {}

    static void logger(String name) {
        Logger logger = Logger.getLogger(name);
        logger.setLevel(Level.SEVERE);
        HELD.add(logger);
    }
}
