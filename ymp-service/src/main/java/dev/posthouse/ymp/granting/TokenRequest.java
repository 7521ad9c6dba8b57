package dev.posthouse.ymp.granting;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.posthouse.common.door.StrictJson;
import dev.posthouse.common.guard.HostName;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Somebody asks that a host be granted a token (YMP, section 3.1). Nothing says that it is that
 * host: only the callback will.
 *
 * @param host the one to call
 * @param state what the grant must bring back, as it came: any JSON string but the empty one
 */
record TokenRequest(HostName host, String state) {

    private static final JsonMapper JSON = new JsonMapper(StrictJson.forStrangers());

    /** Reads a body; empty for whatever is no request. */
    static Optional<TokenRequest> parse(byte[] octets) {
        if (StrictJson.refuse(octets).isPresent()) {
            return Optional.empty();
        }
        try {
            JsonNode body = JSON.readTree(new String(octets, StandardCharsets.UTF_8));
            return of(body.path("host"), body.path("state"));
        } catch (JsonProcessingException | IllegalArgumentException noRequest) {
            return Optional.empty();
        }
    }

    private static Optional<TokenRequest> of(JsonNode host, JsonNode state) {
        return host.isTextual() && state.isTextual() && !state.textValue().isEmpty()
                ? Optional.of(new TokenRequest(HostName.parse(host.textValue()), state.textValue()))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "a request for " + host;
    }
}
