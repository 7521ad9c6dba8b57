package dev.posthouse.ymp.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.common.door.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a host says of itself (YMP, section 2), as far as we use it: where it takes the three calls
 * of {@code https-token} 0.0.0. That very version: before 1.0.0 any other may differ in anything
 * (Semantic Versioning, 4). The whole document must be well-formed all the same.
 *
 * @param requestPath takes requests for a token
 * @param grantPath takes grants
 * @param packetPath takes packets
 */
public record HostInformation(String requestPath, String grantPath, String packetPath) {

    /** The connection protocol that we speak. */
    static final String PROTOCOL = "https-token";

    /** And its version. */
    static final String VERSION = "0.0.0";

    private static final ObjectMapper JSON = new ObjectMapper(StrictJson.forStrangers());
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,64}");

    /**
     * Reads a host's document.
     *
     * @throws NoInformation when it is not well-formed or lists no protocol that we speak
     */
    static HostInformation parse(byte[] document) {
        JsonNode information = read(document);
        JsonNode version = either(information, "ymp-version", "amorphos-version");
        unless(version.isTextual() && SemanticVersion.is(version.textValue()));
        requireServices(either(information, "service-protocols", "message-protocols"));
        JsonNode connections = information.path("connection-protocols");
        requireProtocols(connections);
        return connections
                .valueStream()
                .filter(HostInformation::isOurs)
                .findFirst()
                .map(HostInformation::paths)
                .orElseThrow(() -> new NoInformation(NoInformation.PROTOCOL));
    }

    /** Whether these may be listed as service protocols. */
    static void requireServices(JsonNode protocols) {
        requireProtocols(protocols);
        protocols.forEach(protocol -> unless(protocol.path("services").isArray()));
    }

    private static JsonNode read(byte[] document) {
        if (StrictJson.refuse(document).isPresent()) {
            throw new NoInformation(NoInformation.SYNTAX);
        }
        try {
            return JSON.readTree(new String(document, StandardCharsets.UTF_8));
        } catch (JsonProcessingException malformed) {
            throw new NoInformation(NoInformation.SYNTAX);
        }
    }

    private static JsonNode either(JsonNode object, String name, String alias) {
        return object.has(name) ? object.path(name) : object.path(alias);
    }

    private static void requireProtocols(JsonNode protocols) {
        unless(protocols.isArray());
        protocols.forEach(HostInformation::requireProtocol);
    }

    private static void requireProtocol(JsonNode protocol) {
        JsonNode name = protocol.path("name");
        JsonNode version = protocol.path("version");
        JsonNode parameters = protocol.path("parameters");
        unless(name.isTextual() && NAME.matcher(name.textValue()).matches());
        unless(version.isTextual() && SemanticVersion.is(version.textValue()));
        unless(parameters.isMissingNode() || parameters.isNull() || parameters.isObject());
    }

    private static boolean isOurs(JsonNode protocol) {
        return protocol.path("name").textValue().toLowerCase(Locale.ROOT).equals(PROTOCOL)
                && SemanticVersion.isSame(protocol.path("version").textValue(), VERSION);
    }

    private static HostInformation paths(JsonNode protocol) {
        JsonNode parameters = protocol.path("parameters");
        return new HostInformation(
                path(parameters.path("request-path")),
                path(parameters.path("grant-path")),
                path(parameters.path("packet-path")));
    }

    private static String path(JsonNode path) {
        unless(path.isTextual());
        if (!PathRules.allow(path.textValue())) {
            throw new NoInformation(NoInformation.PATH);
        }
        return path.textValue();
    }

    private static void unless(boolean holds) {
        if (!holds) {
            throw new NoInformation(NoInformation.FIELD);
        }
    }
}
