package dev.posthouse.common.setting;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Says which build runs, once in the log and always in the metrics. */
public final class BuildInfo {

    private static final System.Logger LOG = System.getLogger(BuildInfo.class.getName());

    /** Says it of that service. */
    public BuildInfo(String service, Build build, MeterRegistry metrics) {
        Gauge.builder("posthouse.build.info", () -> 1)
                .tag("version", build.version())
                .tag("commit", build.commit())
                .register(metrics);
        LOG.log(
                System.Logger.Level.INFO,
                "{0} {1}, commit {2}",
                service,
                build.version(),
                build.commit());
    }
}
