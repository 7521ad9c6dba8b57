package dev.posthouse.ymp.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.posthouse.common.setting.BadSetting;
import dev.posthouse.ymp.YmpConfig;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;

/** What we say of ourselves (YMP, section 2); it must be what we would take from others. */
@Singleton
@Startup
final class OurInformation {

    private static final String YMP_VERSION = "0.1.0";
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final String document;

    OurInformation(YmpConfig settings) {
        JsonNode services = services(settings.serviceProtocols());
        this.document = document(settings.paths(), services).toString();
        try {
            HostInformation.parse(document.getBytes(StandardCharsets.UTF_8));
        } catch (NoInformation unusable) {
            throw new BadSetting("ymp.paths", "other hosts would not use these paths", unusable);
        }
    }

    private static JsonNode services(String setting) {
        try {
            JsonNode protocols = JSON.readTree(setting);
            HostInformation.requireServices(protocols);
            return protocols;
        } catch (JsonProcessingException | NoInformation malformed) {
            throw new BadSetting(
                    "ymp.service-protocols",
                    "must be a JSON array of {\"name\", \"version\", \"services\": [...]}",
                    malformed);
        }
    }

    private static ObjectNode document(YmpConfig.Paths paths, JsonNode services) {
        ObjectNode information = JSON.createObjectNode().put("ymp-version", YMP_VERSION);
        information
                .putArray("connection-protocols")
                .addObject()
                .put("name", HostInformation.PROTOCOL)
                .put("version", HostInformation.VERSION)
                .putObject("parameters")
                .put("request-path", paths.request())
                .put("grant-path", paths.grant())
                .put("packet-path", paths.packet());
        information.set("service-protocols", services);
        return information;
    }

    /** The JSON. */
    String document() {
        return document;
    }
}
