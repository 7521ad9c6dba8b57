package dev.posthouse.client.ymp;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A message in our host's inbox.
 *
 * @param seq its number there, by which it is acknowledged
 * @param received when it came
 * @param message as it was received: {@code sender}, {@code id}, {@code payload} and the rest
 */
public record Received(long seq, String received, JsonNode message) {

    @Override
    public String toString() {
        return "Received[" + seq + "]";
    }
}
