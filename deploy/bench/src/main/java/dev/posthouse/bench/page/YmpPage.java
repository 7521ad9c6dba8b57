package dev.posthouse.bench.page;

import dev.posthouse.bench.stage.Page;
import dev.posthouse.bench.stage.Stage;
import dev.posthouse.bench.ymp.AwayHost;
import dev.posthouse.bench.ymp.TakenPackets;
import dev.posthouse.bench.ymp.TokenTimes;

/**
 * The YMP host alone: packets of others taken; a token asked for and granted; and a host that has
 * gone away, with another one beside it.
 */
public final class YmpPage implements Page {

    private static final int MANY = 100;
    private static final int MOST_TIMES = 200;

    @Override
    public String name() {
        return "ymp";
    }

    @Override
    public void run(Stage stage) {
        int items = stage.scale().closed().items();
        int times = Math.clamp(items / 100, 3, MOST_TIMES);
        new TakenPackets(stage).measure(MANY);
        new TokenTimes(stage).measure(times);
        new AwayHost(stage).measure(times, items * 4);
    }
}
