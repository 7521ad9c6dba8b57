package dev.posthouse.bench.page;

import dev.posthouse.bench.relay.RelayAlone;
import dev.posthouse.bench.relay.RelayAlone.Amounts;
import dev.posthouse.bench.stage.Page;
import dev.posthouse.bench.stage.Stage;

/**
 * The relay alone: parcels accepted, with certificates that it knows and with new ones; collected;
 * both again with very many stored; and the longest ones, sixteen at once.
 */
public final class RelayPage implements Page {

    private static final int MOST_WAITING = 10_000;

    /** A million where everything is measured. */
    private static final int STORED_FOR_AN_ITEM = 40;

    private static final int MOST_ROUNDS = 8;

    @Override
    public String name() {
        return "relay";
    }

    @Override
    public void run(Stage stage) {
        int items = stage.scale().closed().items();
        new RelayAlone(stage)
                .measure(
                        new Amounts(
                                Math.min(items, MOST_WAITING),
                                items * STORED_FOR_AN_ITEM,
                                Math.clamp(items / 1000, 1, MOST_ROUNDS)));
    }
}
