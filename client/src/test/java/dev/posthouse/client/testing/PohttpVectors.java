package dev.posthouse.client.testing;

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
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Keys, certificates and parcels of the reference libraries. */
public final class PohttpVectors {

    /** When all of it is to be judged. */
    public static final Instant AT = Instant.parse("2026-11-22T05:06:10Z");

    private static final Path DIRECTORY =
            Path.of("../relay-service/src/test/resources/vectors/pohttp");

    private PohttpVectors() {}

    /** The authorised sender, the recipient endpoint and its private gateway above. */
    public static NodeIdentity sender() {
        return node("sender-endpoint", "sender-pda", "recipient-endpoint", "private-gateway");
    }

    public static NodeIdentity recipient() {
        return node("recipient-endpoint", "recipient-endpoint", "private-gateway");
    }

    public static NodeIdentity privateGateway() {
        return node("private-gateway", "private-gateway", "internet-gateway");
    }

    public static NodeIdentity internetGateway() {
        return node("internet-gateway", "internet-gateway");
    }

    public static byte[] parcel(String name) {
        return read("parcels/" + name + ".bin");
    }

    private static NodeIdentity node(String key, String... certificates) {
        List<NodeCertificate> chain =
                Stream.of(certificates)
                        .map(name -> NodeCertificate.parse(read("certs/" + name + ".der")))
                        .toList();
        return new NodeIdentity(key(read("keys/" + key + ".pkcs8.der")), chain);
    }

    private static PrivateKey key(byte[] pkcs8) {
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] read(String file) {
        try {
            return Files.readAllBytes(DIRECTORY.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
