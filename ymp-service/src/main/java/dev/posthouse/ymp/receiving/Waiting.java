package dev.posthouse.ymp.receiving;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;

/**
 * A message in the inbox that nobody has acknowledged.
 *
 * @param seq its number in the inbox
 * @param received when it was taken
 * @param message as it came
 */
record Waiting(long seq, Instant received, @JsonRawValue String message) {}
