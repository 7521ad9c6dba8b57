package dev.posthouse.client.cli;

import dev.posthouse.client.https.Pause;
import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows a bar while it waits, for people. */
record BarPause(PrintStream err) implements Pause {

    private static final int COLUMNS = 80;
    private static final long STEP = 100;

    @Override
    public void during(Duration length, String why) throws InterruptedException {
        long whole = length.toMillis();
        try (ProgressBar bar = bar(whole, why)) {
            for (long done = 0; done < whole; done += STEP) {
                Thread.sleep(Math.min(STEP, whole - done));
                bar.stepTo(Math.min(whole, done + STEP));
            }
        }
    }

    private ProgressBar bar(long whole, String why) {
        return new ProgressBarBuilder()
                .setTaskName(why)
                .setInitialMax(whole)
                .setUnit(" s", 1000)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis((int) STEP)
                .hideEta()
                .setConsumer(new ConsoleProgressBarConsumer(err, COLUMNS))
                .build();
    }
}
