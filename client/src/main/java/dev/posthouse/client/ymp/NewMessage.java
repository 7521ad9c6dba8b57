package dev.posthouse.client.ymp;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.JsonNode;
import dev.posthouse.client.https.Json;
import java.nio.charset.StandardCharsets;

/**
 * A message to another host, as an application hands it to its own (YMP, sections 6 and 9).
 *
 * @param host whom it is for, {@code hostname[:port]}
 * @param protocol the service protocol
 * @param service the service there
 * @param action what it shall do
 * @param sender who sends it here
 * @param id what tells it from all others to that host; its repeat is no second message
 * @param replyTo the id of the message it answers, or null
 * @param payload a JSON object, sent as it is written
 */
public record NewMessage(
        String host,
        String protocol,
        String service,
        String action,
        Sender sender,
        String id,
        @JsonProperty("reply-to") @JsonInclude(Include.NON_NULL) String replyTo,
        @JsonRawValue String payload) {

    /**
     * The side of the sender.
     *
     * @param protocol the service protocol
     * @param service which sends it
     */
    public record Sender(String protocol, String service) {}

    public NewMessage {
        boolean object =
                Json.read(payload.getBytes(StandardCharsets.UTF_8), JsonNode.class)
                        .filter(JsonNode::isObject)
                        .isPresent();
        if (!object) {
            throw new IllegalArgumentException("the payload is not a JSON object");
        }
    }

    @Override
    public String toString() {
        return "NewMessage[" + id + " to " + host + "]";
    }
}
