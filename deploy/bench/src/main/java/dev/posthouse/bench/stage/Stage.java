package dev.posthouse.bench.stage;

import dev.posthouse.bench.driver.Driver;
import dev.posthouse.bench.report.Results;
import dev.posthouse.bench.rig.Bed;
import java.time.Clock;

/**
 * What a page works with.
 *
 * @param bed where services run
 * @param driver puts load on them
 * @param scale how much
 * @param results where rows go
 * @param clock for what expires
 */
public record Stage(Bed bed, Driver driver, Scale scale, Results results, Clock clock) {}
