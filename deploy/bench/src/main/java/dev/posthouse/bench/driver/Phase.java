package dev.posthouse.bench.driver;

import java.time.Duration;

/**
 * How long load goes on: until the items or the time run out.
 *
 * @param first number of the first item
 * @param items at most
 * @param most begins happen no later than this after the start
 */
public record Phase(int first, int items, Duration most) {}
