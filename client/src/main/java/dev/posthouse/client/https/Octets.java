package dev.posthouse.client.https;

import java.util.Map;

/**
 * What is posted where no JSON is spoken.
 *
 * @param type its media type
 * @param body as it goes out
 * @param headers beside the type
 */
@SuppressWarnings("ArrayRecordComponent") // Sent at once, never compared.
public record Octets(String type, byte[] body, Map<String, String> headers) {

    public Octets {
        headers = Map.copyOf(headers);
    }

    /** Without further headers. */
    public Octets(String type, byte[] body) {
        this(type, body, Map.of());
    }

    @Override
    public String toString() {
        return "Octets[" + type + ", " + body.length + "]";
    }
}
