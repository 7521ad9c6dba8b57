package dev.posthouse.relay.ramf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.node.NodeId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The specification's parcels, good and bad, and the gateway they are for. */
final class Vectors {

    static final JsonNode MANIFEST = manifest();
    static final Instant AT = Instant.parse(MANIFEST.get("at").asText());
    static final String ADDRESS = MANIFEST.get("internetAddress").asText();
    static final NodeCertificate ROOT = certificate("internet-gateway");

    private Vectors() {}

    static OurSide gateway(boolean legacyFormats) {
        return new OurSide(Set.of(ADDRESS), now -> List.of(ROOT), legacyFormats);
    }

    static Stream<JsonNode> cases() {
        return StreamSupport.stream(MANIFEST.get("cases").spliterator(), false);
    }

    static byte[] parcel(String name) {
        return read("parcels/" + name + ".bin");
    }

    static NodeCertificate certificate(String name) {
        return NodeCertificate.parse(read("certs/" + name + ".der"));
    }

    static byte[] key(String name) {
        return read("keys/" + name + ".pkcs8.der");
    }

    static NodeId id(String node) {
        return NodeId.parse(MANIFEST.get("ids").get(node).asText());
    }

    private static JsonNode manifest() {
        try {
            return new ObjectMapper().readTree(read("manifest.json"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static byte[] read(String file) {
        try (InputStream in = Vectors.class.getResourceAsStream("/vectors/pohttp/" + file)) {
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
