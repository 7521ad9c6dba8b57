package dev.posthouse.client.node;

import dev.posthouse.client.failure.ClientException.FileProblem;
import dev.posthouse.client.file.InputFile;
import dev.posthouse.client.file.KeyFile;
import dev.posthouse.client.file.Readers;
import dev.posthouse.client.file.StagedFile;
import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.node.NodeKey;
import dev.posthouse.common.x509.Pem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Keys and certificates of nodes on the disk: PEM, and DER where it is only read. */
public final class NodeFiles {

    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PUBLIC_KEY = "PUBLIC KEY";
    private static final int SEQUENCE = 0x30;

    private NodeFiles() {}

    /** A node's key and certificates, which must belong together. */
    public static NodeIdentity read(Path key, Path certificates) {
        List<NodeCertificate> chain = certificates(certificates);
        KeyPair pair = key(key);
        if (!chain.getFirst().hasUsableKey()
                || !chain.getFirst().publicKey().equals(pair.getPublic())) {
            throw new FileProblem(
                    "the key in " + key + " is not that of the certificate in " + certificates);
        }
        return new NodeIdentity(pair.getPrivate(), chain);
    }

    /** A private key, and the public one that goes with it. */
    public static KeyPair key(Path file) {
        PrivateKey key = KeyFile.read(file, "RSA");
        if (key instanceof RSAPrivateCrtKey rsa) {
            return new KeyPair(NodeKeys.publicKey(rsa), key);
        }
        throw new FileProblem(file + " holds no whole RSA key");
    }

    /** Certificates in their order, at least one. */
    public static List<NodeCertificate> certificates(Path file) {
        byte[] content = InputFile.read(file);
        List<byte[]> found =
                content.length > 0 && content[0] == SEQUENCE
                        ? List.of(content)
                        : blocks(content, CERTIFICATE);
        try {
            if (found.isEmpty()) {
                throw new FileProblem(file + " holds no certificate");
            }
            return found.stream().map(NodeCertificate::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new FileProblem(file + " is not a file of certificates", e);
        }
    }

    /** Somebody's public key, alone or in a certificate. */
    public static PublicKey publicKey(Path file) {
        List<byte[]> keys = blocks(InputFile.read(file), PUBLIC_KEY);
        try {
            return keys.isEmpty()
                    ? certificates(file).getFirst().publicKey()
                    : NodeKey.parse(keys.getFirst());
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new FileProblem(file + " holds no RSA key of 2048 bits or more", e);
        }
    }

    /** Writes a key for its owner alone. */
    public static StagedFile stage(Path file, PrivateKey key) {
        return StagedFile.stage(file, octets(KeyFile.encode(key)), Readers.OWNER);
    }

    /** Writes certificates for everybody. */
    public static StagedFile stage(Path file, List<NodeCertificate> chain) {
        return StagedFile.stage(
                file,
                octets(
                        chain.stream()
                                .map(one -> Pem.encode(CERTIFICATE, one.octets()))
                                .collect(Collectors.joining())),
                Readers.EVERYBODY);
    }

    private static List<byte[]> blocks(byte[] content, String label) {
        Pattern block =
                Pattern.compile(
                        "-----BEGIN %s-----([A-Za-z0-9+/=\\s]*+)-----END %s-----"
                                .formatted(label, label));
        Matcher matcher = block.matcher(new String(content, StandardCharsets.ISO_8859_1));
        List<byte[]> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(Base64.getMimeDecoder().decode(matcher.group(1)));
        }
        return found;
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
