package dev.posthouse.bench.watch;

/**
 * What a process cost while load was on.
 *
 * @param process its name
 * @param processors how many it kept busy, on average
 * @param pss octets of its own and its share of what it shares, at most; 0 where nobody looked
 */
public record Cost(String process, double processors, long pss) {}
