package dev.posthouse.ymp.outgoing;

/**
 * A message that waits for its host.
 *
 * @param seq its place
 * @param id as the host will know it
 * @param text the JSON that is sent
 */
public record Waiting(long seq, String id, String text) {

    @Override
    public String toString() {
        return "message " + seq;
    }
}
