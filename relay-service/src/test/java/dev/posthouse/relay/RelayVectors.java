package dev.posthouse.relay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.posthouse.client.node.NodeIdentity;
import dev.posthouse.common.node.NodeCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The specification's parcels, for tests through the door. */
public final class RelayVectors {

    private static final Path DIRECTORY = Path.of(RelayUnderTest.VECTORS);

    private RelayVectors() {}

    /**
     * One of them.
     *
     * @param name of the case
     * @param contentType to send it as
     * @param status that is preferred for it
     * @param octets of it
     */
    @SuppressWarnings("ArrayRecordComponent") // Sent at once, never compared.
    public record Case(String name, String contentType, int status, byte[] octets) {

        @Override
        public String toString() {
            return name;
        }
    }

    /** All of them. */
    public static Stream<Case> cases() {
        return StreamSupport.stream(manifest().path("cases").spliterator(), false)
                .map(row ->
                        new Case(
                                row.path("name").asText(),
                                row.path("contentType").asText(),
                                row.path("expect").path(0).asInt(),
                                read(row.path("file").asText())));
    }

    /** One parcel. */
    public static byte[] parcel(String name) {
        return read("parcels/" + name + ".bin");
    }

    /** Their sender, with its delivery authorisation and the certificates behind that. */
    public static NodeIdentity sender() {
        try {
            PrivateKey key =
                    KeyFactory.getInstance("RSA")
                            .generatePrivate(
                                    new PKCS8EncodedKeySpec(
                                            read("keys/sender-endpoint.pkcs8.der")));
            return new NodeIdentity(
                    key,
                    Stream.of("sender-pda", "recipient-endpoint", "private-gateway")
                            .map(name -> NodeCertificate.parse(read("certs/" + name + ".der")))
                            .toList());
        } catch (GeneralSecurityException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** Any file of them. */
    public static byte[] read(String file) {
        try {
            return Files.readAllBytes(DIRECTORY.resolve(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static JsonNode manifest() {
        try {
            return new ObjectMapper().readTree(read("manifest.json"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
