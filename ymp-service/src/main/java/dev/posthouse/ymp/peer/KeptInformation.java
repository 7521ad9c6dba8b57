package dev.posthouse.ymp.peer;

import java.time.Instant;

/**
 * What a host has said of itself (YMP, section 2).
 *
 * @param document as it came
 * @param expires when it no longer counts
 */
public record KeptInformation(String document, Instant expires) {}
