package dev.posthouse.ymp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.posthouse.common.setting.BadSetting;

/** What {@code ymp.service-protocols} may be (YMP, section 2). */
final class ServiceProtocols {

    private static final String NAME = "ymp.service-protocols";

    /** Peers read so much of the host information, and there is more in it. */
    private static final int LONGEST = 60 * 1024;

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private ServiceProtocols() {}

    static void check(String text) {
        JsonNode list = parse(text);
        if (!list.isArray() || text.length() > LONGEST) {
            throw new BadSetting(NAME, "must be a JSON array of at most 60 KiB");
        }
        for (JsonNode protocol : list) {
            boolean whole =
                    protocol.path("name").asText().matches("[a-z][a-z0-9-]*")
                            && protocol.path("version").isTextual()
                            && protocol.path("services").isArray()
                            && protocol.path("services")
                                    .valueStream()
                                    .allMatch(JsonNode::isTextual);
            if (!whole) {
                throw new BadSetting(NAME, "each needs a name, a version and a list of services");
            }
        }
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new BadSetting(NAME, "must be JSON");
        }
    }
}
