package dev.posthouse.common.database;

import java.util.function.IntSupplier;

/** Work on many rows, a batch at a time: each is a transaction of its own, without long locks. */
public final class Batches {

    private static final System.Logger LOG = System.getLogger(Batches.class.getName());

    private Batches() {}

    /**
     * Works batches off until one is not full; the next run goes on where the database went away.
     *
     * @param what for the log
     * @param size of a full batch
     * @param batch works one off, in a transaction, and says how many rows it held
     */
    public static void drain(String what, int size, IntSupplier batch) {
        try {
            while (batch.getAsInt() >= size) {
                // There may be more.
            }
        } catch (RuntimeException failure) {
            String away =
                    DatabaseAway.in(failure).orElseThrow(() -> failure).getClass().getSimpleName();
            LOG.log(System.Logger.Level.WARNING, "{0} waits for the database: {1}", what, away);
        }
    }
}
