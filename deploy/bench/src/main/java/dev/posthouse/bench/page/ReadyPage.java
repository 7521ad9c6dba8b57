package dev.posthouse.bench.page;

import dev.posthouse.bench.stage.Page;
import dev.posthouse.bench.stage.Stage;
import dev.posthouse.bench.watch.ReadyTimes;
import dev.posthouse.local.suite.Service;

/** How soon each service is ready. */
public final class ReadyPage implements Page {

    @Override
    public String name() {
        return "ready";
    }

    @Override
    public void run(Stage stage) {
        for (Service service : Service.values()) {
            stage.results().add(ReadyTimes.of(service, stage.bed()));
        }
    }
}
