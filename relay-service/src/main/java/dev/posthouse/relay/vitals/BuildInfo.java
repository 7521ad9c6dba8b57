package dev.posthouse.relay.vitals;

import dev.posthouse.common.setting.Build;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Says which build runs, once in the log and always in the metrics. */
final class BuildInfo {

    private static final Logger LOG = Logger.getLogger(BuildInfo.class);

    void tell(@Observes StartupEvent started, Build build, MeterRegistry metrics) {
        Gauge.builder("posthouse.build.info", () -> 1)
                .tag("version", build.version())
                .tag("commit", build.commit())
                .register(metrics);
        LOG.infof("relay-service %s, commit %s", build.version(), build.commit());
    }
}
