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
 * @param state what the grant must bring back, as it came: any JSON string of 1 to 1024 characters
 */
record TokenRequest(HostName host, String state) {

    private static final int LONGEST_STATE = 1024;
    private static final JsonMapper JSON = new JsonMapper();

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
        int length = state.isTextual() ? state.textValue().length() : 0;
        return host.isTextual() && length > 0 && length <= LONGEST_STATE
                ? Optional.of(new TokenRequest(HostName.parse(host.textValue()), state.textValue()))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "a request for " + host;
    }
}
