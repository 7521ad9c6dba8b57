package dev.posthouse.ymp.outgoing;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;

/**
 * A message that is not sent any more, as an operator sees it: without what it says.
 *
 * @param seq its place, by which it can be driven again
 * @param host whom it was for
 * @param id its name there
 * @param posted when an application handed it in
 * @param fate what became of it
 */
public record DeadLetter(
        long seq, String host, String id, Instant posted, @JsonUnwrapped Fate fate) {

    /**
     * What became of it.
     *
     * @param dead since when
     * @param cause the host's last status, or {@code give-up}
     * @param attempts how often it was sent in vain
     */
    public record Fate(Instant dead, String cause, int attempts) {}
}
