package dev.posthouse.common.call;

import dev.posthouse.common.x509.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/** The anchors of PEM files, besides the machine's (YMP, section 8). */
public final class TrustAnchors {

    private TrustAnchors() {}

    /**
     * All certificates in the files.
     *
     * @throws IllegalArgumentException if one cannot be read
     */
    public static List<X509Certificate> of(List<Path> files) {
        return files.stream().flatMap(file -> read(file).stream()).toList();
    }

    private static List<X509Certificate> read(Path file) {
        try {
            return Pem.certificates(Files.readString(file, StandardCharsets.US_ASCII));
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("cannot be read: " + file, unreadable);
        }
    }
}
