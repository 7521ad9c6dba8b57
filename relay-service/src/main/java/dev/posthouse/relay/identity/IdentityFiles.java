package dev.posthouse.relay.identity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.posthouse.common.node.NodeCertificate;
import dev.posthouse.common.node.NodeRole;
import dev.posthouse.common.setting.BadSetting;
import dev.posthouse.relay.RelayConfig;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/**
 * What an operator has us be, in files of DER or PEM (PoHTTP, sections 6 and 17). Whatever is wrong
 * with them ends the start, naming the setting.
 */
@Singleton
final class IdentityFiles {

    private static final String KEY = "relay.identity.key";
    private static final String CERTIFICATE = "relay.identity.certificate";
    private static final String TRUSTED = "relay.identity.trusted";

    private final RelayConfig.Identity settings;

    IdentityFiles(RelayConfig settings) {
        this.settings = settings.identity();
    }

    /**
     * A key and a certificate that match.
     *
     * @param key ours
     * @param certificate issued by it for itself
     */
    record Imported(OwnKey key, NodeCertificate certificate) {}

    /** What is to be imported, if anything is. */
    Optional<Imported> imported() {
        if (settings.key().isEmpty() && settings.certificate().isEmpty()) {
            return Optional.empty();
        }
        OwnKey key = BadSetting.read(KEY, () -> OwnKey.parse(read(settings.key(), "PRIVATE KEY")));
        NodeCertificate certificate = certificate(CERTIFICATE, settings.certificate());
        if (!certificate.id().equals(key.id())) {
            throw new BadSetting(CERTIFICATE, "is not a certificate of " + KEY);
        }
        return Optional.of(new Imported(key, certificate));
    }

    /** Further certificates of ours. */
    List<NodeCertificate> trusted() {
        return settings.trusted().orElse(List.of()).stream()
                .map(file -> certificate(TRUSTED, Optional.of(file)))
                .toList();
    }

    private static NodeCertificate certificate(String setting, Optional<Path> file) {
        NodeCertificate certificate =
                BadSetting.read(setting, () -> NodeCertificate.parse(read(file, "CERTIFICATE")));
        if (!certificate.isSignedBy(certificate)) {
            throw new BadSetting(setting, "is not issued by its own key");
        }
        if (!NodeRole.INTERNET_GATEWAY.isHeldBy(certificate)) {
            throw new BadSetting(setting, "must be a CA's with a path length of 2 or more");
        }
        return certificate;
    }

    private static byte[] read(Optional<Path> file, String label) {
        Path path =
                file.orElseThrow(
                        () -> new IllegalArgumentException("key and certificate go together"));
        try {
            byte[] octets = Files.readAllBytes(path);
            String text = new String(octets, ISO_8859_1);
            return text.stripLeading().startsWith("-----BEGIN") ? armoured(text, label) : octets;
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("cannot be read: " + path);
        }
    }

    private static byte[] armoured(String text, String label) throws IOException {
        PemObject first = new PemReader(new StringReader(text)).readPemObject();
        if (first == null || !first.getType().equals(label)) {
            throw new IllegalArgumentException("must hold one " + label);
        }
        return first.getContent();
    }
}
