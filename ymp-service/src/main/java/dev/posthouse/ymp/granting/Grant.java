package dev.posthouse.ymp.granting;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.posthouse.common.guard.HostName;
import java.time.Instant;

/**
 * What a host is told when it is granted a token (YMP, section 3.2).
 *
 * @param host our name
 * @param token what it may send with
 * @param expires when that ends, a whole second
 * @param state as it was given
 */
record Grant(HostName host, Token token, Instant expires, String state) {

    /** Half a surrogate pair is a character like any other in JSON, but cannot be in UTF-8. */
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /** The body of the call. */
    byte[] json() {
        try {
            return JSON.writeValueAsBytes(
                    JSON.createObjectNode()
                            .put("host", host.text())
                            .put("token", token.value())
                            .put("expires", expires.getEpochSecond())
                            .put("state", state));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A grant cannot be written");
        }
    }

    @Override
    public String toString() {
        return "a grant until " + expires;
    }
}
